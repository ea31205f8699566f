import type { Key, Listing, Row } from '../../store/store';
import { StoreError } from '../../store/store';
import type { Reads } from '../transaction';

/** Reads the rows that can be read, as if there were no others, and counts those. */
export class WholeRows implements Reads {
  /** Rows that were passed over. */
  leftOut = 0;
  readonly #reads: Reads;

  constructor(reads: Reads) {
    this.#reads = reads;
  }

  async get(table: string, key: Key): Promise<Row | undefined> {
    try {
      return await this.#reads.get(table, key);
    } catch (failure) {
      if (!(failure instanceof StoreError && failure.code === 'damaged')) {
        throw failure;
      }
      this.leftOut++;
      return undefined;
    }
  }

  /** Who asks for rows that are marked gets them, and counts them itself. */
  async list(table: string, listing: Listing = {}): Promise<Row[]> {
    const rows = await this.#reads.list(table, { ...listing, damaged: 'mark' });
    if (listing.damaged === 'mark') {
      return rows;
    }
    const whole = rows.filter((row) => !('damaged' in row));
    this.leftOut += rows.length - whole.length;
    return whole;
  }

  count(table: string, listing?: Omit<Listing, 'limit' | 'descending'>): Promise<number> {
    return this.#reads.count(table, listing);
  }
}
