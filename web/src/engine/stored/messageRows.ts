import { type Listing, StoreError } from '../../store/store';
import type { Reads } from '../transaction';
import { RANK, type StoredMessage } from './message';
import { Table } from './table';

/** Messages of one millisecond have this much room between them. */
export const PLACES_A_MILLISECOND = 1_000;

/** Messages that are read at once. */
const AT_ONCE = 500;

/** The rows; only `messages.ts` writes them. */
export const table = new Table<StoredMessage>('messages');

/** One that can't be read any more has no text, and the detail `damaged`. */
export async function find(
  reads: Reads,
  senderId: string,
  id: string,
): Promise<StoredMessage | undefined> {
  try {
    return await table.get(reads, [senderId, id]);
  } catch (failure) {
    if (failure instanceof StoreError && failure.code === 'damaged') {
      return (await legible(reads, { prefix: [senderId, id] }))[0];
    }
    throw failure;
  }
}

/** One damaged message is no reason not to show the others. */
async function legible(reads: Reads, listing: Listing): Promise<StoredMessage[]> {
  const rows = await table.list(reads, { ...listing, damaged: 'mark' });
  return rows.map((row) => ('damaged' in row ? ofClear(row) : row));
}

/** What is left of a message whose row can't be opened. */
function ofClear({
  senderId,
  id,
  contactId,
  place,
  unreadOf,
}: Pick<StoredMessage, 'senderId' | 'id' | 'contactId' | 'place' | 'unreadOf'>): StoredMessage {
  const arrived = Math.floor(place / PLACES_A_MILLISECOND);
  const received = unreadOf === undefined ? RANK.read : RANK.delivered;
  return {
    senderId,
    id,
    contactId,
    place,
    created: arrived,
    arrived,
    rank: senderId === contactId ? received : RANK.sent,
    text: '',
    details: { damaged: true },
    times: {},
    fileCount: 0,
  };
}

/** A conversation's newest message. */
export async function last(reads: Reads, contactId: string): Promise<StoredMessage | undefined> {
  const listing = { index: 'place', prefix: [contactId], descending: true, limit: 1 };
  return (await legible(reads, listing))[0];
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
  const rows = await legible(reads, {
    index: 'place',
    prefix: [contactId],
    ...side,
    descending,
    limit,
  });
  return descending ? rows.reverse() : rows;
}

export function firstUnread(reads: Reads, contactId: string): Promise<StoredMessage | undefined> {
  return legible(reads, { index: 'unread', prefix: [contactId], limit: 1 }).then(([row]) => row);
}

export function unread(reads: Reads, contactId: string): Promise<StoredMessage[]> {
  return legible(reads, { index: 'unread', prefix: [contactId] });
}

/** Messages whose senders haven't been told of their state. */
export function owedReceipts(reads: Reads, most: number): Promise<StoredMessage[]> {
  return legible(reads, { index: 'owed', limit: most }).then((rows) =>
    rows.filter(({ details }) => !details.damaged),
  );
}

export function countOwedReceipts(reads: Reads): Promise<number> {
  return table.count(reads, { index: 'owed' });
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
  const table = new Table<{ contactId: string }>('conversations');
  const lines = await table.list(reads, { damaged: 'mark' });
  return lines.map(({ contactId }) => contactId);
}
