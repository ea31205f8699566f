import type { Change, Row, Store } from '../store';
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

/** So many messages share a row at the most: each is read and written as a whole. */
const MOST = 500;

export function tailRows(messages: readonly SearchText[], nextOrder: () => number): TailRow[] {
  const rows: TailRow[] = [];
  for (let from = 0; from < messages.length; from += MOST) {
    const part = messages.slice(from, from + MOST).map(({ id, contactId, time, text }) => ({
      id,
      contactId,
      time,
      text: normal(text),
    }));
    rows.push({ order: nextOrder(), id: part[0]?.id ?? '', messages: part });
  }
  return rows;
}

export function putTail(row: TailRow): Change {
  return { op: 'put', table: 'searchTail', row: { ...row } satisfies Row };
}

export function deleteTail(row: TailRow): Change {
  return { op: 'delete', table: 'searchTail', key: [row.order, row.id] };
}

/** In the order of writing; `limit` in rows. */
export async function readTail(store: Store, limit?: number): Promise<TailRow[]> {
  const rows = await store.list('searchTail', limit === undefined ? {} : { limit });
  return rows as unknown as TailRow[];
}

/** Of each message what was written last. */
export function latestOf(rows: readonly TailRow[]): Map<string, SearchText> {
  return new Map(rows.flatMap((row) => row.messages.map((it) => [it.id, it])));
}

export function tailWithout(
  rows: readonly TailRow[],
  isLeftOut: (message: SearchText) => boolean,
): Change[] {
  return rows
    .filter((row) => row.messages.some(isLeftOut))
    .map((row) => {
      const messages = row.messages.filter((it) => !isLeftOut(it));
      return messages.length > 0 ? putTail({ ...row, messages }) : deleteTail(row);
    });
}
