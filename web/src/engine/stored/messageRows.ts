import type { Reads } from '../transaction';
import type { StoredMessage } from './message';
import { Table } from './table';

/** Messages that are read at once. */
const AT_ONCE = 500;

/** The rows; only `messages.ts` writes them. */
export const table = new Table<StoredMessage>('messages');

export function find(
  reads: Reads,
  senderId: string,
  id: string,
): Promise<StoredMessage | undefined> {
  return table.get(reads, [senderId, id]);
}

/** A conversation's newest message. */
export function last(reads: Reads, contactId: string): Promise<StoredMessage | undefined> {
  return table.first(reads, { index: 'place', prefix: [contactId], descending: true });
}

export function at(
  reads: Reads,
  contactId: string,
  place: number,
): Promise<StoredMessage | undefined> {
  return table.first(reads, { index: 'place', prefix: [contactId, place] });
}

/** Messages of a conversation before, or behind, a place, the nearest ones, in their order. */
export async function beside(
  reads: Reads,
  contactId: string,
  side: { before?: number; after?: number },
  limit: number,
): Promise<StoredMessage[]> {
  const descending = side.after === undefined;
  const rows = await table.list(reads, {
    index: 'place',
    prefix: [contactId],
    ...side,
    descending,
    limit,
  });
  return descending ? rows.reverse() : rows;
}

export function firstUnread(reads: Reads, contactId: string): Promise<StoredMessage | undefined> {
  return table.first(reads, { index: 'unread', prefix: [contactId] });
}

export function unread(reads: Reads, contactId: string): Promise<StoredMessage[]> {
  return table.list(reads, { index: 'unread', prefix: [contactId] });
}

/** Messages whose senders haven't been told of their state. */
export function owedReceipts(reads: Reads, most: number): Promise<StoredMessage[]> {
  return table.list(reads, { index: 'owed', limit: most });
}

/** All messages that there are, some at a time. */
export async function* all(reads: Reads): AsyncGenerator<StoredMessage[]> {
  for (const contactId of await contacts(reads)) {
    let after = -1;
    for (;;) {
      const rows = await beside(reads, contactId, { after }, AT_ONCE);
      if (rows.length === 0) {
        break;
      }
      yield rows;
      after = rows.at(-1)?.place ?? after;
    }
  }
}

async function contacts(reads: Reads): Promise<string[]> {
  const lines = await new Table<{ contactId: string }>('conversations').list(reads);
  return lines.map(({ contactId }) => contactId);
}
