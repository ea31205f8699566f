import type { Change, Store } from '../store';
import { putTail, TABLE, type TailRow } from './tail';
import type { SearchText } from './types';

export function deleteTail(row: TailRow): Change {
  return { op: 'delete', table: TABLE, key: [row.order, row.id] };
}

/** In the order of writing; `limit` in rows. */
export async function readTail(store: Store, limit?: number): Promise<TailRow[]> {
  const rows = await store.list(TABLE, limit === undefined ? {} : { limit });
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
