import { Base64Text } from './base64Text';
import { type Bytes, compare, concat, NO_BYTES } from './bytes';
import { isObject } from './canonicalJson';
import type { Hash } from './hash';
import type { JsonObject } from './json';
import { Refused, require } from './refused';
import { utf8 } from './texts';
import { lp, numberBytes } from './transcript';

const FIELD = 'media_refs';
const MOST = 32;
/** An element of the list is at level 1. */
const DEEPEST = 8;

/** What is said of a file outside the message, where the server reads it. */
export interface MediaRef {
  /** The server's, 32 random bytes: 43 characters of base64url. */
  readonly mediaId: string;
  /** Bytes of the sealed file. */
  readonly size: number;
  /** Of the sealed file. */
  readonly sha256: Bytes;
}

/**
 * The `media_refs` of a message: any JSON but for numbers that aren't whole, of which the
 * signatures cover the values, not the text.
 */
export class MediaRefs {
  static readonly MOST = MOST;
  /** Those of a message without attachments. */
  static readonly NONE = new MediaRefs([]);

  readonly values: readonly unknown[];
  readonly #content: Bytes;

  /** @throws {Refused} EXTENDED, or MALFORMED for what can't be signed */
  constructor(values: readonly unknown[]) {
    require(values.length <= MOST, 'EXTENDED', FIELD);
    this.values = values;
    this.#content = listContent(values, 0);
  }

  /** Those of a message with files, in the files' order. */
  static of(files: readonly MediaRef[]): MediaRefs {
    return new MediaRefs(
      files.map(({ mediaId: id, size, sha256 }) => ({
        id,
        size,
        sha256: Base64Text.encode(sha256),
      })),
    );
  }

  /** What is hashed. */
  content(): Bytes {
    return this.#content;
  }

  hash(hash: Hash): Bytes {
    return hash.of(this.#content);
  }
}

/** One byte that says a value's type, and its content. */
function encoded(value: unknown, depth: number): Bytes {
  require(depth <= DEEPEST, 'EXTENDED', FIELD);
  if (value === null) {
    return tagged('n', NO_BYTES);
  }
  if (typeof value === 'boolean') {
    return tagged(value ? 't' : 'f', NO_BYTES);
  }
  if (typeof value === 'number') {
    require(Number.isSafeInteger(value), 'MALFORMED', FIELD);
    return tagged('i', numberBytes(value));
  }
  if (typeof value === 'string') {
    return tagged('s', utf8(FIELD, value));
  }
  if (Array.isArray(value)) {
    return tagged('a', listContent(value, depth));
  }
  if (isObject(value)) {
    return tagged('o', objectContent(value, depth));
  }
  throw new Refused('MALFORMED', FIELD);
}

function listContent(list: readonly unknown[], depth: number): Bytes {
  return lp(...list.map((value) => encoded(value, depth + 1)));
}

function objectContent(object: JsonObject, depth: number): Bytes {
  const members = Object.entries(object).map(([name, value]) => ({
    name: utf8(FIELD, name),
    value: encoded(value, depth + 1),
  }));
  members.sort((one, other) => compare(one.name, other.name));
  return lp(...members.flatMap(({ name, value }) => [name, value]));
}

function tagged(tag: string, content: Uint8Array): Bytes {
  return concat(Uint8Array.of(tag.charCodeAt(0)), content);
}
