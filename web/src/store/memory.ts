import { decode, type Encoded, encode } from './codec';
import { storeError } from './faults';
import {
  clearOf,
  compareParts,
  isWithin,
  markedDamaged,
  type Parts,
  partsOf,
  specOf,
} from './keys';
import type { Change, Key, Listing, Row, Schema, Store, StoreFault } from './store';

interface Stored {
  key: Parts;
  indexes: Record<string, Parts>;
  encoded: Encoded;
  isDamaged?: boolean;
}

/** What outlives the stores that are opened on it, as a disk outlives programs. */
export class MemoryDisk {
  readonly tables = new Map<string, Map<string, Stored>>();
}

/** What is to happen at a commit. */
export type Accident =
  /** It fails, and nothing of it is stored. */
  | { fail: StoreFault }
  /** The program ends: nothing of it is stored, or all, and every call from then on is `gone`. */
  | { kill: 'before' | 'after' };

/**
 * A store for tests, of the same semantics as the real one. What a program leaves behind when it
 * is killed is on its disk: open another store on that.
 */
export class MemoryStore implements Store {
  readonly disk: MemoryDisk;
  /** Commits so far, failed ones too. */
  commits = 0;
  readonly #schema: Schema;
  readonly #accidents = new Map<number, Accident>();
  #down: StoreFault | undefined;

  constructor(schema: Schema, disk = new MemoryDisk()) {
    this.#schema = schema;
    this.disk = disk;
  }

  /** At the nth commit from now on, the next being 1. */
  at(commit: number, accident: Accident): void {
    this.#accidents.set(this.commits + commit, accident);
  }

  /** All calls fail so, until it is called without a fault. */
  down(fault?: StoreFault): void {
    this.#down = fault;
  }

  /** The row can't be opened from now on, until it is put again. */
  damage(table: string, key: Key): void {
    const rows = this.#rows(table);
    const at = name(partsOf(key));
    const stored = rows.get(at);
    if (stored) {
      rows.set(at, { ...stored, isDamaged: true });
    }
  }

  async get(table: string, key: Key): Promise<Row | undefined> {
    return (await this.getMany(table, [key]))[0];
  }

  async getMany(table: string, keys: readonly Key[]): Promise<(Row | undefined)[]> {
    await this.#turn();
    const rows = this.#rows(table);
    return keys.map((key) => {
      const stored = rows.get(name(partsOf(key)));
      return stored && opened(stored);
    });
  }

  async list(table: string, listing: Listing = {}): Promise<Row[]> {
    await this.#turn();
    const spec = specOf(this.#schema, table);
    return this.#within(table, listing).map((it) =>
      it.isDamaged && listing.damaged === 'mark' ? markedDamaged(spec, it) : opened(it),
    );
  }

  async count(table: string, listing: Omit<Listing, 'limit' | 'descending'> = {}): Promise<number> {
    await this.#turn();
    return this.#within(table, listing).length;
  }

  async commit(changes: Change[]): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    // Taken as they are now, as the real one seals them before it waits for anything.
    const prepared = changes.map((change) => this.#prepared(change));
    await this.#turn();
    const accident = this.#accidents.get(++this.commits);
    if (accident && 'fail' in accident) {
      throw storeError(accident.fail);
    }
    if (accident?.kill === 'before') {
      this.#down = 'gone';
      throw storeError('gone');
    }
    this.#apply(prepared);
    if (accident) {
      this.#down = 'gone';
      throw storeError('gone');
    }
  }

  close(): void {
    this.#down = 'gone';
  }

  #prepared(change: Change): () => () => void {
    const spec = specOf(this.#schema, change.table);
    const rows = this.#rows(change.table);
    switch (change.op) {
      case 'put':
      case 'add': {
        const stored = { ...clearOf(spec, change.row), encoded: encode(change.row) };
        return () => this.#put(rows, stored, change.op === 'add');
      }
      case 'delete': {
        const key = partsOf(change.key);
        return () => this.#delete(rows, [key]);
      }
      case 'deleteAll': {
        const { table, index, prefix } = structuredClone(change);
        const listing = { ...(index === undefined ? {} : { index }), prefix };
        return () =>
          this.#delete(
            rows,
            this.#within(table, listing).map((it) => it.key),
          );
      }
    }
  }

  #put(rows: Map<string, Stored>, stored: Stored, isNew: boolean): () => void {
    const at = name(stored.key);
    const former = rows.get(at);
    if (isNew && former) {
      throw storeError('exists');
    }
    rows.set(at, stored);
    return () => (former ? rows.set(at, former) : rows.delete(at));
  }

  #delete(rows: Map<string, Stored>, keys: Parts[]): () => void {
    const former = keys.map((key) => [name(key), rows.get(name(key))] as const);
    for (const [at] of former) {
      rows.delete(at);
    }
    return () => {
      for (const [at, stored] of former) {
        if (stored) {
          rows.set(at, stored);
        }
      }
    };
  }

  #apply(prepared: (() => () => void)[]): void {
    const undo: (() => void)[] = [];
    try {
      for (const change of prepared) {
        undo.push(change());
      }
    } catch (error) {
      for (const step of undo.reverse()) {
        step();
      }
      throw error;
    }
  }

  #rows(table: string): Map<string, Stored> {
    specOf(this.#schema, table);
    let rows = this.disk.tables.get(table);
    if (!rows) {
      rows = new Map();
      this.disk.tables.set(table, rows);
    }
    return rows;
  }

  #within(table: string, listing: Listing): Stored[] {
    const entry = (it: Stored): Parts | undefined =>
      listing.index === undefined ? it.key : it.indexes[listing.index];
    if (listing.index !== undefined && !specOf(this.#schema, table).indexes[listing.index]) {
      throw new TypeError(`There is no index ${listing.index} of ${table}.`);
    }
    const found = [...this.#rows(table).values()]
      .flatMap((it) => {
        const parts = entry(it);
        return parts && isWithin(parts, listing) ? [{ it, parts }] : [];
      })
      .sort(
        (one, other) =>
          compareParts(one.parts, other.parts) || compareParts(one.it.key, other.it.key),
      )
      .map(({ it }) => it);
    return (listing.descending ? found.reverse() : found).slice(0, listing.limit);
  }

  async #turn(): Promise<void> {
    await Promise.resolve();
    if (this.#down) {
      throw storeError(this.#down);
    }
  }
}

function opened(stored: Stored): Row {
  if (stored.isDamaged) {
    throw storeError('damaged');
  }
  return decode(stored.encoded.bytes, stored.encoded.blobs);
}

function name(key: Parts): string {
  return JSON.stringify(key);
}
