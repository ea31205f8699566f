import type { Row } from '../store';
import type { SearchText } from './types';

/** Where a message stands in "newest first": by time, then by id. */
export interface Position {
  time: number;
  id: string;
}

/** Negative where `one` is newer. */
export function newestFirst(one: Position, other: Position): number {
  return other.time - one.time || (one.id > other.id ? -1 : one.id < other.id ? 1 : 0);
}

/** Between texts, and between ids; no normal text has it in it. */
const END = '\n';

/**
 * Many messages' normal texts in one piece, newest first, so that one decryption and one search
 * for a substring goes through all of them. Ids and bounds are only taken apart where something
 * was found.
 */
export class Block {
  readonly #text: string;
  readonly #characterSize: number;
  readonly #idBytes: Uint8Array;
  readonly #contacts: string[];
  readonly #contactOf: Uint16Array;
  readonly #times: Float64Array;
  #ids: string[] | undefined;
  #starts: Int32Array | undefined;

  private constructor(row: Row) {
    const { text, ids, contacts, contactOf, times } = row as unknown as Columns;
    this.#text = new TextDecoder().decode(text);
    // Browsers keep texts of nothing but Latin-1 by bytes; that of fewer is known without a look.
    this.#characterSize = this.#text.length === text.length ? 1 : 2;
    this.#idBytes = ids;
    this.#contacts = contacts;
    this.#contactOf = new Uint16Array(contactOf.slice().buffer);
    this.#times = new Float64Array(times.slice().buffer);
  }

  static of(row: Row): Block {
    return new Block(row);
  }

  /** The row of a block; `messages` are of normal text, in any order. @throws TypeError for an id with a line break */
  static rowOf(block: string, messages: readonly SearchText[]): Row {
    const sorted = [...messages].sort(newestFirst);
    if (sorted.some((it) => it.id.includes(END))) {
      throw new TypeError('An id has a line break in it.');
    }
    const contacts = [...new Set(sorted.map((it) => it.contactId))];
    const numbers = new Map(contacts.map((it, at) => [it, at]));
    const contactOf = Uint16Array.from(sorted, (it) => numbers.get(it.contactId) ?? 0);
    const times = Float64Array.from(sorted, (it) => it.time);
    const utf8 = (texts: string[]): Uint8Array => new TextEncoder().encode(texts.join(END));
    return {
      block,
      text: utf8(sorted.map((it) => it.text)),
      ids: utf8(sorted.map((it) => it.id)),
      contacts,
      contactOf: new Uint8Array(contactOf.buffer),
      times: new Uint8Array(times.buffer),
    } satisfies Columns & { block: string };
  }

  get count(): number {
    return this.#times.length;
  }

  /** About what it takes in memory, in bytes. */
  get size(): number {
    return this.#text.length * this.#characterSize + this.#idBytes.length + 14 * this.count + 1024;
  }

  messages(): SearchText[] {
    return Array.from({ length: this.count }, (_, at) => ({
      ...this.#position(at),
      contactId: this.#contacts[this.#contactOf[at] ?? 0] ?? '',
      text: this.#textAt(at),
    }));
  }

  /**
   * Messages older than `after` that have each of the words, newest first. The first word should
   * be the rarest: the others are only looked for where it is.
   */
  *find(
    words: readonly string[],
    contactId: string | undefined,
    after: Position,
  ): Generator<Position> {
    const [first = '', ...others] = words;
    const contact = contactId === undefined ? undefined : this.#contacts.indexOf(contactId);
    if (contact === -1) {
      return;
    }
    let at = this.#text.indexOf(first);
    while (at >= 0) {
      const entry = this.#entryAt(at);
      const position = this.#position(entry);
      const isWanted =
        (contact === undefined || this.#contactOf[entry] === contact) &&
        newestFirst(after, position) < 0;
      if (isWanted && others.every((it) => this.#textAt(entry).includes(it))) {
        yield position;
      }
      at = this.#text.indexOf(first, this.#bounds()[entry + 1]);
      if (entry + 1 >= this.count) {
        return;
      }
    }
  }

  #position(entry: number): Position {
    this.#ids ??= new TextDecoder().decode(this.#idBytes).split(END);
    return { time: this.#times[entry] ?? 0, id: this.#ids[entry] ?? '' };
  }

  #textAt(entry: number): string {
    const starts = this.#bounds();
    return this.#text.slice(starts[entry], (starts[entry + 1] ?? 0) - END.length);
  }

  /** Which message a place in the text is of. */
  #entryAt(place: number): number {
    const starts = this.#bounds();
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Where each text begins, and where one after the last would. */
  #bounds(): Int32Array {
    if (this.#starts === undefined) {
      const starts = new Int32Array(this.count + 1);
      let start = 0;
      for (let at = 1; at <= this.count; at++) {
        const end = this.#text.indexOf(END, start);
        start = (end < 0 ? this.#text.length : end) + END.length;
        starts[at] = start;
      }
      this.#starts = starts;
    }
    return this.#starts;
  }
}

interface Columns {
  text: Uint8Array;
  ids: Uint8Array;
  contacts: string[];
  /** 16 bits each, in the machine's order, as the times (64-bit floating point). */
  contactOf: Uint8Array;
  times: Uint8Array;
}
