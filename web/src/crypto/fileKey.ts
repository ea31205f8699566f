import { type Bytes, copyOf, isSame, NO_BYTES, type Random } from './bytes';
import { Hash } from './hash';
import { requireSize } from './refused';
import { utf8 } from './texts';

const FIELD = 'file key';
const DELETE_SECRET_SIZE = 32;

/**
 * What one file is sealed under, 32 random bytes. It travels inside the message, and whoever has it
 * can read the file and delete it on the server.
 */
export class FileKey {
  /** Bytes of a key. */
  static readonly SIZE = 32;

  readonly #key: Bytes;

  private constructor(key: Bytes) {
    this.#key = key;
  }

  /** A fresh one: each file has its own. */
  static generate(random: Random): FileKey {
    return FileKey.of(random(FileKey.SIZE));
  }

  /**
   * One that was kept, or came in a message.
   *
   * @throws {Refused} TRUNCATED or EXTENDED
   */
  static of(bytes: Uint8Array): FileKey {
    requireSize(FIELD, bytes.length, FileKey.SIZE);
    return new FileKey(copyOf(bytes));
  }

  /** The key to keep, a copy. */
  toBytes(): Bytes {
    return copyOf(this.#key);
  }

  /** What deletes the file on the server, 32 bytes. It opens nothing. */
  deleteSecret(): Bytes {
    return this.#derived(NO_BYTES, 'QuantChat media delete 1', DELETE_SECRET_SIZE);
  }

  /** SHA-256 of {@link deleteSecret}, which the server knows it by. */
  deleteHash(): Bytes {
    return Hash.SHA_256.of(this.deleteSecret());
  }

  /** The AES-256 key of one sealing. */
  contentKey(salt: Uint8Array): Bytes {
    return this.#derived(salt, 'QuantChat file 1', FileKey.SIZE);
  }

  /** Compares in a time that depends on the size alone. */
  equals(other: FileKey): boolean {
    return isSame(this.#key, other.#key);
  }

  #derived(salt: Uint8Array, info: string, size: number): Bytes {
    return Hash.SHA_256.expand(Hash.SHA_256.extract(salt, this.#key), utf8('info', info), size);
  }
}
