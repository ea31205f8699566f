import { Base64Text, Numbers, type Span } from '../../crypto';
import { isId } from '../../protocol/json';
import type { Failure } from '../failures';
import * as refusals from './refusals';

/** The end of the year 9999, milliseconds. */
const LAST_TIME = 253_402_300_799_999;

/**
 * The members of a line. What a line must have and hasn't, or has in another form, makes the file
 * senseless.
 */
export class Fields {
  /** Its number, from 1 on. */
  readonly line: number;
  readonly #members: Readonly<Record<string, unknown>>;

  constructor(line: number, members: unknown) {
    this.line = line;
    if (typeof members !== 'object' || members === null || Array.isArray(members)) {
      throw this.senseless();
    }
    this.#members = members as Record<string, unknown>;
  }

  senseless(): Failure {
    return refusals.senseless(this.line);
  }

  /** Makes something of the members; what can't be made of them is refused. */
  async made<T>(making: () => T | Promise<T>): Promise<T> {
    try {
      return await making();
    } catch {
      throw this.senseless();
    }
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#members, name);
  }

  isTrue(name: string): boolean {
    return this.#value(name) === true;
  }

  text(name: string): string {
    const value = this.#value(name);
    if (typeof value !== 'string') {
      throw this.senseless();
    }
    return value;
  }

  id(name: string): string {
    const value = this.#value(name);
    if (!isId(value)) {
      throw this.senseless();
    }
    return value;
  }

  /** Whole, from 0 on. */
  number(name: string, most = Number.MAX_SAFE_INTEGER): number {
    return this.#number(this.#value(name), most);
  }

  #number(value: unknown, most: number): number {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) {
      throw this.senseless();
    }
    return value;
  }

  time(name: string): number {
    return this.number(name, LAST_TIME);
  }

  /** Microseconds; what JavaScript doesn't hold exactly, after the year 2255, is the last that it does. */
  place(name: string): number {
    return Math.min(this.number(name, LAST_TIME * 1000 + 999), Number.MAX_SAFE_INTEGER);
  }

  bytes(name: string, size?: number): Uint8Array<ArrayBuffer> {
    const text = this.text(name);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = Base64Text.decode(name, text);
    } catch {
      throw this.senseless();
    }
    if (size !== undefined && bytes.length !== size) {
      throw this.senseless();
    }
    return bytes;
  }

  object(name: string): Record<string, unknown> {
    const value = this.#value(name);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.senseless();
    }
    return value as Record<string, unknown>;
  }

  /** The members of an object. */
  fields(name: string): Fields {
    return new Fields(this.line, this.object(name));
  }

  /** Spans, each from its first to its last number. */
  numbers(name: string): Numbers {
    const spans = this.#list(name).map((span): Span => {
      if (!Array.isArray(span) || span.length !== 2) {
        throw this.senseless();
      }
      const [first, last] = span.map((end) => this.#number(end, Number.MAX_SAFE_INTEGER));
      return [first ?? 0, last ?? 0];
    });
    try {
      return new Numbers(spans);
    } catch {
      throw this.senseless();
    }
  }

  /** The objects of a list, which may be absent. */
  objects(name: string): Fields[] {
    return this.has(name) ? this.#list(name).map((each) => new Fields(this.line, each)) : [];
  }

  #list(name: string): unknown[] {
    const value = this.#value(name);
    if (!Array.isArray(value)) {
      throw this.senseless();
    }
    return value;
  }

  #value(name: string): unknown {
    return this.has(name) ? this.#members[name] : undefined;
  }
}
