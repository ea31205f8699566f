import type { Bytes } from './bytes';
import { require, requireSize } from './refused';

/** The size that short texts are brought to, and the largest. */
export const LEAST_PADDED = 256;
export const MOST_PADDED = 64 * 1024;
/** Bytes of the longest text of a message. */
export const LONGEST_TEXT = MOST_PADDED - 1;

const END = 0x80;

/**
 * Hides a text's length: behind the text one byte 0x80, then zeros (ISO/IEC 7816-4).
 *
 * @throws {Refused} EXTENDED for a text that is too long
 */
export function pad(text: Uint8Array): Bytes {
  requireSize('plaintext', text.length, 0, LONGEST_TEXT);
  const padded = new Uint8Array(paddedSize(text.length + 1));
  padded.set(text);
  padded[text.length] = END;
  return padded;
}

/**
 * The text, a copy.
 *
 * @throws {Refused} MALFORMED for what `pad` never gives
 */
export function unpad(padded: Bytes): Bytes {
  const end = padded.findLastIndex((byte) => byte !== 0);
  const isPadded = padded[end] === END && paddedSize(end + 1) === padded.length;
  require(isPadded, 'MALFORMED', 'encrypted_content');
  return padded.slice(0, end);
}

/** @param size of the text and its 0x80 */
export function paddedSize(size: number): number {
  return size <= LEAST_PADDED ? LEAST_PADDED : padme(size);
}

/**
 * Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with
 * PURBs", 2019): of a size's binary digits, as many as its length has digits may be other than 0.
 *
 * @param size from 2 to 2^31 - 1
 */
export function padme(size: number): number {
  const exponent = floorLog2(size);
  const step = 2 ** (exponent - (floorLog2(exponent) + 1));
  return Math.ceil(size / step) * step;
}

function floorLog2(value: number): number {
  return 31 - Math.clz32(value);
}
