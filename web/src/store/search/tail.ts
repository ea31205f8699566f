import type { Change, Row, Store } from '../store';
import { unlessDamaged, wiped } from './damage';
import { normal } from './normal';
import type { SearchText } from './types';

/** A row of the tail: messages of one commit, of normal text. */
export interface TailRow {
  /** Rises with each row that is written. */
  order: number;
  /** Of its first message, as it was written. */
  id: string;
  messages: SearchText[];
}

export const TABLE = 'searchTail';

/** So many messages share a row at the most: each is read and written as a whole. */
const MOST = 500;

/** Writes what is new, each row after the last. */
export class Tail {
  #order: number;

  private constructor(order: number) {
    this.#order = order;
  }

  /** One that can't be read is thrown away, with all that belongs to it. */
  static async open(store: Store): Promise<Tail> {
    const last = await unlessDamaged(() => store.list(TABLE, { descending: true, limit: 1 }));
    if (last === 'damaged') {
      await store.commit(wiped());
      return new Tail(1);
    }
    return new Tail(((last[0]?.order as number | undefined) ?? 0) + 1);
  }

  /** To be committed with the messages. */
  changesFor(messages: readonly SearchText[]): Change[] {
    const rows: TailRow[] = [];
    for (let from = 0; from < messages.length; from += MOST) {
      const part = messages.slice(from, from + MOST).map(({ id, contactId, time, text }) => ({
        id,
        contactId,
        time,
        text: normal(text),
      }));
      rows.push({ order: this.#order++, id: part[0]?.id ?? '', messages: part });
    }
    return rows.map(putTail);
  }
}

export function putTail(row: TailRow): Change {
  return { op: 'put', table: TABLE, row: { ...row } satisfies Row };
}
