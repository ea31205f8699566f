import { type Bytes, isSame } from './bytes';
import { type JsonObject, parseJson } from './json';
import { Refused, require } from './refused';
import { isWhole, strictText, utf8 } from './texts';

/** Objects and lists within the outermost object. */
const DEEPEST = 8;

/**
 * JSON in its one canonical spelling (RFC 8785): no white space, members sorted by the UTF-16 of
 * their names, as few escapes as there can be. Numbers are whole, from 0 to 2^53 - 1, and `null`
 * never stands.
 */
export const CanonicalJson = {
  /** @throws {Refused} MALFORMED for a text with half a surrogate pair */
  write(field: string, object: JsonObject): Bytes {
    return utf8(field, written(field, object));
  },

  /** @throws {Refused} MALFORMED for what `write` never gives */
  read(field: string, bytes: Uint8Array): JsonObject {
    const value = parseJson(strictText(field, bytes), DEEPEST, field);
    require(isObject(value), 'MALFORMED', field);
    require(isSame(CanonicalJson.write(field, value), bytes), 'MALFORMED', field);
    return value;
  },
} as const;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function written(field: string, value: unknown): string {
  if (typeof value === 'string' && isWhole(value)) {
    return JSON.stringify(value);
  }
  if (typeof value === 'boolean' || (Number.isSafeInteger(value) && Number(value) >= 0)) {
    // -0 is 0.
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((element) => written(field, element)).join(',')}]`;
  }
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    const members = names.map((name) => `${written(field, name)}:${written(field, value[name])}`);
    return `{${members.join(',')}}`;
  }
  throw new Refused('MALFORMED', field);
}
