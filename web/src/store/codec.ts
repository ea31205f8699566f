import type { Row } from './store';

/**
 * Rows as bytes: JSON with the binary values behind it, not in it. Shape: the length of the JSON,
 * the number of binary values and the length of each (32 bits, little endian), the JSON (UTF-8),
 * then the values. In the JSON a binary value is `{"\0": n}` and a Blob, which stays outside,
 * `{"\0b": n}`; names that begin with U+0000 in the row itself get another one in front.
 */
export interface Encoded {
  bytes: Uint8Array<ArrayBuffer>;
  blobs: Blob[];
}

const MARK = '\0';
const BINARY = '\0';
const BLOB = '\0b';
const WORD = 4;

/** @throws TypeError for a value that wouldn't come back as it was */
export function encode(row: Row): Encoded {
  const binaries: Uint8Array[] = [];
  const blobs: Blob[] = [];
  const json = new TextEncoder().encode(JSON.stringify(flat(row, binaries, blobs)));
  const head = WORD * (2 + binaries.length);
  const size = binaries.reduce((sum, it) => sum + it.length, head + json.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(WORD, binaries.length, true);
  bytes.set(json, head);
  let end = head + json.length;
  for (const [at, binary] of binaries.entries()) {
    view.setUint32(WORD * (2 + at), binary.length, true);
    bytes.set(binary, end);
    end += binary.length;
  }
  return { bytes, blobs };
}

function flat(value: unknown, binaries: Uint8Array[], blobs: Blob[]): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return value;
  }
  if (value instanceof Uint8Array) {
    return { [BINARY]: binaries.push(value) - 1 };
  }
  if (value instanceof Blob) {
    return { [BLOB]: blobs.push(value) - 1 };
  }
  if (Array.isArray(value)) {
    return value.map((it) => flat(it, binaries, blobs));
  }
  if (Object.prototype.toString.call(value) !== '[object Object]') {
    throw new TypeError(`A row can't hold ${String(value)}.`);
  }
  return Object.fromEntries(
    Object.entries(value as object)
      .filter(([, it]) => it !== undefined)
      .map(([name, it]) => [
        name.startsWith(MARK) ? MARK + MARK + name : name,
        flat(it, binaries, blobs),
      ]),
  );
}

/** @throws RangeError, SyntaxError or TypeError for bytes that no row was made into */
export function decode(bytes: Uint8Array, blobs: readonly Blob[]): Row {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const jsonLength = view.getUint32(0, true);
  const count = view.getUint32(WORD, true);
  const head = WORD * (2 + count);
  const json = new TextDecoder().decode(bytes.subarray(head, head + jsonLength));
  const binaries: Uint8Array[] = [];
  let end = head + jsonLength;
  for (let at = 0; at < count; at++) {
    const length = view.getUint32(WORD * (2 + at), true);
    binaries.push(bytes.slice(end, end + length));
    end += length;
  }
  const value: unknown = JSON.parse(json);
  const isMarked = json.includes('\\u0000');
  return (isMarked ? whole(value, binaries, blobs) : value) as Row;
}

function whole(value: unknown, binaries: Uint8Array[], blobs: readonly Blob[]): unknown {
  if (Array.isArray(value)) {
    return value.map((it) => whole(it, binaries, blobs));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const fields = Object.entries(value);
  const [name, number] = fields[0] ?? [];
  if (fields.length === 1 && (name === BINARY || name === BLOB)) {
    const found = (name === BINARY ? binaries : blobs)[number as number];
    if (found === undefined) {
      throw new RangeError('A row lacks one of its binary values.');
    }
    return found;
  }
  return Object.fromEntries(
    fields.map(([it, field]) => [
      it.startsWith(MARK + MARK) ? it.slice(2) : it,
      whole(field, binaries, blobs),
    ]),
  );
}
