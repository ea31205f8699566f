import { CONTENT_LIMITS, Numbers, type StreamPlace } from '../../crypto';
import type { Reads, Transaction } from '../transaction';
import { nextInSequence } from './state';
import { Table } from './table';

type Spans = readonly (readonly [number, number])[];

/** A sender begins another epoch seldom: those before are of no more use. */
const MOST_EPOCHS = 16;

/** What has come of one epoch of a sender's, and what hasn't. */
export interface Heard {
  senderId: string;
  epoch: string;
  highest: number;
  /** Up to the highest; the newest, in so many spans as can be asked for. */
  missing: Numbers;
  /** What the sender says will never come. */
  noMore: Numbers;
  /** When something was first missing, milliseconds; 0 where nothing is. */
  noticed: number;
  /** How many were last said to be missing. */
  told: number;
  /** How often they were asked for. */
  times: number;
  /** When to ask again, milliseconds. */
  next: number;
}

type HeardRow = Omit<Heard, 'missing' | 'noMore'> & {
  missing: Spans;
  noMore: Spans;
  seq: number;
  /** There while something is missing, or was said to be. */
  openSince?: number;
};

const table = new Table<HeardRow>('heard');

/** An epoch of which nothing has come yet. */
export function nothing(senderId: string, epoch: string): Heard {
  return {
    senderId,
    epoch,
    highest: 0,
    missing: Numbers.NONE,
    noMore: Numbers.NONE,
    noticed: 0,
    told: 0,
    times: 0,
    next: 0,
  };
}

/** Whether a message of this number has come before, or one that was in its place. */
export function has(heard: Heard, number: number): boolean {
  return (
    number <= heard.highest && !heard.missing.contains(number) && !heard.noMore.contains(number)
  );
}

/** After a message of this number. */
export function withNumber(heard: Heard, number: number): Heard {
  const one = Numbers.of(number, number);
  const open =
    number > heard.highest + 1 ? Numbers.of(heard.highest + 1, number - 1) : Numbers.NONE;
  return lacking(heard, {
    highest: Math.max(heard.highest, number),
    missing: heard.missing.with(open).without(one),
    noMore: heard.noMore.without(one),
  });
}

/** After the sender's word on what won't come. */
export function withoutNumbers(heard: Heard, never: Numbers): Heard {
  return never.isEmpty
    ? heard
    : lacking(heard, {
        highest: heard.highest,
        missing: heard.missing.without(never),
        noMore: heard.noMore.with(never).newest(2 * CONTENT_LIMITS.noMore),
      });
}

function lacking(heard: Heard, change: Pick<Heard, 'highest' | 'missing' | 'noMore'>): Heard {
  const missing = change.missing.newest(CONTENT_LIMITS.spans);
  const next = { ...heard, ...change, missing };
  return missing.isEmpty ? { ...next, noticed: 0, times: 0, next: 0 } : next;
}

export async function find(
  reads: Reads,
  senderId: string,
  epoch: string,
): Promise<Heard | undefined> {
  const row = await table.get(reads, [senderId, epoch]);
  return row && heardOf(row);
}

export async function keep(transaction: Transaction, heard: Heard): Promise<void> {
  const key = [heard.senderId, heard.epoch];
  const before = await table.get(transaction, key);
  const isOpen = !heard.missing.isEmpty || heard.told > 0;
  const seq = before?.seq ?? (await nextInSequence(transaction));
  table.put(transaction, {
    ...heard,
    missing: heard.missing.spans,
    noMore: heard.noMore.spans,
    seq,
    ...(isOpen ? { openSince: before?.openSince ?? seq } : {}),
  });
  if (!before) {
    const newest = await table.list(transaction, {
      index: 'sender',
      prefix: [heard.senderId],
      descending: true,
    });
    for (const old of newest.slice(MOST_EPOCHS)) {
      table.delete(transaction, [old.senderId, old.epoch]);
    }
  }
}

/** All, each sender's in the order in which they began. */
export async function all(reads: Reads): Promise<Heard[]> {
  return (await table.list(reads, { index: 'sender' })).map(heardOf);
}

/** Those in which something is missing, or was. */
export async function open(reads: Reads): Promise<Heard[]> {
  return (await table.list(reads, { index: 'open' })).map(heardOf);
}

/** How far a sender's last epoch has come; nothing where none has begun. */
export async function last(reads: Reads, senderId: string): Promise<StreamPlace | undefined> {
  const row = await table.first(reads, { index: 'sender', prefix: [senderId], descending: true });
  return row && { epoch: row.epoch, number: row.highest };
}

/** The sender has another identity: what was before is over. */
export function forget(transaction: Transaction, senderId: string): void {
  transaction.deleteAll(table.name, undefined, [senderId]);
}

function heardOf({ missing, noMore, seq: _, openSince: __, ...rest }: HeardRow): Heard {
  return { ...rest, missing: new Numbers(missing), noMore: new Numbers(noMore) };
}
