import { type Change, type Store, StoreError } from '../store';
import { newestFirst } from './block';
import { Revision, readDirectory } from './directory';
import { normal } from './normal';
import type { AllTexts, SearchText } from './types';

/** Runs what reads and commits while nobody else does. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/** How many messages are sorted at once, so that blocks overlap little in time. */
const SORTED = 32 * 1024;

/**
 * Makes all blocks anew out of the messages. New messages go into the tail meanwhile; what is
 * deleted meanwhile is left out. A program that ends in the middle begins again at its next search.
 */
export class Rebuild {
  readonly #store: Store;
  readonly #all: AllTexts;
  readonly #alone: Alone;
  #running: Promise<void> | undefined;
  #ids = new Set<string>();
  #contacts = new Set<string>();
  #done = 0;

  constructor(store: Store, all: AllTexts, alone: Alone) {
    this.#store = store;
    this.#all = all;
    this.#alone = alone;
  }

  /** Goes up while it runs, and never to 1: nobody has counted the messages. */
  get progress(): number {
    return this.#done / (this.#done + SORTED);
  }

  /** Of several calls at once, one makes it. */
  run(): Promise<void> {
    this.#running ??= this.#make().finally(() => {
      this.#running = undefined;
      this.#ids.clear();
      this.#contacts.clear();
    });
    return this.#running;
  }

  /** What is deleted now and may have been read already. */
  leaveOut(ids: ReadonlySet<string>, contactIds: ReadonlySet<string>): void {
    if (this.#running) {
      this.#ids = new Set([...this.#ids, ...ids]);
      this.#contacts = new Set([...this.#contacts, ...contactIds]);
    }
  }

  async #make(): Promise<void> {
    this.#done = 0;
    await this.#commit((revision) => {
      revision.dropAll();
      // All that is in the tail now is stored, too, and will be read.
      const tail: Change = { op: 'deleteAll', table: 'searchTail', prefix: [] };
      return [tail, ...revision.changes(false)];
    });
    let messages: SearchText[] = [];
    for await (const page of this.#all()) {
      for (const message of page) {
        messages.push({ ...message, text: normal(message.text) });
      }
      this.#done += page.length;
      if (messages.length >= SORTED) {
        await this.#add(messages, false);
        messages = [];
      }
    }
    await this.#add(messages, true);
  }

  #add(messages: SearchText[], isComplete: boolean): Promise<void> {
    const sorted = messages.filter((it) => it.text !== '').sort(newestFirst);
    return this.#commit((revision) => {
      revision.add(
        sorted.filter((it) => !this.#ids.has(it.id) && !this.#contacts.has(it.contactId)),
      );
      return revision.changes(isComplete);
    });
  }

  /** Again on the new ground where a deletion came between. */
  async #commit(changes: (revision: Revision) => Change[]): Promise<void> {
    while (!(await this.#alone(() => this.#isCommitted(changes)))) {
      // What was made of the former directory isn't stored.
    }
  }

  async #isCommitted(changes: (revision: Revision) => Change[]): Promise<boolean> {
    try {
      const directory = await readDirectory(this.#store);
      await this.#store.commit(changes(new Revision(directory)));
      return true;
    } catch (error) {
      if (error instanceof StoreError && error.code === 'exists') {
        return false;
      }
      throw error;
    }
  }
}
