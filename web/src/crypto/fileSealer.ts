import { ByteReader, type ByteSource } from './byteReader';
import { type Bytes, concat, type Random } from './bytes';
import {
  capacity,
  FILE_FIELD,
  HEADER_SIZE,
  MOST_FILE_SIZE,
  paddedFileSize,
  sealedSize,
} from './fileForm';
import type { FileKey } from './fileKey';
import { requireSize } from './refused';
import { SegmentCipher } from './segmentCipher';

/**
 * Seals files too large for a message, in memory that doesn't grow with them. Salt and nonce prefix
 * are random each time: under one key a file may be sealed again, and becomes other bytes.
 */
export class FileSealer {
  /** Bytes of the largest file: 100 MiB. */
  static readonly MOST_SIZE = MOST_FILE_SIZE;

  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Bytes of a sealed file.
   *
   * @throws {Refused} TRUNCATED below 0, EXTENDED above {@link MOST_SIZE}
   */
  static sealedSize(size: number): number {
    return sealedSize(size);
  }

  /**
   * Gives the sealed file in pieces of up to 64 KiB, and returns the bytes of the file.
   *
   * @throws {Refused} EXTENDED where the file is larger than {@link MOST_SIZE}: what was given by
   *     then is of no use
   */
  async *seal(key: FileKey, file: ByteSource): AsyncGenerator<Bytes, number, void> {
    const reader = new ByteReader(file);
    try {
      const header = concat(Uint8Array.of(HEADER_SIZE), this.#random(HEADER_SIZE - 1));
      const cipher = await SegmentCipher.of(key, header);
      yield header;
      let size = 0;
      let zeros: number | undefined;
      for (let segment = 0; zeros !== 0; segment++) {
        const most = capacity(segment);
        const part = await reader.read(most);
        size += part.length;
        requireSize(FILE_FIELD, size, 0, MOST_FILE_SIZE);
        if (zeros === undefined && (await reader.isOver())) {
          zeros = paddedFileSize(size) - size;
        }
        const added = Math.min(zeros ?? 0, most - part.length);
        zeros = zeros === undefined ? undefined : zeros - added;
        yield await cipher.seal(concat(part, new Uint8Array(added)), zeros === 0);
      }
      return size;
    } finally {
      await reader.close();
    }
  }
}
