import { openDatabase, shape } from './database';
import { asStoreError, storeError } from './faults';
import { clearOf, markedDamaged, type Parts, partsOf, rangeOf, specOf } from './keys';
import type { Migration, Progress } from './migrations';
import { answerOf, endOf } from './requests';
import { RowCipher, type Sealed } from './rowCipher';
import { SharedReads } from './sharedReads';
import {
  type Change,
  type Key,
  type Listing,
  type Row,
  type Schema,
  type Store,
  StoreError,
} from './store';

export interface StoreOptions {
  /** Of the database: `databaseOf(userId)`. */
  name: string;
  schema: Schema;
  migrations: readonly Migration[];
  /** The data key, of the vault. */
  key: CryptoKey;
  /** Told once when the connection is closed by anything but `close`: `newer` or `gone`. */
  lost?: (error: StoreError) => void;
}

type Prepared =
  | { op: 'put' | 'add'; table: string; record: Sealed }
  | Exclude<Change, { op: 'put' | 'add' }>;

/** Tables that every database has: how far the rows are migrated, and who writes, with the reserve. */
const OWN: Schema = {
  migrations: { key: ['id'], indexes: {} },
  writer: { key: ['id'], indexes: {} },
};

/** Whoever opened the database last has this row; its value is in clear. */
const WRITER = ['writer'];

/**
 * Where there is no room left, this row gives way to what makes room: to delete takes a little of it,
 * too. Noise, for browsers pack what they store.
 */
const RESERVE = ['reserve'];
const RESERVE_SIZE = 256 * 1024;

/** Bytes that the browser makes up at once. */
const MOST_RANDOM = 65_536;

/**
 * One account's rows in IndexedDB, sealed. A commit is one transaction of strict durability; all
 * of it is sealed before it begins, for IndexedDB ends a transaction that waits for anything else.
 */
export class IndexedDbStore implements Store {
  readonly #schema: Schema;
  readonly #cipher: RowCipher;
  readonly #database: IDBDatabase;
  readonly #reads: SharedReads;
  readonly #id = crypto.randomUUID();
  #closed: StoreError | undefined;
  /** Who had written before, while there is no room to say that it is written from here. */
  #before: string | undefined;
  /** Whether the reserve has given way: nothing is written but what makes room until it is back. */
  #isShort = false;
  /** Is done when the transaction of the commit before has begun. */
  #former: Promise<void> = Promise.resolve();

  private constructor(schema: Schema, cipher: RowCipher, database: IDBDatabase) {
    this.#schema = schema;
    this.#cipher = cipher;
    this.#database = database;
    this.#reads = new SharedReads(
      (table) => this.#rowsOf(table),
      (table, sealed) => this.#cipher.opener(table, sealed),
    );
  }

  /**
   * Opens it, or makes it, and brings its rows to this version. Without any room it is there to be
   * read, and to delete from.
   *
   * @throws StoreError `missing`, `blocked`, `newer`, `damaged`; `full` where it has to be made, or its
   *     rows to be rewritten
   */
  static async open(options: StoreOptions): Promise<IndexedDbStore> {
    const schema = { ...options.schema, ...OWN };
    let store: IndexedDbStore | undefined;
    const database = await openDatabase({
      name: options.name,
      version: options.migrations.length + 1,
      upgrade: (fresh, transaction) => shape(schema, fresh, transaction),
      lost: (error) => {
        if (store && !store.#closed) {
          store.#closed = error;
          options.lost?.(error);
        }
      },
    });
    store = new IndexedDbStore(schema, new RowCipher(options.key, options.name), database);
    try {
      await store.#takeOver();
      if (options.migrations.length > 0) {
        await store.#migrate(options.migrations);
      }
    } catch (error) {
      store.close();
      throw error;
    }
    return store;
  }

  async get(table: string, key: Key): Promise<Row | undefined> {
    return (await this.getMany(table, [key]))[0];
  }

  async getMany(table: string, keys: readonly Key[]): Promise<(Row | undefined)[]> {
    return this.#asked(table, () =>
      Promise.all(keys.map((key) => this.#reads.get(table, partsOf(key)))),
    );
  }

  async list(table: string, listing: Listing = {}): Promise<Row[]> {
    const records = await this.#records(table, listing);
    if (listing.damaged !== 'mark') {
      return this.#opened(table, records);
    }
    const spec = specOf(this.#schema, table);
    return Promise.all(
      records.map((it) =>
        this.#cipher
          .open(table, it)
          .catch(() => markedDamaged(spec, { key: it.k, indexes: it.i ?? {} })),
      ),
    );
  }

  async count(table: string, listing: Omit<Listing, 'limit' | 'descending'> = {}): Promise<number> {
    const range = rangeOf(listing);
    if (range === undefined) {
      return 0;
    }
    return this.#read(table, (rows) => answerOf(sourceOf(rows, listing.index).count(range)));
  }

  async commit(changes: Change[], makesRoom = false): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    const sealing = Promise.all(changes.map((change) => this.#prepared(change)));
    const ready = Promise.all([sealing, this.#former]).then(([prepared]) => prepared);
    // Of calls that don't wait for each other, too, the first is stored first. What they are made
    // of isn't held: each would hold on to the one before.
    this.#former = Promise.allSettled([ready, this.#former]).then(() => undefined);
    const prepared = await ready;
    this.#requireOpen();
    try {
      await (makesRoom ? this.#writeWithoutRoom(prepared) : this.#writeWithReserve(prepared));
    } catch (error) {
      throw this.#closed ?? asStoreError(error);
    }
  }

  async #writeWithReserve(prepared: Prepared[]): Promise<void> {
    if (this.#isShort) {
      await this.#reserve();
    }
    await this.#write(prepared);
  }

  async #writeWithoutRoom(prepared: Prepared[]): Promise<void> {
    try {
      await this.#write(prepared);
    } catch (error) {
      if (!isFull(error)) {
        throw error;
      }
      // By itself: what only deletes is taken also where there is no room at all.
      await this.#write([{ op: 'delete', table: 'writer', key: RESERVE }]);
      this.#isShort = true;
      await this.#write(prepared);
    }
    if (this.#isShort) {
      await this.#reserve().catch(unlessFull);
    }
  }

  /** @throws what the browser says, `QuotaExceededError` where there is no room for it */
  async #reserve(): Promise<void> {
    this.#isShort = true;
    const s = new Uint8Array(RESERVE_SIZE);
    for (let from = 0; from < RESERVE_SIZE; from += MOST_RANDOM) {
      crypto.getRandomValues(s.subarray(from, from + MOST_RANDOM));
    }
    await this.#write([{ op: 'put', table: 'writer', record: { k: RESERVE, i: {}, s } }]);
    this.#isShort = false;
  }

  close(): void {
    this.#closed ??= storeError('gone');
    this.#database.close();
  }

  async #write(prepared: Prepared[]): Promise<void> {
    const tables = [...new Set(prepared.map((it) => it.table))];
    const isClaimed = this.#before === undefined || prepared.every(({ op }) => op === 'delete');
    const transaction = this.#database.transaction(
      tables.includes('writer') ? tables : [...tables, 'writer'],
      'readwrite',
      { durability: 'strict' },
    );
    let first: unknown;
    const failed = (error: unknown): void => {
      first ??= error;
    };
    const end = endOf(transaction).catch(failed);
    try {
      const writer: Writer | undefined = await answerOf(
        transaction.objectStore('writer').get(WRITER),
      );
      if (writer?.id !== (this.#before ?? this.#id)) {
        throw storeError('taken');
      }
      if (!isClaimed) {
        answerOf(transaction.objectStore('writer').put(this.#writer)).catch(failed);
      }
      for (const change of prepared) {
        // Only what has to be read first is waited for; the rest is done in the order it is asked.
        await apply(transaction.objectStore(change.table), change, failed);
      }
    } catch (error) {
      // What was refused before it became a request leaves the others to be stored.
      failed(error);
      abort(transaction);
    }
    await end;
    if (first !== undefined) {
      const isAborted = first instanceof Error && first.name === 'AbortError';
      throw (isAborted && transaction.error) || first;
    }
    if (!isClaimed) {
      this.#before = undefined;
    }
  }

  async #prepared(change: Change): Promise<Prepared> {
    const spec = specOf(this.#schema, change.table);
    if (change.op !== 'put' && change.op !== 'add') {
      return structuredClone(change);
    }
    const { op, table, row } = change;
    return { op, table, record: await this.#cipher.seal(table, clearOf(spec, row), row) };
  }

  async #records(table: string, listing: Listing): Promise<Sealed[]> {
    const range = rangeOf(listing);
    const { index, descending, limit } = listing;
    if (range === undefined || limit === 0) {
      return [];
    }
    return this.#read(table, async (rows) => {
      const source = sourceOf(rows, index);
      if (!descending || limit === undefined) {
        const records: Sealed[] = await answerOf(source.getAll(range, limit));
        return descending ? records.reverse() : records;
      }
      const records: Sealed[] = [];
      const request = source.openCursor(range, 'prev');
      let cursor = await answerOf(request);
      while (cursor) {
        records.push(cursor.value);
        if (records.length === limit) {
          break;
        }
        cursor.continue();
        cursor = await answerOf(request);
      }
      return records;
    });
  }

  #opened(table: string, records: Sealed[]): Promise<Row[]> {
    return Promise.all(records.map((it) => this.#cipher.open(table, it)));
  }

  #read<T>(table: string, read: (rows: IDBObjectStore) => Promise<T>): Promise<T> {
    return this.#asked(table, () => read(this.#rowsOf(table)));
  }

  #rowsOf(table: string): IDBObjectStore {
    return this.#database.transaction(table).objectStore(table);
  }

  async #asked<T>(table: string, read: () => Promise<T>): Promise<T> {
    specOf(this.#schema, table);
    this.#requireOpen();
    try {
      return await read();
    } catch (error) {
      throw this.#closed ?? asStoreError(error);
    }
  }

  /**
   * From here on a writer of before can't commit anything: not one that was frozen in the middle
   * of its work, and wakes after another tab has gone on with it.
   */
  async #takeOver(): Promise<void> {
    try {
      const former = await this.#read<Writer | undefined>('writer', (rows) =>
        answerOf(rows.get(WRITER)),
      );
      try {
        const transaction = this.#database.transaction('writer', 'readwrite');
        transaction.objectStore('writer').put(this.#writer);
        await endOf(transaction);
      } catch (error) {
        if (!former || !isFull(error)) {
          throw error;
        }
        this.#before = former.id;
        return;
      }
      const hasReserve = await this.#read('writer', (rows) => answerOf(rows.count(RESERVE)));
      if (hasReserve === 0) {
        await this.#reserve().catch(unlessFull);
      }
    } catch (error) {
      throw asStoreError(error);
    }
  }

  get #writer(): Writer {
    return { k: WRITER, id: this.#id };
  }

  #requireOpen(): void {
    if (this.#closed) {
      throw this.#closed;
    }
  }

  async #migrate(steps: readonly Migration[]): Promise<void> {
    const { migrate } = await import('./migrations');
    await migrate(steps, {
      progress: async () => {
        const row = await this.get('migrations', 'rows');
        return (row?.progress as Progress | undefined) ?? { version: 1 };
      },
      page: async (table, after, limit) => {
        const range = after && IDBKeyRange.lowerBound(after, true);
        const records = await this.#read<Sealed[]>(table, (rows) =>
          answerOf(rows.getAll(range, limit)),
        );
        const rows = await this.#opened(table, records);
        return rows.map((row, at) => ({ key: records[at]?.k ?? [], row }));
      },
      commit: (changes, progress) =>
        this.commit([
          ...changes,
          { op: 'put', table: 'migrations', row: { id: 'rows', progress } },
        ]),
    });
  }
}

interface Writer {
  k: string[];
  id: string;
}

function isFull(error: unknown): boolean {
  const told = asStoreError(error);
  return told instanceof StoreError && told.code === 'full';
}

function unlessFull(error: unknown): void {
  if (!isFull(error)) {
    throw error;
  }
}

function sourceOf(rows: IDBObjectStore, index: string | undefined) {
  return index === undefined ? rows : rows.index(index);
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

async function apply(
  rows: IDBObjectStore,
  change: Prepared,
  failed: (error: unknown) => void,
): Promise<void> {
  switch (change.op) {
    case 'put':
    case 'add':
      answerOf(rows[change.op](change.record)).catch(failed);
      return;
    case 'delete':
      answerOf(rows.delete(partsOf(change.key))).catch(failed);
      return;
    case 'deleteAll': {
      const range = rangeOf({ prefix: change.prefix });
      if (range === undefined) {
        return;
      }
      if (change.index === undefined) {
        answerOf(rows.delete(range)).catch(failed);
        return;
      }
      for (const key of await answerOf(rows.index(change.index).getAllKeys(range))) {
        answerOf(rows.delete(key as Parts)).catch(failed);
      }
    }
  }
}

/** The name of an account's database. */
export function databaseOf(userId: string): string {
  return `quantchat-${userId}`;
}
