import type { MessageKey } from '../../crypto';
import type { Reads, Transaction } from '../transaction';
import * as refusals from './refusals';
import { Table } from './table';

/** Messages that came in and were taken, each once. */
const table = new Table<MessageKey>('received');

export async function remember(transaction: Transaction, message: MessageKey): Promise<void> {
  table.put(transaction, { senderId: message.senderId, messageId: message.messageId });
  await refusals.forget(transaction, message);
}

export async function contains(reads: Reads, message: MessageKey): Promise<boolean> {
  return (await table.get(reads, [message.senderId, message.messageId])) !== undefined;
}

/** Of a message that another program of this account took. */
export function bring(transaction: Transaction, message: MessageKey): void {
  table.put(transaction, { senderId: message.senderId, messageId: message.messageId });
}

export function all(reads: Reads): Promise<MessageKey[]> {
  return table.list(reads);
}
