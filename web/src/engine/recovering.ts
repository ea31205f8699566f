import type { Transfers } from './files/transfers';
import type { MintId } from './outboxDates';
import type { Shared } from './parts';
import { reissue } from './reissuing';
import type { Requests } from './requests';
import { all } from './stored/conversations';
import * as heard from './stored/heard';
import * as outbox from './stored/outbox';
import type { PeerStore } from './stored/peers';
import * as sentBefore from './stored/sentBefore';
import { dropValue } from './stored/state';
import type { Transaction } from './transaction';

export interface RecoveringParts {
  shared: Shared;
  peers: PeerStore;
  requests: Requests;
  transfers: Transfers;
  mintId: MintId;
}

/** What `Recovery` does first, here: nothing that another store may have used is used again. */
export async function goOn(transaction: Transaction, parts: RecoveringParts): Promise<void> {
  const { requests, peers } = parts;
  dropValue(transaction, 'copied');
  sentBefore.beginAllAnew(transaction);
  await peers.dropPrekeys(transaction);
  for (const waiting of await outbox.waiting(transaction)) {
    await anew(transaction, parts, waiting);
  }
  const asked: string[] = [];
  const notAsked: string[] = [];
  for (const { contactId, last } of await all(transaction)) {
    if (!last) {
      continue;
    }
    if (await requests.canBeAsked(transaction, contactId)) {
      const place = await heard.last(transaction, contactId);
      await requests.request(transaction, contactId, {
        kind: 'again',
        reason: 'copy',
        ids: [],
        after: place ? { place } : {},
      });
      asked.push(contactId);
    } else {
      notAsked.push(contactId);
    }
  }
  transaction.told.events.push({ event: 'restored', told: { asked, notAsked } });
}

/** Under another id, for the relay may have had another message under that one. */
async function anew(
  transaction: Transaction,
  { shared, transfers, mintId }: RecoveringParts,
  waiting: outbox.Waiting,
): Promise<void> {
  const { userId, clock } = shared;
  const newId = mintId(clock.now());
  if (waiting.control) {
    const { position, contactId, control } = waiting;
    outbox.change(transaction, { position, contactId, control, messageId: newId });
    return;
  }
  await reissue(transaction, transfers, {
    senderId: userId,
    oldId: waiting.messageId,
    newId,
    created: clock.now(),
  });
}
