import { ReceiptKey } from '../../crypto';
import type { Reads, Transaction } from '../transaction';
import { Table } from './table';

/** A message's key. */
export interface KeptKey {
  senderId: string;
  messageId: string;
  contactId: string;
  key: Uint8Array<ArrayBuffer>;
}

/**
 * What receipts are proved by: of a message of one's own until it was read, of a received one until
 * its sender was told that it was.
 */
const table = new Table<KeptKey>('receipt_keys');

/** Keeps a message's key, in the place of one that was there. */
export function keep(
  transaction: Transaction,
  of: { senderId: string; messageId: string; contactId: string },
  key: Uint8Array<ArrayBuffer>,
): void {
  table.put(transaction, { ...of, key });
}

export async function find(
  reads: Reads,
  senderId: string,
  messageId: string,
): Promise<ReceiptKey | undefined> {
  const row = await table.get(reads, [senderId, messageId]);
  return row && ReceiptKey.of(row.key);
}

export function all(reads: Reads): Promise<KeptKey[]> {
  return table.list(reads);
}

export function forget(transaction: Transaction, senderId: string, messageId: string): void {
  table.delete(transaction, [senderId, messageId]);
}

export function forgetAll(transaction: Transaction, contactId: string): void {
  transaction.deleteAll(table.name, 'contact', [contactId]);
}
