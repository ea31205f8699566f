import { Base64Text } from './base64Text';
import type { Bytes } from './bytes';
import { isObject } from './canonicalJson';
import type { JsonObject } from './json';
import { Refused, require, requireSize } from './refused';
import { WireTime } from './wireTime';

const UUID_FORM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEY_ID_FORM = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Reads a JSON object that a parser gave. A field of `null` is absent; fields that nobody asks for
 * are tolerated. Every refusal names the field's path, never its value.
 */
export class WireFields {
  readonly #path: string;
  readonly #object: JsonObject;

  /** @param path what stands before each name in a refusal */
  constructor(object: JsonObject, path = '') {
    this.#path = path;
    this.#object = object;
  }

  has(name: string): boolean {
    return this.#value(name) !== undefined;
  }

  text(name: string): string {
    const value = this.#required(name);
    require(typeof value === 'string', 'MALFORMED', this.pathOf(name));
    return value;
  }

  /** A UUID in lower case. */
  id(name: string): string {
    return id(this.pathOf(name), this.text(name));
  }

  /** UUIDs, each once. */
  ids(name: string, most: number): string[] {
    const texts = this.texts(name, most);
    require(new Set(texts).size === texts.length, 'MALFORMED', this.pathOf(name));
    return texts.map((text) => id(this.pathOf(name), text));
  }

  keyId(name: string): string {
    const text = this.text(name);
    require(KEY_ID_FORM.test(text), 'MALFORMED', this.pathOf(name));
    return text;
  }

  /** RFC 3339 in its one spelling here; milliseconds since 1970. */
  time(name: string): number {
    return WireTime.parse(this.pathOf(name), this.text(name));
  }

  /** A whole number from 0 to 2^53 - 1. */
  number(name: string): number {
    const value = this.#required(name);
    const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    require(fits, 'MALFORMED', this.pathOf(name));
    // -0 is 0.
    return value + 0;
  }

  /** Base64 of a number of bytes within bounds. */
  bytes(name: string, least: number, most = least): Bytes {
    return decoded(this.pathOf(name), this.text(name), least, most);
  }

  /** Base64 of so many bytes each. */
  allBytes(name: string, most: number, size: number): Bytes[] {
    return this.texts(name, most).map((text, i) =>
      decoded(`${this.pathOf(name)}[${i}]`, text, size, size),
    );
  }

  object(name: string): WireFields {
    const value = this.#required(name);
    require(isObject(value), 'MALFORMED', this.pathOf(name));
    return new WireFields(value, `${this.pathOf(name)}.`);
  }

  objects(name: string, most: number): WireFields[] {
    return this.list(name, most).map((element, i) => {
      const path = `${this.pathOf(name)}[${i}]`;
      require(isObject(element), 'MALFORMED', path);
      return new WireFields(element, `${path}.`);
    });
  }

  texts(name: string, most: number): string[] {
    return this.list(name, most).map((element, i) => {
      require(typeof element === 'string', 'MALFORMED', `${this.pathOf(name)}[${i}]`);
      return element;
    });
  }

  list(name: string, most: number): readonly unknown[] {
    const value = this.#required(name);
    require(Array.isArray(value), 'MALFORMED', this.pathOf(name));
    require(value.length <= most, 'EXTENDED', this.pathOf(name));
    return value;
  }

  /** The name of a field in a refusal. */
  pathOf(name: string): string {
    return this.#path + name;
  }

  #required(name: string): unknown {
    const value = this.#value(name);
    if (value === undefined) {
      throw new Refused('MISSING', this.pathOf(name));
    }
    return value;
  }

  #value(name: string): unknown {
    return Object.hasOwn(this.#object, name) ? (this.#object[name] ?? undefined) : undefined;
  }
}

function id(field: string, text: string): string {
  require(UUID_FORM.test(text), 'MALFORMED', field);
  return text;
}

/** The text's length is looked at first: what is too long isn't decoded. */
function decoded(field: string, text: string, least: number, most: number): Bytes {
  requireSize(field, text.length, base64Length(least), base64Length(most));
  const bytes = Base64Text.decode(field, text);
  requireSize(field, bytes.length, least, most);
  return bytes;
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
