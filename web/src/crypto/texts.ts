import type { Bytes } from './bytes';
import { Refused, require } from './refused';

const ENCODER = new TextEncoder();
/** A mark of the byte order is a character like any other. */
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const TOLERANT = new TextDecoder('utf-8', { ignoreBOM: true });
const HALF_PAIR = /\p{Surrogate}/u;
const LONGEST_NAME = 64;

/** Whether a text is made of characters alone: no half of a surrogate pair is in it. */
export function isWhole(text: string): boolean {
  return !HALF_PAIR.test(text);
}

/**
 * A text's UTF-8. Half of a surrogate pair has none: something in its place would make one of two
 * texts, and give a reader another than was written.
 *
 * @throws {Refused} MALFORMED
 */
export function utf8(field: string, text: string): Bytes {
  require(isWhole(text), 'MALFORMED', field);
  return ENCODER.encode(text);
}

/** @throws {Refused} MALFORMED for what is no UTF-8 */
export function strictText(field: string, bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    throw new Refused('MALFORMED', field);
  }
}

/** With U+FFFD for what is no UTF-8. */
export function tolerantText(bytes: Uint8Array): string {
  return TOLERANT.decode(bytes);
}

/** A name that came from elsewhere, fit to stand in an error: printable ASCII, cut. */
export function quoted(name: string): string {
  const shown = Array.from(name).slice(0, LONGEST_NAME);
  return `"${shown.map((one) => (/^[ !#-~]$/.test(one) ? one : '?')).join('')}"`;
}
