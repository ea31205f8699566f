import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, unshared } from './bytes';

/** Bytes of each part but the last. */
const PART_SIZE = 8 * 1024 * 1024;

/**
 * The hashes that an upload is asked for with: SHA-256 of the whole, and of each part of 8 MiB, of
 * what was written so far. The browser hashes a part at once, six times as fast as can be done here
 * piece by piece; of the whole it can't.
 */
export class UploadHashes {
  static readonly PART_SIZE = PART_SIZE;

  readonly #whole = sha256.create();
  readonly #part = new Uint8Array(PART_SIZE);
  readonly #parts: Bytes[] = [];
  #size = 0;

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#whole.update(bytes);
    for (let done = 0; done < bytes.length; ) {
      const filled = this.#size % PART_SIZE;
      const more = bytes.subarray(done, done + PART_SIZE - filled);
      this.#part.set(more, filled);
      done += more.length;
      this.#size += more.length;
      if (this.#size % PART_SIZE === 0) {
        this.#parts.push(await hashed(this.#part));
      }
    }
  }

  /** SHA-256 of all. */
  async sha256(): Promise<Bytes> {
    return unshared(this.#whole.clone().digest());
  }

  /** SHA-256 of each part; the last one may be shorter. */
  async parts(): Promise<Bytes[]> {
    const left = this.#size % PART_SIZE;
    return left === 0
      ? [...this.#parts]
      : [...this.#parts, await hashed(this.#part.subarray(0, left))];
  }
}

async function hashed(part: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', part));
}
