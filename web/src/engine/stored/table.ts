import type { Key, Listing } from '../../store/store';
import type { Reads, Transaction } from '../transaction';

/**
 * A table whose rows are of one type. They are, for nothing else writes them: this is the one place
 * in which that is believed.
 */
export class Table<R extends object> {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  async get(reads: Reads, key: Key): Promise<R | undefined> {
    return (await reads.get(this.name, key)) as R | undefined;
  }

  async list(reads: Reads, listing?: Listing): Promise<R[]> {
    return (await reads.list(this.name, listing)) as R[];
  }

  /** The first row of a listing. */
  async first(reads: Reads, listing: Listing): Promise<R | undefined> {
    return (await this.list(reads, { ...listing, limit: 1 }))[0];
  }

  count(reads: Reads, listing?: Omit<Listing, 'limit' | 'descending'>): Promise<number> {
    return reads.count(this.name, listing);
  }

  put(transaction: Transaction, row: R): void {
    transaction.put(this.name, row as Record<string, unknown>);
  }

  delete(transaction: Transaction, key: Key): void {
    transaction.delete(this.name, key);
  }
}
