import type { Transaction } from '../transaction';
import { altered, conversation, grown } from './conversations';
import {
  isImported,
  isIncoming,
  ofTheTextAlone,
  RANK,
  type Rank,
  type StoredMessage,
  type Told,
  without,
} from './message';
import { at, find, PLACES_A_MILLISECOND, table } from './messageRows';

/** Places up to then are whole numbers that JavaScript holds exactly: in the year 2255. */
const LAST_MILLISECOND = Math.floor(Number.MAX_SAFE_INTEGER / PLACES_A_MILLISECOND) - 1;

/**
 * Writes a message that is new or has changed, and with it the line of its conversation.
 *
 * @param before as it was; nothing where it is new
 */
async function write(
  transaction: Transaction,
  before: StoredMessage | undefined,
  after: StoredMessage,
): Promise<void> {
  await altered(transaction, after.contactId, [{ before, after: put(transaction, before, after) }]);
}

function put(
  transaction: Transaction,
  before: StoredMessage | undefined,
  after: StoredMessage,
): StoredMessage {
  const { unreadOf: _, ...rest } = after;
  const isUnread = isIncoming(after) && after.rank < RANK.read;
  const row = isUnread ? { ...rest, unreadOf: after.contactId } : rest;
  if (before && before.id !== after.id) {
    table.delete(transaction, [before.senderId, before.id]);
  }
  table.put(transaction, row);
  transaction.told.wrote(before, row);
  return row;
}

/**
 * Adds a message that has just come in or been written, behind all that are there; one that is
 * there stays as it is, unless an export brought it: what is authentic takes its place.
 *
 * @returns the message as it is stored; nothing where it was there
 */
export async function add(
  transaction: Transaction,
  message: Omit<StoredMessage, 'place'>,
): Promise<StoredMessage | undefined> {
  const there = await find(transaction, message.senderId, message.id);
  if (there && !isImported(there)) {
    return undefined;
  }
  if (there) {
    await remove(transaction, [there]);
  }
  const { last } = await conversation(transaction, message.contactId);
  const added = { ...message, place: Math.max(placeOf(message.arrived), (last?.place ?? 0) + 1) };
  await write(transaction, undefined, added);
  return added;
}

/**
 * Adds a message of an export, where its time says; one that is there stays as it is.
 *
 * @returns whether it is new
 */
export async function addImported(
  transaction: Transaction,
  message: Omit<StoredMessage, 'place'>,
): Promise<StoredMessage | undefined> {
  if (await find(transaction, message.senderId, message.id)) {
    return undefined;
  }
  let place = placeOf(message.arrived);
  while ((await at(transaction, message.contactId, place)) !== undefined) {
    place++;
  }
  const added: StoredMessage = { ...message, rank: RANK.imported, place };
  await write(transaction, undefined, added);
  return added;
}

function placeOf(arrived: number): number {
  return Math.min(Math.max(arrived, 0), LAST_MILLISECOND) * PLACES_A_MILLISECOND;
}

/** Replaces all of a message but its state. */
export function change(
  transaction: Transaction,
  before: StoredMessage,
  changed: Partial<Omit<StoredMessage, 'id' | 'senderId' | 'contactId' | 'place'>>,
): Promise<StoredMessage> {
  const after = { ...before, ...changed };
  return write(transaction, before, after).then(() => after);
}

/**
 * Moves a message forward, never back.
 *
 * @param contactId whose message it must be: a receipt for another's does nothing
 * @returns the message as it is now; nothing where it hasn't moved
 */
export async function advance(
  transaction: Transaction,
  senderId: string,
  id: string,
  contactId: string,
  rank: Rank,
  now: number,
): Promise<StoredMessage | undefined> {
  const before = await find(transaction, senderId, id);
  if (!before || before.contactId !== contactId || before.rank >= rank) {
    return undefined;
  }
  return change(transaction, before, { rank, times: timesWith(before, rank, now) });
}

function timesWith(before: StoredMessage, rank: Rank, now: number): StoredMessage['times'] {
  switch (rank) {
    case RANK.sent:
      return { ...before.times, sent: now };
    case RANK.delivered:
      return { ...before.times, delivered: now };
    case RANK.read:
      return { ...before.times, read: now };
    default:
      return before.times;
  }
}

/**
 * Moves an own message forward, as its recipient says or is said to say.
 *
 * @param proven whether it is they who say it: the server's word alone moves nothing that wasn't
 *     sent, and is marked as unproven
 * @returns the message as it is now; nothing where nothing has changed
 */
export async function advanceByReceipt(
  transaction: Transaction,
  said: { senderId: string; id: string; contactId: string; rank: Rank; proven: boolean },
  now: number,
): Promise<StoredMessage | undefined> {
  const before = await find(transaction, said.senderId, said.id);
  if (!before || before.contactId !== said.contactId || !isNews(before, said.rank, said.proven)) {
    return undefined;
  }
  const isFurther = before.rank < said.rank;
  return change(transaction, before, {
    ...(isFurther ? { rank: said.rank, times: timesWith(before, said.rank, now) } : {}),
    details: said.proven
      ? without(before.details, 'unproven', 'failure')
      : { ...before.details, unproven: true },
  });
}

function isNews(before: StoredMessage, rank: Rank, proven: boolean): boolean {
  if (isImported(before)) {
    return false;
  }
  const isFurther = before.rank < rank;
  return proven
    ? isFurther || (before.rank === rank && before.details.unproven === true)
    : isFurther && before.rank >= RANK.sent;
}

/**
 * Gives an own message another id, under which it goes out again. It keeps its place; what is known
 * of how it was encrypted and why it failed is of the one before, and goes.
 *
 * @param created what the recipient is told
 * @returns the message as it is now; nothing where there is none of the old id, or an import
 *     brought it: nobody is to have that signed and sent
 */
export async function reissue(
  transaction: Transaction,
  senderId: string,
  oldId: string,
  newId: string,
  created: number,
): Promise<StoredMessage | undefined> {
  const before = await find(transaction, senderId, oldId);
  if (!before || isImported(before)) {
    return undefined;
  }
  const { sealedWith: _, ...kept } = before;
  const after: StoredMessage = {
    ...kept,
    id: newId,
    created,
    rank: RANK.sending,
    times: {},
    details: ofTheTextAlone(before.details),
  };
  await write(transaction, before, after);
  return after;
}

/** Deletes messages of one conversation. */
export async function remove(transaction: Transaction, messages: StoredMessage[]): Promise<void> {
  const [one] = messages;
  if (!one) {
    return;
  }
  for (const message of messages) {
    table.delete(transaction, [message.senderId, message.id]);
    transaction.told.gone(message);
  }
  await altered(
    transaction,
    one.contactId,
    messages.map((before) => ({ before, after: undefined })),
  );
}

/**
 * Marks what a contact sent as read.
 *
 * @param owe whether they are to be told
 */
export async function read(
  transaction: Transaction,
  messages: StoredMessage[],
  now: number,
  owe: boolean,
): Promise<void> {
  const [one] = messages;
  if (!one) {
    return;
  }
  const pairs = messages.map((before) => {
    const moved = { ...before, rank: RANK.read, times: { ...before.times, read: now } };
    return { before, after: put(transaction, before, owe ? owing(moved) : moved) };
  });
  await altered(transaction, one.contactId, pairs);
}

/** Deletes all messages with a contact. */
export function removeAll(transaction: Transaction, contactId: string): void {
  transaction.deleteAll(table.name, 'place', [contactId]);
  transaction.told.emptied.add(contactId);
}

function owing(message: StoredMessage): StoredMessage {
  const { missedBy: _, missed: __, ...rest } = message;
  return { ...rest, owed: message.rank };
}

/**
 * The receipt went out; unless the message has moved on meanwhile, none is owed any more. It may
 * have been missed, and is kept in mind.
 */
export async function receiptSent(transaction: Transaction, told: StoredMessage): Promise<void> {
  const now = await find(transaction, told.senderId, told.id);
  if (now?.owed !== undefined && now.owed <= (told.owed ?? 0)) {
    const { owed, ...rest } = now;
    table.put(transaction, { ...rest, missedBy: told.contactId, missed: owed });
  }
}

/** The receipt was heard: that one isn't owed again. */
export async function receiptHeard(transaction: Transaction, told: Told): Promise<void> {
  const now = await find(transaction, told.senderId, told.id);
  if (now?.missed !== undefined && now.missed === told.owed) {
    const { missed: _, missedBy: __, ...rest } = now;
    table.put(transaction, rest);
  }
}

/** Receipts that somebody may have missed are owed again. */
export async function oweMissedReceipts(transaction: Transaction, senderId: string): Promise<void> {
  for (const message of await table.list(transaction, { index: 'missed', prefix: [senderId] })) {
    const { missedBy: _, missed, ...rest } = message;
    table.put(transaction, missed === undefined ? rest : { ...rest, owed: missed });
  }
}

/**
 * Adds messages of an account file, in their places; the lines of their conversations follow.
 *
 * @param brought those that aren't here, or of which an export's copies are
 */
export async function bring(
  transaction: Transaction,
  contactId: string,
  brought: readonly StoredMessage[],
): Promise<void> {
  // First, for a line that can't be read any more is made of the messages that are there.
  await grown(transaction, contactId, brought);
  for (const message of brought) {
    table.put(transaction, message);
  }
}
