import { UnreadableError } from './archivedMessage';
import { decodeBase64url, encodeBase64url } from './base64url';
import { asciiJson, plainJson, readJson } from './json';
import { isSteady } from './steadyText';

/** Before values that aren't readable as they are. */
const ENCODED = 'base64:';

/** Characters; with its name it stays in one line of a mail. */
const LONGEST_PLAIN = 48;

/** Characters of a field's value that is read. */
const LONGEST = 4 * 1024 * 1024;

/** Levels: a store keeps what is as deep as that, and no more is of use. */
const DEEPEST = 64;

/** Between these, numbers that aren't whole are written alike in every language. */
const LEAST_FRACTION = 1e-3;
const MOST_FRACTION = 1e7;

/**
 * A field's value in ASCII: a string as it is, where that can't be mistaken; short JSON; all else
 * as base64url of JSON, which nothing that is done to texts changes.
 */
export function writeValue(value: unknown): string {
  if (typeof value === 'string' && isPlain(value)) {
    return value;
  }
  if (typeof value === 'boolean' || (typeof value === 'number' && isWrittenAlike(value))) {
    const json = asciiJson(value);
    if (json.length <= LONGEST_PLAIN && isSteady(json) && readPlain(json) === value) {
      return json;
    }
  }
  return encoded([value]);
}

function isWrittenAlike(value: number): boolean {
  const size = Math.abs(value);
  return Number.isInteger(value)
    ? Number.isSafeInteger(value)
    : size >= LEAST_FRACTION && size < MOST_FRACTION;
}

/** Several values as one. */
export function encoded(values: unknown[]): string {
  return ENCODED + encodeBase64url(asciiJson(values));
}

/** A value, as it was. Throws an UnreadableError where it can't be decoded, is too long or too deep. */
export function readValue(written: string): unknown {
  return written.startsWith(ENCODED) ? decoded(written, 1)[0] : readPlain(written);
}

/** Values, as they were; throws an UnreadableError where there aren't so many. */
export function decoded(written: string, count: number): unknown[] {
  bound(written);
  const json = decodeBase64url(written.slice(ENCODED.length));
  const values = shallow(json === undefined ? undefined : readJson(json));
  if (!written.startsWith(ENCODED) || !Array.isArray(values) || values.length !== count) {
    throw new UnreadableError("a field's value can't be decoded");
  }
  return values;
}

/** A value is JSON only where writing it gives the same again: all else is kept as it stands. */
export function readPlain(written: string): unknown {
  bound(written);
  const value = readJson(written);
  return value === undefined || value === null || plainJson(shallow(value)) !== written
    ? written
    : value;
}

function bound(written: string): void {
  if (written.length > LONGEST) {
    throw new UnreadableError("a field's value is too long");
  }
}

/** The text that an exact value holds; undefined where it holds none any more. */
export function readText(written: string): string | undefined {
  try {
    const text = written.startsWith(ENCODED) ? readValue(written) : undefined;
    return typeof text === 'string' ? text : undefined;
  } catch (e) {
    if (e instanceof UnreadableError) {
      return undefined;
    }
    throw e;
  }
}

function shallow(value: unknown): unknown {
  if (depthOf(value) > DEEPEST) {
    throw new UnreadableError("a field's value has too many levels");
  }
  return value;
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  let deepest = 0;
  for (const within of Object.values(value)) {
    deepest = Math.max(deepest, depthOf(within));
  }
  return 1 + deepest;
}

function isPlain(text: string): boolean {
  return (
    text.length <= LONGEST_PLAIN &&
    /^[ -~]*$/.test(text) &&
    isSteady(text) &&
    !text.startsWith(ENCODED) &&
    readPlain(text) === text
  );
}
