import type { Listing } from '../../store/store';
import type { Reads, Transaction } from '../transaction';
import { Table } from './table';

/** A message on its way out. */
export interface Waiting {
  position: number;
  messageId: string;
  contactId: string;
  /** The send request's JSON, once it is sealed: every try sends these bytes. */
  request?: string;
  /** The id under which it may have left before: whoever has that one has this one. */
  replaces?: string;
  /**
   * The server's time that was known last when it was written: it wasn't written before then,
   * whatever the clock said.
   */
  known?: number;
  /** What is sealed of a message that is for the contact's program, and in no conversation. */
  control?: Uint8Array<ArrayBuffer>;
  /** Whether what it holds can't be read any more. */
  damaged?: true;
}

const table = new Table<Waiting>('outbox');

export function find(reads: Reads, messageId: string): Promise<Waiting | undefined> {
  return table.first(reads, { index: 'message', prefix: [messageId], damaged: 'mark' });
}

/** In the order in which they were written. */
export function waiting(reads: Reads): Promise<Waiting[]> {
  return table.list(reads, { damaged: 'mark' });
}

/** Of so few, all are read at once. */
const FEW = 32;

/**
 * What may go now, in the order in which it was written: of each contact the first that waits, and
 * the next only where that one has gone. Of those behind one that is held none is read, for there may
 * be thousands.
 *
 * @param isHeld whether nothing more goes to a contact now; asked once theirs was given
 */
export async function* inTurn(
  reads: Reads,
  isHeld: (contactId: string) => boolean,
): AsyncGenerator<Waiting> {
  if ((await table.count(reads)) <= FEW) {
    for (const row of await waiting(reads)) {
      if (!isHeld(row.contactId)) {
        yield row;
      }
    }
    return;
  }
  const heads = await firsts(reads);
  for (let head = heads.shift(); head; head = heads.shift()) {
    yield head;
    const next = isHeld(head.contactId) ? undefined : await behind(reads, head);
    if (next) {
      heads.push(next);
      heads.sort(byPosition);
    }
  }
}

/** The first of each contact. */
async function firsts(reads: Reads): Promise<Waiting[]> {
  const all: Waiting[] = [];
  let next = await first(reads, {});
  while (next) {
    all.push(next);
    next = await first(reads, { after: next.contactId });
  }
  return all.sort(byPosition);
}

function behind(reads: Reads, { contactId, position }: Waiting): Promise<Waiting | undefined> {
  return first(reads, { prefix: [contactId], after: position });
}

function first(
  reads: Reads,
  listing: Pick<Listing, 'prefix' | 'after'>,
): Promise<Waiting | undefined> {
  return table.first(reads, { index: 'contact', damaged: 'mark', ...listing });
}

function byPosition(one: Waiting, other: Waiting): number {
  return one.position - other.position;
}

export async function add(
  transaction: Transaction,
  message: Omit<Waiting, 'position'>,
): Promise<void> {
  const last = await table.first(transaction, { descending: true, damaged: 'mark' });
  table.put(transaction, { ...message, position: (last?.position ?? 0) + 1 });
}

export async function remove(transaction: Transaction, messageId: string): Promise<void> {
  const row = await find(transaction, messageId);
  if (row) {
    table.delete(transaction, row.position);
  }
}

export function removeAll(transaction: Transaction, contactId: string): void {
  transaction.deleteAll(table.name, 'contact', [contactId]);
}

export function change(transaction: Transaction, row: Waiting): void {
  table.put(transaction, row);
}

/** Whether somebody else may have it: it was sealed. */
export function mayHaveLeft(row: Waiting | undefined): boolean {
  return row?.request !== undefined || row === undefined;
}

/**
 * A message goes out again, under a new id: sealed anew, and in its old place where it was still
 * waiting.
 */
export async function reissue(
  transaction: Transaction,
  oldId: string,
  newId: string,
  contactId: string,
): Promise<void> {
  const row = await find(transaction, oldId);
  if (!row) {
    await add(transaction, { messageId: newId, contactId, replaces: oldId });
    return;
  }
  const { request, ...rest } = row;
  table.put(transaction, {
    ...rest,
    messageId: newId,
    ...(request === undefined ? {} : { replaces: oldId }),
  });
}
