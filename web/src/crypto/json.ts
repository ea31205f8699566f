import { Refused, require } from './refused';

/** A JSON object as a parser gave it. */
export type JsonObject = Readonly<Record<string, unknown>>;

const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS: Record<string, boolean | null> = { true: true, false: false, null: null };

/** Objects and lists within one another: more is nobody's, and would fill the stack. */
const DEEPEST = 64;

/**
 * Reads JSON (RFC 8259) as strictly as signatures need it: a name twice in one object is refused,
 * and a number that isn't whole, or is written as if it weren't (`1.0`, `1e2`), becomes NaN, which
 * no field of this package takes. `JSON.parse` would give the last of two, and 1 for `1.0`.
 *
 * @param deepest objects and lists within the outermost one
 * @param field what a refusal names
 * @throws {Refused} MALFORMED
 */
export function parseJson(text: string, deepest = DEEPEST, field = 'JSON'): unknown {
  const reader = new Reader(text, deepest, field);
  return reader.whole();
}

class Reader {
  readonly #text: string;
  readonly #deepest: number;
  readonly #field: string;
  #at = 0;

  constructor(text: string, deepest: number, field: string) {
    this.#text = text;
    this.#deepest = deepest;
    this.#field = field;
  }

  whole(): unknown {
    const value = this.#value(0);
    require(this.#at === this.#text.length, 'MALFORMED', this.#field);
    return value;
  }

  /** A value, and the blanks around it. */
  #value(depth: number): unknown {
    require(depth <= this.#deepest, 'MALFORMED', this.#field);
    this.#match(BLANK);
    const value = this.#bare(depth);
    this.#match(BLANK);
    return value;
  }

  #bare(depth: number): unknown {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return this.#string();
      case 't':
      case 'f':
      case 'n':
        return WORDS[this.#required(WORD)[0]];
      default:
        return this.#number();
    }
  }

  #object(depth: number): JsonObject {
    // Without a prototype: `__proto__` is a name like any other.
    const object: Record<string, unknown> = Object.create(null);
    this.#elements('}', () => {
      this.#match(BLANK);
      const name = this.#string();
      this.#match(BLANK);
      require(this.#take(':') && !(name in object), 'MALFORMED', this.#field);
      object[name] = this.#value(depth + 1);
    });
    return object;
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    this.#elements(']', () => list.push(this.#value(depth + 1)));
    return list;
  }

  #elements(end: string, read: () => void): void {
    this.#at++;
    this.#match(BLANK);
    if (this.#take(end)) {
      return;
    }
    do {
      read();
    } while (this.#take(','));
    require(this.#take(end), 'MALFORMED', this.#field);
  }

  #string(): string {
    require(this.#text[this.#at] === '"', 'MALFORMED', this.#field);
    let end = this.#at + 1;
    for (; this.#text[end] !== '"'; end++) {
      require(end < this.#text.length, 'MALFORMED', this.#field);
      // What is escaped, a quote too, ends nothing.
      end += this.#text[end] === '\\' ? 1 : 0;
    }
    const spelt = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    try {
      return JSON.parse(spelt);
    } catch {
      throw new Refused('MALFORMED', this.#field);
    }
  }

  #number(): number {
    const [spelt, fraction, exponent] = this.#required(NUMBER);
    return fraction === undefined && exponent === undefined ? Number(spelt) : Number.NaN;
  }

  #take(character: string): boolean {
    const isThere = this.#text[this.#at] === character;
    this.#at += isThere ? 1 : 0;
    return isThere;
  }

  #required(form: RegExp): RegExpExecArray {
    const found = this.#match(form);
    if (found === null) {
      throw new Refused('MALFORMED', this.#field);
    }
    return found;
  }

  #match(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}
