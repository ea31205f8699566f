import type { Change, Row, Store } from '../store';
import { Block } from './block';
import type { SearchText } from './types';

/** What is known of a block without opening it. */
export interface BlockEntry {
  block: string;
  count: number;
  newest: number;
  oldest: number;
}

/** Which blocks there are; the one whose newest message is the newest comes first. */
export interface Directory {
  revision: number;
  /** Whether all that is stored is in blocks or tail; false while they are made anew. */
  isComplete: boolean;
  blocks: BlockEntry[];
}

/** How many messages a block has at the most. */
export const BLOCK_SIZE = 1024;

/** `undefined` where there has never been one. */
export async function readDirectory(store: Store): Promise<Directory | undefined> {
  const [row] = await store.list('searchDirectory', { descending: true, limit: 1 });
  return row as Directory | undefined;
}

/**
 * What is to become of blocks, as changes of one commit.
 *
 * The former revisions stay as empty rows while the program runs: of two changes that were made
 * on the ground of one revision both add the same next one, and the second fails.
 */
export class Revision {
  readonly #former: Directory;
  readonly #changes: Change[] = [];
  #blocks: BlockEntry[];

  constructor(former: Directory | undefined) {
    this.#former = former ?? { revision: 0, isComplete: false, blocks: [] };
    this.#blocks = [...this.#former.blocks];
  }

  /** Blocks of these messages, whose texts are normal. */
  add(messages: readonly SearchText[]): void {
    for (let from = 0; from < messages.length; from += BLOCK_SIZE) {
      const part = messages.slice(from, from + BLOCK_SIZE);
      const block = crypto.randomUUID();
      const times = part.map((it) => it.time);
      const [newest, oldest] = [Math.max(...times), Math.min(...times)];
      this.#blocks.push({ block, count: part.length, newest, oldest });
      this.#changes.push({ op: 'add', table: 'searchBlocks', row: Block.rowOf(block, part) });
    }
  }

  drop(block: string): void {
    this.#blocks = this.#blocks.filter((it) => it.block !== block);
    this.#changes.push({ op: 'delete', table: 'searchBlocks', key: block });
  }

  dropAll(): void {
    this.#blocks = [];
    this.#changes.push({ op: 'deleteAll', table: 'searchBlocks', prefix: [] });
  }

  changes(isComplete = this.#former.isComplete): Change[] {
    const { revision } = this.#former;
    const blocks = this.#blocks.sort((one, other) => other.newest - one.newest);
    const next = { revision: revision + 1, isComplete, blocks };
    return [
      { op: 'add', table: 'searchDirectory', row: next as unknown as Row },
      ...(revision > 0
        ? [{ op: 'put', table: 'searchDirectory', row: { revision } } as const]
        : []),
      ...this.#changes,
    ];
  }
}

/** At the start, when no change can be under way: former revisions aren't needed any more. */
export async function forgetFormer(store: Store): Promise<void> {
  const rows = await store.list('searchDirectory', { descending: true });
  await store.commit(
    rows.slice(1).map((row) => ({
      op: 'delete',
      table: 'searchDirectory',
      key: row.revision as number,
    })),
  );
}
