/**
 * The port between engine and storage. There is one writer: the engine reads, decides, and commits
 * all that belongs together at once. Rows are sealed before the transaction begins, for IndexedDB
 * ends one that waits for anything else.
 *
 * A row's `key` and the fields named in its table's `indexes` stand in clear; everything else is
 * sealed.
 */

/** Keys and indexed fields: compared as IndexedDB compares them, numbers before texts. */
export type Key = number | string | (number | string)[];

export interface TableSpec {
  /** The fields that make up the key, in order. */
  key: readonly string[];
  /** By name the fields of each index; a row without one of them isn't in that index. */
  indexes: Readonly<Record<string, readonly string[]>>;
}

/** Every table by name. The engine's are in `tables.ts`. */
export type Schema = Readonly<Record<string, TableSpec>>;

/**
 * A row: JSON values, Uint8Array and Blob, at any depth. Blobs are stored as they are: seal them
 * before. Fields that are `undefined` aren't stored; anything else fails with a `TypeError`.
 */
export type Row = Record<string, unknown>;

export type Change =
  | { op: 'put'; table: string; row: Row }
  /** Fails the whole commit with `exists` where there is a row of this key. */
  | { op: 'add'; table: string; row: Row }
  | { op: 'delete'; table: string; key: Key }
  /** Deletes each row whose index (or key) begins with `prefix`. */
  | { op: 'deleteAll'; table: string; index?: string; prefix: (number | string)[] };

export interface Listing {
  /** Absent: by key. */
  index?: string;
  /** Rows whose index or key begins with these values. */
  prefix?: (number | string)[];
  /** Of the field after the prefix: exclusive bounds. */
  after?: number | string;
  before?: number | string;
  descending?: boolean;
  limit?: number;
  /**
   * What becomes of rows that can't be opened: `mark` gives their key and indexed fields, with
   * `damaged: true`. Absent: the listing fails with `damaged`.
   */
  damaged?: 'mark';
}

/** What storage fails with; `code` says what a person is told. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: StoreFault;

  constructor(code: StoreFault, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

export type StoreFault =
  | 'missing'
  | 'blocked'
  | 'newer'
  | 'damaged'
  | 'full'
  | 'gone'
  /** Somebody else has opened it since: nothing more is written from here. */
  | 'taken'
  | 'exists'
  | 'wrong_passphrase'
  /** A passphrase with half of a character in it. */
  | 'broken_text'
  | 'locked';

export interface Store {
  get(table: string, key: Key): Promise<Row | undefined>;
  /** In the order of the keys, `undefined` where there is no row; read at one moment. */
  getMany(table: string, keys: readonly Key[]): Promise<(Row | undefined)[]>;
  list(table: string, listing?: Listing): Promise<Row[]>;
  count(table: string, listing?: Omit<Listing, 'limit' | 'descending'>): Promise<number>;
  /**
   * All or nothing, on the disk when it returns (`durability: 'strict'`).
   *
   * @param makesRoom whether it deletes what a person wants gone: a reserve is kept for that, so that
   *     it is possible where there is no room for anything else
   */
  commit(changes: Change[], makesRoom?: boolean): Promise<void>;
  close(): void;
}
