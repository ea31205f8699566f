import { StoreError } from '../../store/store';
import type { Conversation, LastMessage } from '../api';
import type { Reads, Transaction } from '../transaction';
import { isImported, isIncoming, RANK, type StoredMessage, stateOf } from './message';
import { find, firstUnread, last, unread } from './messageRows';
import { Table } from './table';

/** The beginning of a text that the list shows, characters. */
const EXCERPT = 200;

/**
 * What the list shows of a conversation, besides who it is with. It is written in the commit that
 * writes the messages it is made of, so that opening the list reads no message.
 */
export interface StoredConversation {
  contactId: string;
  /** Messages that aren't read. */
  unread: number;
  firstUnread?: string;
  failed: number;
  /** The newest message, as the list shows it, and its place. */
  last?: LastMessage & { place: number };
  lastActivity: number;
  markedUnread: boolean;
  pinned: boolean;
  muted: boolean;
  archived: boolean;
  draft: string;
  /** Messages of theirs that were sent and haven't come. */
  missing: number;
  verified: boolean;
  identityChanged: boolean;
  downgraded: boolean;
  /** Why messages to them wait. */
  held?: string;
}

const table = new Table<StoredConversation>('conversations');

/** Of somebody of whom no row is stored. */
export function empty(contactId: string): StoredConversation {
  return {
    contactId,
    unread: 0,
    failed: 0,
    lastActivity: 0,
    markedUnread: false,
    pinned: false,
    muted: false,
    archived: false,
    draft: '',
    missing: 0,
    verified: false,
    identityChanged: false,
    downgraded: false,
  };
}

/** One whose row can't be read any more is made anew of its messages; how it was arranged is lost. */
export async function conversation(reads: Reads, contactId: string): Promise<StoredConversation> {
  return (await stored(reads, contactId)) ?? anew(reads, contactId);
}

/** Nothing where its row can't be read any more. */
async function stored(reads: Reads, contactId: string): Promise<StoredConversation | undefined> {
  try {
    return (await table.get(reads, contactId)) ?? empty(contactId);
  } catch (failure) {
    if (failure instanceof StoreError && failure.code === 'damaged') {
      return undefined;
    }
    throw failure;
  }
}

async function anew(reads: Reads, contactId: string): Promise<StoredConversation> {
  const newest = await last(reads, contactId);
  const first = await firstUnread(reads, contactId);
  return {
    ...empty(contactId),
    unread: (await unread(reads, contactId)).length,
    ...(first ? { firstUnread: first.id } : {}),
    ...(newest ? { last: excerpt(newest), lastActivity: newest.arrived } : {}),
  };
}

/** Those that there are rows of: anything has been written, drafted, or known of them. */
export async function all(reads: Reads): Promise<StoredConversation[]> {
  const lines = await table.list(reads, { damaged: 'mark' });
  return Promise.all(
    lines.map((line) => ('damaged' in line ? conversation(reads, line.contactId) : line)),
  );
}

/** Changes what the list shows of somebody; `undefined` takes a value away. */
export async function arrange(
  transaction: Transaction,
  contactId: string,
  change: { [K in keyof StoredConversation]?: StoredConversation[K] | undefined },
): Promise<boolean> {
  const before = await conversation(transaction, contactId);
  const names = Object.keys(change) as (keyof StoredConversation)[];
  if (names.every((name) => before[name] === change[name])) {
    return false;
  }
  const after: Record<string, unknown> = { ...before, ...change };
  for (const name of names.filter((name) => change[name] === undefined)) {
    delete after[name];
  }
  write(transaction, after as unknown as StoredConversation);
  return true;
}

/** A message as it was and as it is; nothing where it is new, or gone. */
export interface Alteration {
  before: StoredMessage | undefined;
  after: StoredMessage | undefined;
}

/** Messages of a conversation were written, changed or deleted: its line follows. */
export async function altered(
  transaction: Transaction,
  contactId: string,
  alterations: Alteration[],
): Promise<void> {
  const line = await stored(transaction, contactId);
  if (!line) {
    // The messages are as they are by now.
    write(transaction, await anew(transaction, contactId));
    return;
  }
  const next = { ...line };
  for (const { before, after } of alterations) {
    next.unread += Number(isUnread(after)) - Number(isUnread(before));
    next.failed += Number(isFailed(after)) - Number(isFailed(before));
    if (!before && after && isIncoming(after) && !isImported(after)) {
      // Who writes comes back into the list, unless the person wants to hear nothing of them.
      next.archived = next.archived && next.muted;
    }
  }
  if (alterations.some(({ before, after }) => isUnread(before) || isUnread(after))) {
    await findFirstUnread(transaction, next, alterations);
  }
  await findLast(transaction, next, alterations);
  write(transaction, next);
}

/** Messages were added anywhere between those that are there: the line follows, and none is read. */
export async function grown(
  transaction: Transaction,
  contactId: string,
  added: readonly StoredMessage[],
): Promise<void> {
  const line = { ...(await conversation(transaction, contactId)) };
  const former = line.firstUnread && (await find(transaction, contactId, line.firstUnread));
  let first = former || undefined;
  let newest: StoredMessage | undefined;
  for (const message of added) {
    line.failed += Number(isFailed(message));
    if (isUnread(message)) {
      line.unread++;
      first = !first || message.place < first.place ? message : first;
    }
    newest = !newest || message.place >= newest.place ? message : newest;
  }
  if (first) {
    line.firstUnread = first.id;
  }
  if (newest && newest.place >= (line.last?.place ?? 0)) {
    line.last = excerpt(newest);
    line.lastActivity = newest.arrived;
  }
  write(transaction, line);
}

function write(transaction: Transaction, line: StoredConversation): void {
  table.put(transaction, line);
  transaction.told.lines.add(line.contactId);
}

function isUnread(message: StoredMessage | undefined): boolean {
  return message !== undefined && isIncoming(message) && message.rank < RANK.read;
}

function isFailed(message: StoredMessage | undefined): boolean {
  return message !== undefined && message.rank === RANK.failed;
}

async function findFirstUnread(
  transaction: Transaction,
  line: StoredConversation,
  alterations: Alteration[],
): Promise<void> {
  const areAllNew = alterations.every(({ before }) => !before);
  if (areAllNew && line.firstUnread !== undefined) {
    // What comes in comes last.
    return;
  }
  const first = line.unread > 0 ? await firstUnread(transaction, line.contactId) : undefined;
  if (first) {
    line.firstUnread = first.id;
  } else {
    delete line.firstUnread;
  }
}

async function findLast(
  transaction: Transaction,
  line: StoredConversation,
  alterations: Alteration[],
): Promise<void> {
  for (const { before, after } of alterations) {
    if (after && after.place >= (line.last?.place ?? 0)) {
      line.last = excerpt(after);
    } else if (!after && before && before.place === line.last?.place) {
      const newest = await last(transaction, line.contactId);
      if (newest) {
        line.last = excerpt(newest);
      } else {
        delete line.last;
      }
    }
  }
  line.lastActivity = line.last?.arrived ?? line.lastActivity;
}

function excerpt(message: StoredMessage): LastMessage & { place: number } {
  return {
    id: message.id,
    mine: !isIncoming(message),
    state: stateOf(message.rank),
    text: beginning(message.text),
    files: message.fileCount,
    arrived: message.arrived,
    place: message.place,
  };
}

/** Without half of a character at its end. */
function beginning(text: string): string {
  const cut = text.slice(0, EXCERPT);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** All messages of a conversation were deleted; how it is arranged stays. */
export async function emptied(transaction: Transaction, contactId: string): Promise<void> {
  const { last: _, firstUnread: __, ...line } = await conversation(transaction, contactId);
  write(transaction, { ...line, unread: 0, failed: 0, markedUnread: false });
}

/** The line as the list has it, of what is stored and who they are. */
export function shown(
  line: StoredConversation,
  person: Pick<
    Conversation,
    'username' | 'fullName' | 'email' | 'isContact' | 'blocked' | 'online' | 'typing'
  >,
): Conversation {
  const { last, ...rest } = line;
  if (!last) {
    return { ...rest, ...person };
  }
  const { place: _, ...shownLast } = last;
  return { ...rest, ...person, last: shownLast };
}
