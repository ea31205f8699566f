import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { type Bytes, unshared } from './bytes';

/** Bytes of every hash here. */
export const HASH_SIZE = 32;

/** A hash of 32 bytes, and what is built on it: HMAC (RFC 2104) and HKDF (RFC 5869). */
export class Hash {
  static readonly SHA_256 = new Hash(sha256);
  static readonly SHA3_256 = new Hash(sha3_256);

  readonly #hash: typeof sha256 | typeof sha3_256;

  private constructor(hash: typeof sha256 | typeof sha3_256) {
    this.#hash = hash;
  }

  of(bytes: Uint8Array): Bytes {
    return unshared(this.#hash(bytes));
  }

  hmac(key: Uint8Array, bytes: Uint8Array): Bytes {
    return unshared(hmac(this.#hash, key, bytes));
  }

  /** A pseudorandom key of 32 bytes. */
  extract(salt: Uint8Array, ikm: Uint8Array): Bytes {
    return unshared(extract(this.#hash, ikm, salt));
  }

  /** @throws {RangeError} for more than 255 * 32 bytes (RFC 5869 §2.3: the counter is one byte) */
  expand(prk: Uint8Array, info: Uint8Array, size: number): Bytes {
    if (size > 255 * HASH_SIZE) {
      throw new RangeError(`HKDF gives at most ${255 * HASH_SIZE} bytes`);
    }
    return unshared(expand(this.#hash, prk, info, size));
  }
}
