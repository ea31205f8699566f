import type { MessageKey } from '../../crypto';
import type { Quarantined } from '../api';
import type { Reads, Transaction } from '../transaction';
import { Table } from './table';

/** Whoever floods it fills no disk: what is more stays with the relay until it expires. */
const MOST_KEPT = 1_000;
const MOST_KEPT_OF_ONE = 100;
const MOST_REMEMBERED = 10_000;
const MOST_REMEMBERED_OF_ONE = 2_000;
const MOST_ASKINGS = 10_000;

/** Characters of JSON: twice as much as the largest message. */
const LARGEST_KEPT = 256 * 1024;

/**
 * The name of a message that was refused: nobody vouches for its parts. Sender and id as they came,
 * empty for what can't be one; the variant tells those apart that have no id.
 */
export interface Name {
  senderId: string;
  messageId: string;
  variant: string;
}

/**
 * A message that was refused. It is remembered, so that it isn't tried again for nothing, and kept
 * for a look as long as there is room. Nobody takes the room of others: who has most of it makes
 * way.
 */
export interface RefusedRow extends Name, Quarantined {
  /** Of the message as it came. */
  fingerprint: string;
  /** Of all that decided besides: while it is the same, so is the refusal. */
  basis: string;
  discarded: boolean;
  /** Its sender, while it is kept for a look. */
  keptOf?: string;
}

/** When somebody's keys were last asked for because of what came in their name. */
export interface Asking {
  userId: string;
  when: number;
  /** One after the other. */
  times: number;
}

const table = new Table<RefusedRow>('refusals');
const askings = new Table<Asking>('askings');

function key(name: Name): string[] {
  return [name.senderId, name.messageId, name.variant];
}

export function find(reads: Reads, name: Name): Promise<RefusedRow | undefined> {
  return table.get(reads, key(name));
}

/**
 * Remembers a refusal, and keeps the message for a look if there is room.
 *
 * @param size characters of the message's JSON
 * @returns whether it is new here
 */
export async function refuse(
  transaction: Transaction,
  refused: Omit<RefusedRow, 'discarded' | 'keptOf'>,
  size: number,
): Promise<boolean> {
  const before = await find(transaction, refused);
  const row = { ...refused, firstSeen: before?.firstSeen ?? refused.firstSeen, discarded: false };
  if (!before && !(await makeRoom(transaction, row, REMEMBERED))) {
    return false;
  }
  table.put(transaction, row);
  if (size <= LARGEST_KEPT && (await makeRoom(transaction, row, KEPT))) {
    table.put(transaction, { ...row, keptOf: row.senderId });
  }
  return !before;
}

interface Room {
  index: 'sender' | 'kept';
  most: number;
  mostOfOne: number;
}
const REMEMBERED: Room = {
  index: 'sender',
  most: MOST_REMEMBERED,
  mostOfOne: MOST_REMEMBERED_OF_ONE,
};
const KEPT: Room = { index: 'kept', most: MOST_KEPT, mostOfOne: MOST_KEPT_OF_ONE };

/**
 * Has room for one more of a sender's, if need be by letting go of the oldest of whoever has most.
 */
async function makeRoom(transaction: Transaction, name: Name, room: Room): Promise<boolean> {
  const { index, most, mostOfOne } = room;
  const ofOne = await table.count(transaction, { index, prefix: [name.senderId] });
  if (ofOne >= mostOfOne) {
    return false;
  }
  if ((await table.count(transaction, { index })) < most) {
    return true;
  }
  const largest = await largestHolder(transaction, index);
  if (!largest || largest.count <= ofOne + 1 || largest.senderId === name.senderId) {
    return false;
  }
  const oldest = await table.first(transaction, { index, prefix: [largest.senderId] });
  if (oldest) {
    table.delete(transaction, key(oldest));
  }
  return true;
}

async function largestHolder(
  reads: Reads,
  index: Room['index'],
): Promise<{ senderId: string; count: number } | undefined> {
  const counts = new Map<string, number>();
  for (const { senderId } of await table.list(reads, { index })) {
    counts.set(senderId, (counts.get(senderId) ?? 0) + 1);
  }
  return [...counts]
    .map(([senderId, count]) => ({ senderId, count }))
    .reduce<{ senderId: string; count: number } | undefined>(
      (most, one) => (most && most.count >= one.count ? most : one),
      undefined,
    );
}

/** Lets go of what is kept of a message, and remembers that nobody wants it. */
export function discard(transaction: Transaction, row: RefusedRow): void {
  const { keptOf: _, ...rest } = row;
  table.put(transaction, { ...rest, discarded: true });
}

/** The message was received after all. */
export async function forget(transaction: Transaction, message: MessageKey): Promise<void> {
  const name = { senderId: message.senderId, messageId: message.messageId, variant: '' };
  if (await find(transaction, name)) {
    table.delete(transaction, key(name));
  }
}

/** What isn't kept for a look, and was first seen before then: the relay hasn't it any more. */
export async function forgetBefore(transaction: Transaction, then: number): Promise<void> {
  for (const row of await table.list(transaction, { index: 'sender' })) {
    if (row.keptOf === undefined && row.firstSeen < then) {
      table.delete(transaction, key(row));
    }
  }
  for (const { userId } of await askings.list(transaction, { index: 'when', before: then })) {
    askings.delete(transaction, userId);
  }
}

/** Those that are kept for a look, oldest first. */
export async function kept(reads: Reads): Promise<RefusedRow[]> {
  const rows = await table.list(reads, { index: 'kept' });
  return rows.sort((one, other) => one.firstSeen - other.firstSeen);
}

export function countOfKept(reads: Reads, senderId?: string): Promise<number> {
  return table.count(reads, { index: 'kept', ...(senderId ? { prefix: [senderId] } : {}) });
}

export function asking(reads: Reads, userId: string): Promise<Asking | undefined> {
  return askings.get(reads, userId);
}

export async function keepAsking(transaction: Transaction, row: Asking): Promise<void> {
  askings.put(transaction, row);
  if ((await askings.count(transaction)) > MOST_ASKINGS) {
    const oldest = await askings.first(transaction, { index: 'when' });
    if (oldest) {
      askings.delete(transaction, oldest.userId);
    }
  }
}
