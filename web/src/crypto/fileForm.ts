import { TAG_SIZE } from './aes256Gcm';
import { padme } from './padding';
import { requireSize } from './refused';

/** Bytes of the largest file. */
export const MOST_FILE_SIZE = 100 * 1024 * 1024;
/** Bytes that a small file is brought to. */
const LEAST_PADDED_FILE = 4096;
/** Bytes of a segment as it is sealed, the header counted to the first. */
export const SEGMENT_SIZE = 64 * 1024;
export const SALT_SIZE = 32;
const PREFIX_SIZE = 7;
/** `40 ‖ salt(32) ‖ nonce prefix(7)`: its first byte is its size. */
export const HEADER_SIZE = 1 + SALT_SIZE + PREFIX_SIZE;

export const SEALED_FIELD = 'sealed file';
export const FILE_FIELD = 'file';

/** Bytes of the padded file that a segment holds. */
export function capacity(segment: number): number {
  return SEGMENT_SIZE - TAG_SIZE - (segment === 0 ? HEADER_SIZE : 0);
}

/**
 * Bytes of a file with its zeros.
 *
 * @throws {Refused} TRUNCATED below 0, EXTENDED above {@link MOST_FILE_SIZE}
 */
export function paddedFileSize(size: number): number {
  requireSize(FILE_FIELD, size, 0, MOST_FILE_SIZE);
  return padme(Math.max(size, LEAST_PADDED_FILE));
}

/**
 * Bytes of a sealed file.
 *
 * @throws {Refused} TRUNCATED below 0, EXTENDED above {@link MOST_FILE_SIZE}
 */
export function sealedSize(size: number): number {
  const padded = paddedFileSize(size);
  const segments = Math.ceil((padded + HEADER_SIZE) / (SEGMENT_SIZE - TAG_SIZE));
  return HEADER_SIZE + padded + segments * TAG_SIZE;
}
