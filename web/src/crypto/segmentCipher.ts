import { Aes256Gcm } from './aes256Gcm';
import { type Bytes, concat, NO_BYTES } from './bytes';
import { SALT_SIZE, SEALED_FIELD } from './fileForm';
import type { FileKey } from './fileKey';
import { Refused } from './refused';

/**
 * AES-256-GCM over the segments of one sealed file, in their order. A segment's nonce is
 * `prefix(7) ‖ its number(4) ‖ 1 where it is the last, else 0`: one that is elsewhere, or ends a
 * file that went on, doesn't open.
 */
export class SegmentCipher {
  readonly #cipher: Aes256Gcm;
  readonly #prefix: Bytes;
  #segment = 0;

  private constructor(cipher: Aes256Gcm, prefix: Bytes) {
    this.#cipher = cipher;
    this.#prefix = prefix;
  }

  /** @param header to seal under, one whose salt no other file of this key has */
  static async of(key: FileKey, header: Bytes): Promise<SegmentCipher> {
    const end = 1 + SALT_SIZE;
    const contentKey = key.contentKey(header.subarray(1, end));
    const cipher = await Aes256Gcm.of(contentKey);
    contentKey.fill(0);
    return new SegmentCipher(cipher, header.slice(end));
  }

  /** Seals the next segment. */
  seal(part: Uint8Array, isLast: boolean): Promise<Bytes> {
    return this.#cipher.seal(this.#nextNonce(isLast), part, NO_BYTES);
  }

  /**
   * Opens the next segment.
   *
   * @throws {Refused} WRONG_CONTENT where key, place, or any byte isn't the one of sealing
   */
  async open(segment: Uint8Array, isLast: boolean): Promise<Bytes> {
    const part = await this.#cipher.open(this.#nextNonce(isLast), segment, NO_BYTES);
    if (part === undefined) {
      throw new Refused('WRONG_CONTENT', SEALED_FIELD);
    }
    return part;
  }

  #nextNonce(isLast: boolean): Bytes {
    const end = new Uint8Array(5);
    new DataView(end.buffer).setUint32(0, this.#segment++);
    end[4] = isLast ? 1 : 0;
    return concat(this.#prefix, end);
  }
}
