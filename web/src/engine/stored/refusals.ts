import type { MessageKey } from '../../crypto';
import type { Quarantined } from '../api';
import type { Reads, Transaction } from '../transaction';
import { Table } from './table';

/** Whoever floods it fills no disk. */
const MOST_ASKINGS = 10_000;

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

export const table = new Table<RefusedRow>('refusals');
const askings = new Table<Asking>('askings');

export function key(name: Name): string[] {
  return [name.senderId, name.messageId, name.variant];
}

export function find(reads: Reads, name: Name): Promise<RefusedRow | undefined> {
  return table.get(reads, key(name));
}

/** Lets go of what is kept of a message, and remembers that nobody wants it. */
export function discard(transaction: Transaction, row: RefusedRow): void {
  const { keptOf: _, ...rest } = row;
  table.put(transaction, { ...rest, discarded: true });
}

/** The message was received after all. */
export async function forget(transaction: Transaction, message: MessageKey): Promise<void> {
  const row = await ofMessage(transaction, message);
  if (row) {
    table.delete(transaction, key(row));
  }
}

/** What is remembered of a message by its ids alone. */
export function ofMessage(reads: Reads, message: MessageKey): Promise<RefusedRow | undefined> {
  return find(reads, { senderId: message.senderId, messageId: message.messageId, variant: '' });
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
