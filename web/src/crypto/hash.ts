import { type Bytes, concat, NO_BYTES } from './bytes';
import { SHA3_256_BLOCK, sha3 } from './sha3';
import { SHA_256_BLOCK, sha256 } from './sha256';

/** Bytes of every hash here. */
export const HASH_SIZE = 32;

const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/** A hash of 32 bytes, and what is built on it: HMAC (RFC 2104) and HKDF (RFC 5869). */
export class Hash {
  static readonly SHA_256 = new Hash(sha256, SHA_256_BLOCK);
  static readonly SHA3_256 = new Hash(sha3, SHA3_256_BLOCK);

  readonly of: (bytes: Uint8Array) => Bytes;
  readonly #block: number;

  private constructor(of: (bytes: Uint8Array) => Bytes, block: number) {
    this.of = of;
    this.#block = block;
  }

  hmac(key: Uint8Array, bytes: Uint8Array): Bytes {
    const padded = new Uint8Array(this.#block);
    padded.set(key.length > this.#block ? this.of(key) : key);
    const inner = this.of(concat(xored(padded, INNER_PAD), bytes));
    return this.of(concat(xored(padded, OUTER_PAD), inner));
  }

  /** A pseudorandom key of 32 bytes. */
  extract(salt: Uint8Array, ikm: Uint8Array): Bytes {
    return this.hmac(salt, ikm);
  }

  /** @throws {RangeError} for more than 255 * 32 bytes (RFC 5869 §2.3: the counter is one byte) */
  expand(prk: Uint8Array, info: Uint8Array, size: number): Bytes {
    if (size > 255 * HASH_SIZE) {
      throw new RangeError(`HKDF gives at most ${255 * HASH_SIZE} bytes`);
    }
    const whole = new Uint8Array(size);
    let part = NO_BYTES;
    for (let at = 0; at < size; at += HASH_SIZE) {
      part = this.hmac(prk, concat(part, info, Uint8Array.of(at / HASH_SIZE + 1)));
      whole.set(part.subarray(0, size - at), at);
    }
    return whole;
  }
}

function xored(bytes: Bytes, pad: number): Bytes {
  return bytes.map((byte) => byte ^ pad);
}
