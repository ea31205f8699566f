import { TAG_SIZE } from './aes256Gcm';
import { ByteReader, type ByteSource } from './byteReader';
import type { Bytes } from './bytes';
import { capacity, HEADER_SIZE, paddedFileSize, SEALED_FIELD } from './fileForm';
import type { FileKey } from './fileKey';
import { require } from './refused';
import { SegmentCipher } from './segmentCipher';

/**
 * Opens a file that a `FileSealer` has sealed, in memory that doesn't grow with it.
 *
 * Each segment is handed out only once it authenticated. Its place is part of that, and whether it
 * is the last: one that is cut off, swapped, repeated or another file's is refused, and nothing
 * that follows it is handed out.
 */
export class FileOpener {
  readonly #key: FileKey;
  readonly #size: number;

  /**
   * @param size bytes of the file, as the message says
   * @throws {Refused} TRUNCATED below 0, EXTENDED above `FileSealer.MOST_SIZE`
   */
  constructor(key: FileKey, size: number) {
    paddedFileSize(size);
    this.#key = key;
    this.#size = size;
  }

  /**
   * Gives exactly the file, without its zeros, in pieces of up to 64 KiB. No more is read than the
   * file has when it is sealed, and one piece to see that nothing follows.
   *
   * Until it ends, nothing that was given may be shown, opened or kept under the file's name: the
   * end isn't authenticated before. Where it throws, what was given is thrown away.
   *
   * @throws {Refused} WRONG_CONTENT, MALFORMED (header or zeros), TRUNCATED or EXTENDED for what is
   *     not the file that was sealed under this key
   */
  async *open(sealed: ByteSource): AsyncGenerator<Bytes, void, void> {
    const reader = new ByteReader(sealed);
    try {
      const header = await readAll(reader, HEADER_SIZE);
      require(header[0] === HEADER_SIZE, 'MALFORMED', SEALED_FIELD);
      const cipher = await SegmentCipher.of(this.#key, header);
      let ahead = paddedFileSize(this.#size);
      let left = this.#size;
      for (let number = 0; ahead > 0; number++) {
        const padded = Math.min(ahead, capacity(number));
        ahead -= padded;
        const segment = await readAll(reader, padded + TAG_SIZE);
        require(ahead > 0 || (await reader.isOver()), 'EXTENDED', SEALED_FIELD);
        const part = await cipher.open(segment, ahead === 0);
        const held = Math.min(left, padded);
        left -= held;
        const areZeros = part.subarray(held).every((byte) => byte === 0);
        require(areZeros, 'MALFORMED', SEALED_FIELD);
        if (held > 0) {
          yield part.subarray(0, held);
        }
      }
    } finally {
      await reader.close();
    }
  }
}

async function readAll(reader: ByteReader, size: number): Promise<Bytes> {
  const bytes = await reader.read(size);
  require(bytes.length === size, 'TRUNCATED', SEALED_FIELD);
  return bytes;
}
