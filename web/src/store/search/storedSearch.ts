import { type Change, type Store, StoreError } from '../store';
import { type Block, newestFirst } from './block';
import { BlockCache } from './blockCache';
import { unlessDamaged, wiped } from './damage';
import {
  BLOCK_SIZE,
  type BlockEntry,
  type Directory,
  forgetFormer,
  Revision,
  readDirectory,
} from './directory';
import { findIn, positionOf, START } from './finding';
import { anew, replace } from './mending';
import { type Alone, Rebuild } from './rebuild';
import { Tail, type TailRow } from './tail';
import { deleteTail, latestOf, readTail, tailWithout } from './tailRows';
import type { AllTexts, FindOptions, Found, Search, SearchTarget, SearchText } from './types';
import { wordsOf } from './words';

export interface SearchParameters {
  /** Milliseconds, of a clock that only goes forward. */
  now: () => number;
  /** Ends a wait; `setTimeout`. */
  wait: (milliseconds: number) => Promise<void>;
  /** Bytes that opened blocks may take in memory. */
  cached: number;
  /**
   * Runs what reads and commits while nobody else does. Where it is absent, two commits on the
   * same ground are told apart by `exists`, and the search's own are tried again.
   */
  alone: Alone;
}

const USUAL: SearchParameters = {
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  cached: 32 * 1024 * 1024,
  alone: (work) => work(),
};

/** How many messages in the tail are worth a block. */
const FOLDED_FROM = 256;
/** How many rows of the tail are folded at once at the most; a row has up to 500 messages. */
const FOLDED_TO = 256;
const BUDGET = 200;

/**
 * The search in a store's own tables. A message's text goes into the tail by the commit of the
 * message, later into a block: at any moment it is in one of them or in both, where the tail
 * counts. What is damaged or was never made is made anew out of the messages.
 */
export class StoredSearch implements Search {
  readonly #store: Store;
  readonly #parameters: SearchParameters;
  readonly #cache: BlockCache;
  readonly #rebuild: Rebuild;
  readonly #tail: Tail;

  private constructor(store: Store, all: AllTexts, parameters: SearchParameters, tail: Tail) {
    this.#store = store;
    this.#parameters = parameters;
    this.#tail = tail;
    this.#cache = new BlockCache(store, parameters.cached);
    this.#rebuild = new Rebuild(store, all, parameters.alone);
  }

  /** `all` is asked only when everything has to be made anew. `tail` is another's who writes it, too. */
  static async open(
    store: Store,
    all: AllTexts,
    parameters: Partial<SearchParameters> = {},
    tail?: Tail,
  ): Promise<StoredSearch> {
    if ((await unlessDamaged(() => forgetFormer(store))) === 'damaged') {
      await store.commit(wiped());
    }
    const written = tail ?? (await Tail.open(store));
    return new StoredSearch(store, all, { ...USUAL, ...parameters }, written);
  }

  changesFor(messages: readonly SearchText[]): Change[] {
    return this.#tail.changesFor(messages);
  }

  async remove(
    targets: readonly SearchTarget[],
    contactIds: readonly string[] = [],
  ): Promise<Change[]> {
    const ids = new Set(targets.map((it) => it.id));
    const contacts = new Set(contactIds);
    this.#rebuild.leaveOut(ids, contacts);
    const touches = (entry: BlockEntry) =>
      contacts.size > 0 || targets.some(({ time }) => entry.oldest <= time && time <= entry.newest);
    return this.#without((it) => ids.has(it.id) || contacts.has(it.contactId), touches);
  }

  removeConversation(contactId: string): Promise<Change[]> {
    return this.remove([], [contactId]);
  }

  async find(query: string, options: FindOptions): Promise<Found> {
    const words = wordsOf(query);
    const after = options.next === undefined ? START : positionOf(options.next);
    if (words.length === 0) {
      return { ids: [], progress: 1 };
    }
    const until = this.#parameters.now() + (options.budget ?? BUDGET);
    for (;;) {
      const state = await this.#state();
      if (!state?.directory.isComplete) {
        if (await this.#rebuilt(until)) {
          continue;
        }
        const { progress } = this.#rebuild;
        return { ids: [], next: options.next ?? `${START.time}:`, progress };
      }
      this.#cache.retain(new Set(state.directory.blocks.map((it) => it.block)));
      const isLate = () => this.#parameters.now() >= until;
      const load = (entries: readonly BlockEntry[]) => this.#load(entries);
      const found = await findIn({ words, after, options, ...state, load, isLate });
      if (found !== 'changed') {
        return found;
      }
      await this.#forgetLost(state.directory);
    }
  }

  async fold(): Promise<void> {
    for (;;) {
      const folded = await this.#parameters.alone(() => this.#foldSome());
      if (folded === 'all') {
        return;
      }
      if (folded === 'incomplete') {
        await this.rebuild();
      }
    }
  }

  async renew(): Promise<Change[]> {
    const directory = await unlessDamaged(() => readDirectory(this.#store));
    return directory === 'damaged' ? wiped() : anew(directory);
  }

  async rebuild(): Promise<void> {
    // What can't be read is thrown away first.
    await this.#state();
    await this.#rebuild.run();
  }

  /** Whether everything is there before the time is over. */
  async #rebuilt(until: number): Promise<boolean> {
    const rebuilt = this.#rebuild.run();
    const left = Math.max(0, until - this.#parameters.now());
    const late = this.#parameters.wait(left).then(() => 'late');
    // Once it is late, a failure is told to who asks next.
    rebuilt.catch(() => {});
    return (await Promise.race([rebuilt, late])) !== 'late';
  }

  /**
   * `undefined` where there is none, or where it was damaged and is thrown away now. The tail is
   * read first: what is folded meanwhile is in both, and never in neither.
   */
  async #state(): Promise<{ tail: Map<string, SearchText>; directory: Directory } | undefined> {
    const read = await unlessDamaged(async () => {
      const rows = await readTail(this.#store);
      const directory = await readDirectory(this.#store);
      return directory && { tail: latestOf(rows), directory };
    });
    if (read === 'damaged') {
      await this.#parameters.alone(() => this.#store.commit(wiped()));
      return undefined;
    }
    return read;
  }

  /** `undefined` where one of them is not there any more, or damaged. */
  async #load(entries: readonly BlockEntry[]): Promise<Block[] | undefined> {
    const names = entries.map((it) => it.block);
    const blocks = await unlessDamaged(() => this.#cache.get(names));
    return blocks !== 'damaged' && blocks.every((it) => it !== undefined) ? blocks : undefined;
  }

  /** Has everything made anew where blocks are lost, and not only replaced by others. */
  #forgetLost(directory: Directory): Promise<void> {
    return this.#parameters.alone(async () => {
      const now = await readDirectory(this.#store);
      if (now?.revision === directory.revision) {
        await this.#attempt(anew(directory));
      }
    });
  }

  async #foldSome(): Promise<'some' | 'all' | 'incomplete'> {
    const directory = await unlessDamaged(() => readDirectory(this.#store));
    if (directory === 'damaged' || !directory?.isComplete) {
      return 'incomplete';
    }
    const rows = await unlessDamaged(() => readTail(this.#store, FOLDED_TO));
    if (rows === 'damaged') {
      await this.#attempt(anew(directory));
      return 'incomplete';
    }
    if (rows.reduce((sum, it) => sum + it.messages.length, 0) < FOLDED_FROM) {
      return 'all';
    }
    await this.#attempt(await this.#folded(rows, directory));
    return 'some';
  }

  async #without(
    isLeftOut: (message: SearchText) => boolean,
    touches: (entry: BlockEntry) => boolean,
  ): Promise<Change[]> {
    const read = await unlessDamaged(async () => ({
      rows: await readTail(this.#store),
      directory: await readDirectory(this.#store),
    }));
    if (read === 'damaged') {
      return wiped();
    }
    const { rows, directory } = read;
    const revision = new Revision(directory);
    const entries = (directory?.blocks ?? []).filter(touches);
    for (const entry of entries) {
      const [block] = (await this.#load([entry])) ?? [];
      if (!block) {
        // What can't be read is not kept: everything is made anew out of what is still stored.
        return [...tailWithout(rows, isLeftOut), ...anew(directory)];
      }
      replace(revision, entry, block, isLeftOut);
    }
    return [...tailWithout(rows, isLeftOut), ...revision.changes()];
  }

  async #folded(rows: readonly TailRow[], directory: Directory): Promise<Change[]> {
    const latest = latestOf(rows);
    const revision = new Revision(directory);
    const messages = [...latest.values()].filter((it) => it.text !== '');
    const oldest = messages.reduce(
      (least, it) => Math.min(least, it.time),
      Number.POSITIVE_INFINITY,
    );
    const first = directory.blocks[0];
    const joined =
      first && first.count + messages.length <= BLOCK_SIZE && oldest >= first.oldest
        ? first
        : undefined;
    const times = [...latest.values()].map((it) => it.time);
    for (const entry of directory.blocks) {
      if (entry !== joined && !times.some((it) => entry.oldest <= it && it <= entry.newest)) {
        continue;
      }
      const [block] = (await this.#load([entry])) ?? [];
      if (!block) {
        return anew(directory);
      }
      if (entry === joined) {
        messages.push(...block.messages().filter((it) => !latest.has(it.id)));
        revision.drop(entry.block);
      } else {
        replace(revision, entry, block, (it) => latest.has(it.id));
      }
    }
    revision.add(messages.sort(newestFirst));
    return [...rows.map(deleteTail), ...revision.changes()];
  }

  /** Commits it, or leaves everything where something else has changed it meanwhile. */
  async #attempt(changes: Change[]): Promise<void> {
    try {
      await this.#store.commit(changes);
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'exists')) {
        throw error;
      }
    }
  }
}
