import { Aes256Gcm, KEY_SIZE, NONCE_SIZE } from './aes256Gcm';
import { type Bytes, concat } from './bytes';
import type { Suite } from './suite';
import { utf8 } from './texts';

/** PRK, and `KEK ‖ N = Expand(PRK, "kek" ‖ TH, 44)`. */
export function wrapKeys(
  suite: Suite,
  keyMaterial: Uint8Array,
  hash: Uint8Array,
): { prk: Bytes; key: Bytes; nonce: Bytes } {
  const prk = suite.hash.extract(utf8('salt', suite.label), keyMaterial);
  const both = suite.hash.expand(prk, concat(utf8('info', 'kek'), hash), KEY_SIZE + NONCE_SIZE);
  return { prk, key: both.slice(0, KEY_SIZE), nonce: both.slice(KEY_SIZE) };
}

/** The content key under what both sides agreed on. Its key and nonce serve once. */
export class KeyWrap {
  readonly #cipher: Aes256Gcm;
  readonly #nonce: Bytes;
  readonly #hash: Uint8Array;

  private constructor(cipher: Aes256Gcm, nonce: Bytes, hash: Uint8Array) {
    this.#cipher = cipher;
    this.#nonce = nonce;
    this.#hash = hash;
  }

  /**
   * @param keyMaterial IKM
   * @param hash TH
   */
  static async of(suite: Suite, keyMaterial: Uint8Array, hash: Uint8Array): Promise<KeyWrap> {
    const { prk, key, nonce } = wrapKeys(suite, keyMaterial, hash);
    const cipher = await Aes256Gcm.of(key);
    prk.fill(0);
    key.fill(0);
    return new KeyWrap(cipher, nonce, hash);
  }

  wrap(contentKey: Uint8Array): Promise<Bytes> {
    return this.#cipher.seal(this.#nonce, contentKey, this.#hash);
  }

  /** Nothing where it is not what was wrapped. */
  unwrap(wrapped: Uint8Array): Promise<Bytes | undefined> {
    return this.#cipher.open(this.#nonce, wrapped, this.#hash);
  }
}
