import { type Bytes, fromHex } from './bytes';
import { utf8 } from './texts';

/**
 * What is hashed and signed: each field behind its length in 4 bytes, big endian. A text is its
 * UTF-8; a list of fields is `lp` of them as one field.
 */
export function lp(...fields: (Uint8Array | string)[]): Bytes {
  const all = fields.map((field) => (typeof field === 'string' ? utf8('text', field) : field));
  const whole = new Uint8Array(all.reduce((size, field) => size + 4 + field.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const field of all) {
    view.setUint32(at, field.length);
    whole.set(field, at + 4);
    at += 4 + field.length;
  }
  return whole;
}

/** An id's 16 bytes, in the order in which it is written (RFC 9562). */
export function idBytes(id: string): Bytes {
  return fromHex(id.replaceAll('-', ''));
}

/** A number or a time in 8 bytes, big endian; two's complement below 0. */
export function numberBytes(number: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(number));
  return bytes;
}
