import type { Transfers } from './files/transfers';
import type { StoredMessage } from './stored/message';
import * as messages from './stored/messages';
import * as outbox from './stored/outbox';
import * as ownStreams from './stored/ownStreams';
import * as receiptKeys from './stored/receiptKeys';
import * as requests from './stored/requests';
import type { Transaction } from './transaction';

/**
 * Has an own message go out again, under a new id and sealed anew: it was refused for what its
 * bytes say, or can't be opened. It keeps its place in the conversation, and in the outbox while it
 * waits there; what is still said about the old id is said about nothing.
 *
 * @param of sender: whose store it is; created: what the recipient is told of when it was written
 * @returns the message as it is now; nothing where there is none of the old id
 */
export async function reissue(
  transaction: Transaction,
  transfers: Transfers,
  of: { senderId: string; oldId: string; newId: string; created: number },
): Promise<StoredMessage | undefined> {
  const { senderId, oldId, newId, created } = of;
  const message = await messages.reissue(transaction, senderId, oldId, newId, created);
  if (!message) {
    return undefined;
  }
  const mayHaveLeft = outbox.mayHaveLeft(await outbox.find(transaction, oldId));
  if (message.fileCount > 0) {
    transaction.apply(await transfers.reissued(senderId, oldId, newId, mayHaveLeft));
  }
  await outbox.reissue(transaction, oldId, newId, message.contactId);
  receiptKeys.forget(transaction, senderId, oldId);
  await ownStreams.reissue(transaction, oldId, newId, message.contactId);
  await requests.reissue(transaction, oldId, newId);
  return message;
}
