import { Lane } from '../protocol/lane';
import type { Change, Key, Listing, Row, Schema, Store } from '../store/store';
import { compareKeys, fieldsOf, isWithin, keyOf } from './rows';
import { Told } from './told';

/** What can be asked of a store, or of one with changes that aren't committed yet. */
export type Reads = Pick<Store, 'get' | 'list' | 'count'>;

interface Wiped {
  index: string | undefined;
  prefix: (number | string)[];
}

/** What a transaction has changed of one table. */
interface Altered {
  /** By the text of its key, what a row is now; `undefined` where it is gone. */
  rows: Map<string, { key: Key; row: Row | undefined }>;
  wiped: Wiped[];
}

/**
 * Changes that belong together. What is read through it is the store as it will be, so that work
 * reads like a transaction of a database; nothing is in the store before all of it is.
 */
export class Transaction implements Reads {
  readonly #store: Reads;
  readonly #schema: Schema;
  readonly #altered = new Map<string, Altered>();
  /** By table and key, rows as they were stored that were read ahead. */
  readonly #ahead = new Map<string, Map<string, Row | undefined>>();
  /** What is told of it, once it is in the store. */
  readonly told = new Told();
  readonly #afterwards: (() => void)[] = [];

  constructor(store: Reads, schema: Schema) {
    this.#store = store;
    this.#schema = schema;
  }

  async get(table: string, key: Key): Promise<Row | undefined> {
    const altered = this.#altered.get(table);
    const now = altered?.rows.get(textOf(key));
    if (now) {
      return now.row && { ...now.row };
    }
    const row = await this.#stored(table, key);
    return row && altered && this.#isWiped(table, altered, row) ? undefined : row;
  }

  /**
   * Keeps the rows that some reads by key get, all of them asked for at once: else each step of the
   * work would wait for its own. Only of tables that nothing but transactions writes.
   */
  async readAhead(work: (reads: Reads) => readonly Promise<unknown>[]): Promise<void> {
    const store = this.#store;
    const reads: Reads = {
      get: async (table, key) => {
        const row = await store.get(table, key);
        const rows = this.#ahead.get(table) ?? new Map<string, Row | undefined>();
        this.#ahead.set(table, rows.set(textOf(key), row));
        return row;
      },
      list: (table, listing) => store.list(table, listing),
      count: (table, listing) => store.count(table, listing),
    };
    // What can't be read is said to whoever asks for it.
    await Promise.allSettled(work(reads));
  }

  async #stored(table: string, key: Key): Promise<Row | undefined> {
    const rows = this.#ahead.get(table);
    const text = textOf(key);
    if (!rows?.has(text)) {
      return this.#store.get(table, key);
    }
    const row = rows.get(text);
    return row && { ...row };
  }

  async list(table: string, listing: Listing = {}): Promise<Row[]> {
    const altered = this.#altered.get(table);
    if (!altered) {
      return this.#store.list(table, listing);
    }
    const { limit, ...unlimited } = listing;
    const asked =
      limit === undefined || altered.wiped.length > 0
        ? unlimited
        : { ...unlimited, limit: limit + altered.rows.size };
    const fields = this.#fields(table, listing.index);
    const stored = (await this.#store.list(table, asked)).filter(
      (row) =>
        !altered.rows.has(textOf(this.#key(table, row))) && !this.#isWiped(table, altered, row),
    );
    const added = [...altered.rows.values()].flatMap(({ row }) =>
      row && isWithin(fieldsOf(row, fields), listing) ? [{ ...row }] : [],
    );
    const sign = listing.descending ? -1 : 1;
    const rank = (row: Row): Key => [
      ...(fieldsOf(row, fields) ?? []),
      ...[this.#key(table, row)].flat(),
    ];
    return [...stored, ...added]
      .sort((one, other) => sign * compareKeys(rank(one), rank(other)))
      .slice(0, limit);
  }

  async count(table: string, listing: Omit<Listing, 'limit' | 'descending'> = {}): Promise<number> {
    const altered = this.#altered.get(table);
    if (!altered) {
      return this.#store.count(table, listing);
    }
    if (altered.wiped.length > 0) {
      return (await this.list(table, listing)).length;
    }
    // Of those that were altered, what they were and what they are; no other is read.
    const fields = this.#fields(table, listing.index);
    const isIn = (row: Row | undefined) =>
      row !== undefined && isWithin(fieldsOf(row, fields), listing);
    const rows = [...altered.rows.values()];
    const [stored, ...before] = await Promise.all([
      this.#store.count(table, listing),
      ...rows.map(({ key }) => this.#stored(table, key)),
    ]);
    return stored - before.filter(isIn).length + rows.filter(({ row }) => isIn(row)).length;
  }

  put(table: string, row: Row): void {
    const key = this.#key(table, row);
    this.#of(table).rows.set(textOf(key), { key, row: { ...row } });
  }

  delete(table: string, key: Key): void {
    this.#of(table).rows.set(textOf(key), { key, row: undefined });
  }

  /** Deletes each row whose index (or key) begins with the prefix. */
  deleteAll(table: string, index: string | undefined, prefix: (number | string)[]): void {
    const altered = this.#of(table);
    const wiped = { index, prefix };
    for (const [text, { key, row }] of altered.rows) {
      if (row && this.#matches(table, wiped, row)) {
        altered.rows.set(text, { key, row: undefined });
      }
    }
    altered.wiped.push(wiped);
  }

  /** Takes over changes that somebody else has put together. */
  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      switch (change.op) {
        case 'put':
        case 'add':
          this.put(change.table, change.row);
          break;
        case 'delete':
          this.delete(change.table, change.key);
          break;
        case 'deleteAll':
          this.deleteAll(change.table, change.index, change.prefix);
      }
    }
  }

  /** Is done once all of it is in the store, in the order in which it was asked for. */
  afterwards(work: () => void): void {
    this.#afterwards.push(work);
  }

  /** Rows that stand after what wipes them, for a row that is put again is there again. */
  changes(): Change[] {
    return [...this.#altered].flatMap(([table, { rows, wiped }]) => [
      ...wiped.map(
        ({ index, prefix }): Change => ({
          op: 'deleteAll',
          table,
          prefix,
          ...(index === undefined ? {} : { index }),
        }),
      ),
      ...[...rows.values()].map(
        ({ key, row }): Change => (row ? { op: 'put', table, row } : { op: 'delete', table, key }),
      ),
    ]);
  }

  /** It was committed. */
  done(): void {
    for (const work of this.#afterwards) {
      work();
    }
  }

  #of(table: string): Altered {
    let altered = this.#altered.get(table);
    if (!altered) {
      altered = { rows: new Map(), wiped: [] };
      this.#altered.set(table, altered);
    }
    return altered;
  }

  #fields(table: string, index: string | undefined): readonly string[] {
    const spec = this.#schema[table];
    const fields = index === undefined ? spec?.key : spec?.indexes[index];
    if (!fields) {
      throw new Error(`No such table or index: ${table} ${index ?? ''}`);
    }
    return fields;
  }

  #key(table: string, row: Row): Key {
    return keyOf(row, this.#fields(table, undefined));
  }

  #matches(table: string, { index, prefix }: Wiped, row: Row): boolean {
    return isWithin(fieldsOf(row, this.#fields(table, index)), { prefix });
  }

  #isWiped(table: string, altered: Altered, row: Row): boolean {
    return altered.wiped.some((wiped) => this.#matches(table, wiped, row));
  }
}

/** A key by itself and an array of it alone are the same. */
function textOf(key: Key): string {
  return JSON.stringify([key].flat());
}

/** What goes with every transaction. */
export interface Watch {
  /** Adds what follows from the changes, and belongs into the same commit. */
  complete(transaction: Transaction): Promise<void>;
  /** Tells what was committed, before the next transaction begins. */
  tell(told: Told): Promise<void>;
}

/** One transaction after the other, each from its first read to its commit, and then what it tells. */
export class Transactions {
  readonly #store: Store;
  readonly #schema: Schema;
  readonly #watch: Watch;
  readonly #lane = new Lane();

  constructor(store: Store, schema: Schema, watch: Watch) {
    this.#store = store;
    this.#schema = schema;
    this.#watch = watch;
  }

  /** Reads the store as it is, between two transactions or while one is put together. */
  get reads(): Reads {
    return this.#store;
  }

  /**
   * Keeps all that the work changes, or nothing of it. Nothing that takes long, and no network,
   * belongs into it: everything else waits.
   */
  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#lane.run(() => this.#run(work));
  }

  async #run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const transaction = new Transaction(this.#store, this.#schema);
    const result = await work(transaction);
    await this.#watch.complete(transaction);
    const changes = transaction.changes();
    if (changes.length > 0) {
      await this.#store.commit(changes, transaction.told.makesRoom);
    }
    transaction.done();
    await this.#watch.tell(transaction.told);
    return result;
  }
}
