import type { Reads, Transaction } from '../transaction';
import { nextInSequence } from './state';
import { Table } from './table';

/** Who lost an answer asks at once: the last so many are known. */
const KEPT = 1000;

/** Which requests to write a message were done, so that one whose answer was lost can be made again. */
const table = new Table<{ requestId: string; messageId: string; seq: number }>('requests');

/** The message that a request has written. */
export async function messageOf(reads: Reads, requestId: string): Promise<string | undefined> {
  return (await table.get(reads, requestId))?.messageId;
}

/** A request has written a message. */
export async function keep(
  transaction: Transaction,
  requestId: string,
  messageId: string,
): Promise<void> {
  table.put(transaction, { requestId, messageId, seq: await nextInSequence(transaction) });
  if ((await table.count(transaction)) > KEPT) {
    const oldest = await table.first(transaction, { index: 'order' });
    if (oldest) {
      table.delete(transaction, oldest.requestId);
    }
  }
}

/** The message that a request has written has another id from now on. */
export async function reissue(
  transaction: Transaction,
  oldId: string,
  newId: string,
): Promise<void> {
  for (const row of await table.list(transaction, { index: 'message', prefix: [oldId] })) {
    table.put(transaction, { ...row, messageId: newId });
  }
}
