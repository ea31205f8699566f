import type { MessageKey } from '../../crypto';
import type { Reads, Transaction } from '../transaction';
import { nextInSequence } from './state';
import { Table } from './table';

/**
 * A message that can't be opened here, and that its sender is asked to seal again. Who is in here
 * may be acknowledged: the request is made of it, whatever happens.
 */
export interface Asked extends MessageKey {
  first: number;
  times: number;
  next: number;
  seq: number;
}

const table = new Table<Asked>('asked');

/** From now on, until it has come in another form. */
export async function add(
  transaction: Transaction,
  message: MessageKey,
  now: number,
): Promise<void> {
  const { senderId, messageId } = message;
  table.put(transaction, {
    senderId,
    messageId,
    first: now,
    times: 0,
    next: now,
    seq: await nextInSequence(transaction),
  });
}

export async function contains(reads: Reads, message: MessageKey): Promise<boolean> {
  return (await table.get(reads, [message.senderId, message.messageId])) !== undefined;
}

/** So many of somebody's. */
export function countOf(reads: Reads, senderId: string): Promise<number> {
  return table.count(reads, { prefix: [senderId] });
}

/** All of them, oldest first. They are few. */
export async function all(reads: Reads): Promise<Asked[]> {
  return (await table.list(reads)).sort((one, other) => one.seq - other.seq);
}

export function asked(transaction: Transaction, message: Asked, next: number): void {
  table.put(transaction, { ...message, times: message.times + 1, next });
}

/** It has come after all, or something in its place; or the relay has none of it any more. */
export function remove(transaction: Transaction, message: MessageKey): void {
  table.delete(transaction, [message.senderId, message.messageId]);
}

/** The sender has another identity: what was before is over. */
export function forget(transaction: Transaction, senderId: string): void {
  transaction.deleteAll(table.name, undefined, [senderId]);
}
