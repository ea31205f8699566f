import type { Reads, Transaction } from '../transaction';
import { find, key, type Name, type RefusedRow, table } from './refusals';

/** Whoever floods it fills no disk: what is more stays with the relay until it expires. */
const MOST_KEPT = 1_000;
const MOST_KEPT_OF_ONE = 100;
const MOST_REMEMBERED = 10_000;
const MOST_REMEMBERED_OF_ONE = 2_000;

/** Characters of JSON: twice as much as the largest message. */
const LARGEST_KEPT = 256 * 1024;

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
