import { parseJson } from '../../crypto';
import { Fields } from './fields';
import * as refusals from './refusals';
import { type SegmentOutput, segmentsOf } from './segments';

/** Bytes of one line: no message, and no bundle, is near to it. */
const LONGEST = 16 * 1024 * 1024;

const END = 0x0a;

/** JSON by lines, sealed by segments. */
export class LineOutput {
  readonly #out: SegmentOutput;
  readonly #utf8 = new TextEncoder();
  #lines = 0;

  constructor(out: SegmentOutput) {
    this.#out = out;
  }

  /** How many were written. */
  get lines(): number {
    return this.#lines;
  }

  async write(line: { kind: string; [name: string]: unknown }): Promise<void> {
    this.#lines++;
    await this.#out.write(this.#utf8.encode(`${JSON.stringify(line)}\n`));
  }
}

/** The lines of an account file; after the last one, all of it was read and is whole. */
export async function* linesOf(file: Blob, passphrase: string): AsyncGenerator<Fields> {
  let line = 0;
  let begun: Uint8Array[] = [];
  let size = 0;
  for await (const segment of segmentsOf(file, passphrase)) {
    let from = 0;
    for (let end = segment.indexOf(END); end >= 0; end = segment.indexOf(END, from)) {
      line++;
      yield fieldsOf(joined([...begun, segment.subarray(from, end)]), line);
      begun = [];
      size = 0;
      from = end + 1;
    }
    begun.push(segment.subarray(from));
    size += segment.length - from;
    if (size > LONGEST) {
      throw refusals.senseless(line + 1);
    }
  }
  if (size > 0) {
    throw refusals.senseless(line + 1);
  }
}

function joined(parts: Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) {
    return only;
  }
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Strict about names that are there twice, and about UTF-8; numbers may have fractions. */
function fieldsOf(bytes: Uint8Array, line: number): Fields {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    parseJson(text);
    return new Fields(line, JSON.parse(text));
  } catch {
    throw refusals.senseless(line);
  }
}
