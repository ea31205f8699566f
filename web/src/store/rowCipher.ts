import { decode, encode } from './codec';
import { storeError } from './faults';
import type { Clear, Parts } from './keys';
import type { Row } from './store';

/** A row as it lies in IndexedDB. */
export interface Sealed {
  /** Its key. */
  k: Parts;
  /** Its entries in indexes, by their names. */
  i: Record<string, Parts>;
  /** Nonce, then the row sealed. */
  s: Uint8Array<ArrayBuffer>;
  /** Its Blobs, as they are. */
  b?: Blob[];
}

/**
 * Seals rows by AES-256-GCM under a random nonce. The database, the table, the key and the index
 * entries are associated data: a row that was moved to another place, or sorted elsewhere, is
 * noticed. What can't be noticed is that a row was deleted, or put back as it was before: who can
 * write to this disk can do both. Sizes and the number of rows show.
 *
 * Random nonces keep apart about 2^32 rows under one key (NIST SP 800-38D §8.3), more than a
 * browser will write.
 */
export class RowCipher {
  static readonly #NONCE_SIZE = 12;
  readonly #key: CryptoKey;
  readonly #database: string;

  constructor(key: CryptoKey, database: string) {
    this.#key = key;
    this.#database = database;
  }

  /** Takes the row as it is when this is called. */
  async seal(table: string, clear: Clear, row: Row): Promise<Sealed> {
    const { bytes, blobs } = encode(row);
    const nonce = crypto.getRandomValues(new Uint8Array(RowCipher.#NONCE_SIZE));
    const additionalData = this.#place(table, clear.key, clear.indexes);
    const parameters = { name: 'AES-GCM', iv: nonce, additionalData };
    const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, this.#key, bytes));
    const s = new Uint8Array(nonce.length + sealed.length);
    s.set(nonce);
    s.set(sealed, nonce.length);
    return { k: clear.key, i: clear.indexes, s, ...(blobs.length > 0 && { b: blobs }) };
  }

  /** @throws StoreError `damaged` where it isn't as it was sealed here */
  async open(table: string, sealed: Sealed): Promise<Row> {
    return (await this.opener(table, sealed))();
  }

  /**
   * Opens a row once for several who each get one of their own.
   *
   * @throws StoreError `damaged`, also where a row is made of it
   */
  async opener(table: string, sealed: Sealed): Promise<() => Row> {
    try {
      const { k, i, s, b } = sealed;
      const parameters = {
        name: 'AES-GCM',
        iv: s.subarray(0, RowCipher.#NONCE_SIZE),
        additionalData: this.#place(table, k, i),
      };
      const opened = await crypto.subtle.decrypt(
        parameters,
        this.#key,
        s.subarray(RowCipher.#NONCE_SIZE),
      );
      return () => decoded(new Uint8Array(opened), b ?? []);
    } catch (error) {
      throw storeError('damaged', error);
    }
  }

  #place(table: string, key: Parts, indexes: Record<string, Parts>): Uint8Array<ArrayBuffer> {
    const entries = Object.entries(indexes).sort(([one], [other]) => (one < other ? -1 : 1));
    return new TextEncoder().encode(JSON.stringify([this.#database, table, key, entries]));
  }
}

function decoded(bytes: Uint8Array, blobs: readonly Blob[]): Row {
  try {
    return decode(bytes, blobs);
  } catch (error) {
    throw storeError('damaged', error);
  }
}
