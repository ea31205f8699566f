import type { Numbers, StreamPlace } from '../../crypto';
import type { Reads, Transaction } from '../transaction';
import { type Sent, sent, streams, voidOf } from './ownStreams';
import { nextInSequence } from './state';

/** The id that a message goes by now. */
export async function current(reads: Reads, messageId: string): Promise<string> {
  return (await sent.get(reads, messageId))?.currentId ?? messageId;
}

/** The messages to somebody that were sealed under these numbers, by the ids that they have. */
export async function at(
  reads: Reads,
  contactId: string,
  asked: { epoch: string; numbers: Numbers },
  most: number,
): Promise<string[]> {
  const ids = new Set<string>();
  for (const [first, last] of asked.numbers.spans) {
    const rows = await sent.list(reads, {
      index: 'place',
      prefix: [contactId, asked.epoch],
      after: first - 1,
      before: last + 1,
      limit: most,
    });
    for (const row of rows.filter(({ voidOf }) => voidOf === undefined)) {
      ids.add(row.currentId);
    }
  }
  return [...ids].slice(0, most);
}

/** The messages to somebody that were sealed after a place, by the ids that they have. */
export async function after(
  reads: Reads,
  contactId: string,
  place: StreamPlace | undefined,
  most: number,
): Promise<string[]> {
  const rows = await sent.list(reads, {
    index: 'order',
    prefix: [contactId],
    after: place === undefined ? 0 : await seqOf(reads, contactId, place),
  });
  const ids = new Set(
    rows
      .filter(({ epoch, voidOf }) => epoch !== undefined && voidOf === undefined)
      .map(({ currentId }) => currentId),
  );
  return [...ids].slice(0, most);
}

/** The last message sealed up to that place; where the epoch isn't known, none was. */
async function seqOf(reads: Reads, contactId: string, place: StreamPlace): Promise<number> {
  const rows = await sent.list(reads, {
    index: 'place',
    prefix: [contactId, place.epoch],
    before: place.number + 1,
  });
  return Math.max(0, ...rows.map(({ seq }) => seq));
}

/** The next message to somebody begins another epoch: they have another store. */
export function beginAnew(transaction: Transaction, contactId: string): void {
  streams.delete(transaction, contactId);
}

/** The next message to anybody begins another epoch: the numbers here may have been used. */
export function beginAllAnew(transaction: Transaction): void {
  transaction.deleteAll(streams.name, undefined, []);
}

/** Under which ids messages went out, each contact's in their order. */
export function all(reads: Reads): Promise<Sent[]> {
  return sent.list(reads, { index: 'order' });
}

/** Of messages that another program of this account sent; what is known here stays. */
export async function bring(
  transaction: Transaction,
  brought: readonly (Omit<Sent, 'seq' | 'voidOf'> & { isVoid: boolean })[],
): Promise<void> {
  for (const { isVoid, ...row } of brought) {
    if (!(await sent.get(transaction, row.messageId))) {
      sent.put(transaction, {
        ...row,
        seq: await nextInSequence(transaction),
        ...(isVoid && row.epoch !== undefined ? { voidOf: voidOf(row.contactId, row.epoch) } : {}),
      });
    }
  }
}
