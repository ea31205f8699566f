import { storeError } from '../faults';
import type { Store } from '../store';
import { Block } from './block';

/**
 * Opened blocks, up to a size. When it is full nothing takes another's place: every search goes
 * through the blocks in the same order, and what was used longest ago is needed first again.
 */
export class BlockCache {
  readonly #store: Store;
  readonly #most: number;
  readonly #blocks = new Map<string, Block>();
  #size = 0;

  /** @param most in bytes */
  constructor(store: Store, most: number) {
    this.#store = store;
    this.#most = most;
  }

  /**
   * In the order of the names, `undefined` for those that aren't there any more.
   *
   * @throws StoreError `damaged`
   */
  async get(names: readonly string[]): Promise<(Block | undefined)[]> {
    const lacking = names.filter((it) => !this.#blocks.has(it));
    const rows = await this.#store.getMany('searchBlocks', lacking);
    const read = new Map(lacking.map((it, at) => [it, rows[at] && opened(rows[at])]));
    const found = names.map((it) => this.#blocks.get(it) ?? read.get(it));
    for (const [at, block] of found.entries()) {
      if (block) {
        this.#keep(names[at] ?? '', block);
      }
    }
    return found;
  }

  /** Forgets all but these. */
  retain(names: ReadonlySet<string>): void {
    for (const [name, block] of this.#blocks) {
      if (!names.has(name)) {
        this.#blocks.delete(name);
        this.#size -= block.size;
      }
    }
  }

  #keep(name: string, block: Block): void {
    if (!this.#blocks.has(name) && this.#size + block.size <= this.#most) {
      this.#blocks.set(name, block);
      this.#size += block.size;
    }
  }
}

function opened(row: Parameters<typeof Block.of>[0]): Block {
  try {
    return Block.of(row);
  } catch (error) {
    throw storeError('damaged', error);
  }
}
