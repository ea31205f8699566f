import { Aes256Gcm, KEY_SIZE, NONCE_SIZE, TAG_SIZE } from './aes256Gcm';
import { type Bytes, concat, isSame } from './bytes';
import { HASH_SIZE } from './hash';
import { LEAST_PADDED, MOST_PADDED, paddedSize } from './padding';
import { Refused, require, requireSize } from './refused';
import type { Suite } from './suite';
import { utf8 } from './texts';

const FIELD = 'encrypted_content';
const FORMAT = 1;
const NONCE_END = 1 + NONCE_SIZE;
const COMMITMENT_END = NONCE_END + HASH_SIZE;
/** Bytes that aren't the padded text: format, nonce, commitment and tag. */
const OVERHEAD = COMMITMENT_END + TAG_SIZE;

/** Bytes of `encrypted_content`. */
export const LEAST_CONTENT = OVERHEAD + LEAST_PADDED;
export const MOST_CONTENT = OVERHEAD + MOST_PADDED;

/** @throws {Refused} TRUNCATED, EXTENDED, or WRONG_SIZE for one that padding doesn't give */
export function requireContentSize(size: number): void {
  requireSize(FIELD, size, LEAST_CONTENT, MOST_CONTENT);
  const padded = size - OVERHEAD;
  require(paddedSize(padded) === padded, 'WRONG_SIZE', FIELD);
}

/** `K_c ‖ COM = Expand(CEK, "content" ‖ TH, 64)`. */
export function contentKeys(
  suite: Suite,
  contentKey: Uint8Array,
  hash: Uint8Array,
): { key: Bytes; commitment: Bytes } {
  const info = concat(utf8('info', 'content'), hash);
  const both = suite.hash.expand(contentKey, info, KEY_SIZE + HASH_SIZE);
  return { key: both.slice(0, KEY_SIZE), commitment: both.slice(KEY_SIZE) };
}

/**
 * What a message says, under a key of its own, to which it is committed: GCM alone would let one
 * ciphertext open under two keys.
 */
export class ContentCipher {
  readonly #cipher: Aes256Gcm;
  readonly #commitment: Bytes;
  readonly #associated: Bytes;

  private constructor(cipher: Aes256Gcm, commitment: Bytes, associated: Bytes) {
    this.#cipher = cipher;
    this.#commitment = commitment;
    this.#associated = associated;
  }

  /**
   * @param contentKey CEK
   * @param hash TH
   */
  static async of(
    suite: Suite,
    contentKey: Uint8Array,
    hash: Uint8Array,
    wrap: Uint8Array,
  ): Promise<ContentCipher> {
    const { key, commitment } = contentKeys(suite, contentKey, hash);
    const cipher = await Aes256Gcm.of(key);
    key.fill(0);
    return new ContentCipher(cipher, commitment, concat(hash, wrap));
  }

  /** `0x01 ‖ nonce ‖ COM ‖ AES-256-GCM(K_c, nonce, padded, TH ‖ wrap)`. */
  async seal(nonce: Uint8Array, padded: Uint8Array): Promise<Bytes> {
    const sealed = await this.#cipher.seal(nonce, padded, this.#associated);
    return concat(Uint8Array.of(FORMAT), nonce, this.#commitment, sealed);
  }

  /**
   * The padded text.
   *
   * @throws {Refused} MALFORMED, WRONG_COMMITMENT or WRONG_CONTENT
   */
  async open(content: Bytes): Promise<Bytes> {
    require(content[0] === FORMAT, 'MALFORMED', FIELD);
    const claimed = content.subarray(NONCE_END, COMMITMENT_END);
    require(isSame(claimed, this.#commitment), 'WRONG_COMMITMENT', FIELD);
    const nonce = content.subarray(1, NONCE_END);
    const sealed = content.subarray(COMMITMENT_END);
    const padded = await this.#cipher.open(nonce, sealed, this.#associated);
    if (padded === undefined) {
      throw new Refused('WRONG_CONTENT', FIELD);
    }
    return padded;
  }
}
