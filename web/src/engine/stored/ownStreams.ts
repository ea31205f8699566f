import { CONTENT_LIMITS, Numbers, type Replaced, type StreamPlace } from '../../crypto';
import type { Reads, Transaction } from '../transaction';
import { nextInSequence } from './state';
import { Table } from './table';

/** An id under which a message went out, or is to. */
export interface Sent {
  messageId: string;
  contactId: string;
  /** Where it was sealed, if that had a number. */
  epoch?: string;
  number?: number;
  /** The id that the message goes by now. */
  currentId: string;
  seq: number;
  /** Its contact and epoch, where nothing comes under its number. */
  voidOf?: string;
}

interface Stream {
  contactId: string;
  epoch: string;
  last: number;
}

export const sent = new Table<Sent>('sent');
export const streams = new Table<Stream>('streams');

/** Numbers that are looked at for what won't come. */
const MOST_VOID_LOOKED_AT = 1000;

/** The place that the next message to somebody takes; a stream begins where there is none. */
export async function next(
  reads: Reads,
  contactId: string,
  newEpoch: () => string,
): Promise<StreamPlace> {
  const stream = await streams.get(reads, contactId);
  return stream
    ? { epoch: stream.epoch, number: stream.last + 1 }
    : { epoch: newEpoch(), number: 1 };
}

/** A message was sealed under this place. */
export async function took(
  transaction: Transaction,
  messageId: string,
  contactId: string,
  place: StreamPlace,
): Promise<void> {
  streams.put(transaction, { contactId, epoch: place.epoch, last: place.number });
  sent.put(transaction, {
    messageId,
    contactId,
    epoch: place.epoch,
    number: place.number,
    currentId: messageId,
    seq: await nextInSequence(transaction),
  });
}

/** Numbers of an epoch that will never come, the newest of them. */
export async function noMore(reads: Reads, contactId: string, epoch: string): Promise<Numbers> {
  const rows = await sent.list(reads, {
    index: 'void',
    prefix: [voidOf(contactId, epoch)],
    descending: true,
    limit: MOST_VOID_LOOKED_AT,
  });
  return rows
    .flatMap(({ number }) => (number === undefined ? [] : [Numbers.of(number, number)]))
    .reduce((all, one) => all.with(one), Numbers.NONE)
    .newest(CONTENT_LIMITS.noMore);
}

export function voidOf(contactId: string, epoch: string): string {
  return `${contactId} ${epoch}`;
}

/** The message that goes by this id won't be sent any more: nothing comes under its numbers. */
export async function neverComes(transaction: Transaction, messageId: string): Promise<void> {
  for (const row of await goingBy(transaction, messageId)) {
    if (row.epoch !== undefined) {
      sent.put(transaction, { ...row, voidOf: voidOf(row.contactId, row.epoch) });
    }
  }
}

function goingBy(reads: Reads, currentId: string): Promise<Sent[]> {
  return sent.list(reads, { index: 'current', prefix: [currentId] });
}

/** A message goes out again, under another id. */
export async function reissue(
  transaction: Transaction,
  oldId: string,
  newId: string,
  contactId: string,
): Promise<void> {
  if (!(await sent.get(transaction, oldId))) {
    sent.put(transaction, {
      messageId: oldId,
      contactId,
      currentId: oldId,
      seq: await nextInSequence(transaction),
    });
  }
  for (const row of await goingBy(transaction, oldId)) {
    const { voidOf: _, ...rest } = row;
    sent.put(transaction, { ...rest, currentId: newId });
  }
}

/** What a message is instead of, oldest first. */
export async function replacedBy(reads: Reads, messageId: string): Promise<Replaced[]> {
  return (await goingBy(reads, messageId))
    .filter((row) => row.messageId !== messageId)
    .slice(-CONTENT_LIMITS.replaces)
    .map((row) => ({
      messageId: row.messageId,
      ...(row.epoch === undefined || row.number === undefined
        ? {}
        : { place: { epoch: row.epoch, number: row.number } }),
    }));
}
