import type { Parts } from './keys';
import { answerOf } from './requests';
import type { Sealed } from './rowCipher';
import type { Row } from './store';

/** A row that was found, made anew for each who asked for it. */
type Found = (() => Row) | undefined;

interface Asked {
  key: Parts;
  answer: (found: Promise<Found>) => void;
  found: Promise<Found>;
}

/**
 * Has reads by key share transactions, for to begin one costs more than to read a row. Each table has
 * one at a time, for all that was asked for since the last began; a row that several asked for is
 * read and opened once. Who asks after a commit reads what was stored: a transaction that has begun
 * takes no more.
 */
export class SharedReads {
  readonly #begin: (table: string) => IDBObjectStore;
  readonly #open: (table: string, sealed: Sealed) => Promise<() => Row>;
  /** What waits, by its key, for the transaction of its table that is on its way. */
  readonly #waiting = new Map<string, Map<string, Asked>>();

  constructor(
    begin: (table: string) => IDBObjectStore,
    open: (table: string, sealed: Sealed) => Promise<() => Row>,
  ) {
    this.#begin = begin;
    this.#open = open;
  }

  async get(table: string, key: Parts): Promise<Row | undefined> {
    let waiting = this.#waiting.get(table);
    if (waiting === undefined) {
      waiting = new Map();
      this.#waiting.set(table, waiting);
      queueMicrotask(() => void this.#readAll(table));
    }
    const name = JSON.stringify(key);
    let asked = waiting.get(name);
    if (asked === undefined) {
      asked = askedFor(key);
      waiting.set(name, asked);
    }
    return (await asked.found)?.();
  }

  async #readAll(table: string): Promise<void> {
    for (;;) {
      const all = [...(this.#waiting.get(table)?.values() ?? [])];
      if (all.length === 0) {
        this.#waiting.delete(table);
        return;
      }
      this.#waiting.set(table, new Map());
      await Promise.allSettled(this.#readTogether(table, all));
    }
  }

  /** @returns one for each: when its row has been read */
  #readTogether(table: string, all: readonly Asked[]): Promise<unknown>[] {
    let rows: IDBObjectStore | undefined;
    return all.map(({ key, answer }) => {
      const read = this.#readOne(() => (rows ??= this.#begin(table)), key);
      answer(read.then((sealed) => sealed && this.#open(table, sealed)));
      return read;
    });
  }

  /** What the browser refuses at once, such as a key that is none, is refused to who asked for it. */
  async #readOne(rows: () => IDBObjectStore, key: Parts): Promise<Sealed | undefined> {
    return answerOf<Sealed | undefined>(rows().get(key));
  }
}

function askedFor(key: Parts): Asked {
  let answer: Asked['answer'] = () => {};
  const found = new Promise<Found>((resolve) => {
    answer = resolve;
  });
  return { key, answer, found };
}
