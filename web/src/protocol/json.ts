import { parseJson } from '../crypto';
import type { Rest } from './contract';
import { BrokenText, senseless } from './failures';

/** The contract's schemas by name. */
export type Schema<Name extends keyof Rest> = Rest[Name];

/**
 * An object as it came: the contract says which members it may have, and nobody has checked yet
 * what is in them. Members that the contract doesn't name are there, too.
 */
export type Raw<Contract> = { readonly [Name in keyof Contract]?: unknown };

export type JsonObject = Record<string, unknown>;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const WORD = /^[!-~]{1,4096}$/;
const HALF_A_CHARACTER = /\p{Surrogate}/u;

/**
 * Reads a value; `undefined` where it is no JSON, as a name twice in one object isn't. A number that
 * isn't whole, or is written as if it weren't, is NaN: what is signed has none.
 */
export function read(json: string): unknown {
  try {
    return parseJson(json);
  } catch {
    return undefined;
  }
}

/**
 * A value's JSON.
 *
 * @throws BrokenText for half of a character in it
 */
export function write(value: unknown): string {
  return JSON.stringify(value, (name, member: unknown) => {
    requireWhole(name);
    if (typeof member === 'string') {
      requireWhole(member);
    }
    return member;
  });
}

/** @throws BrokenText for half of a character */
function requireWhole(text: string): void {
  if (HALF_A_CHARACTER.test(text)) {
    throw new BrokenText();
  }
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** A value that is an object; `undefined` where it is something else. */
export function objectIn<Contract = JsonObject>(value: unknown): Raw<Contract> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Raw<Contract>)
    : undefined;
}

/** The objects of a value that is an array; what else is in it is passed over. */
export function objectsIn<Contract = JsonObject>(value: unknown): Raw<Contract>[] {
  return Array.isArray(value)
    ? value.flatMap((element: unknown) => objectIn<Contract>(element) ?? [])
    : [];
}

/** A member of the object's own; not one of those that every object of JavaScript has. */
export function member<T extends object>(object: T, name: keyof T & string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function textIn<T extends object>(object: T, name: keyof T & string): string | undefined {
  const value = member(object, name);
  return typeof value === 'string' ? value : undefined;
}

/** A member that is a token, a ticket or a cursor: visible ASCII, as it fits into headers and addresses. */
export function wordIn<T extends object>(object: T, name: keyof T & string): string | undefined {
  const text = textIn(object, name);
  return text !== undefined && WORD.test(text) ? text : undefined;
}

/** A member that is a UUID in lower case. */
export function idIn<T extends object>(object: T, name: keyof T & string): string | undefined {
  const value = member(object, name);
  return isId(value) ? value : undefined;
}

export function isTrue<T extends object>(object: T, name: keyof T & string): boolean {
  return member(object, name) === true;
}

/** A member that is a time, as milliseconds since 1970. */
export function timeIn<T extends object>(object: T, name: keyof T & string): number | undefined {
  const text = textIn(object, name);
  const time = text !== undefined && TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** A member that is a whole number which a number here holds exactly. */
export function numberIn<T extends object>(object: T, name: keyof T & string): number | undefined {
  const value = member(object, name);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/**
 * What must be there.
 *
 * @throws Unreachable where it isn't
 */
export function required<T>(value: T | undefined): T {
  if (value === undefined) {
    throw senseless();
  }
  return value;
}
