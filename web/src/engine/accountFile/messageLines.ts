import type { Message, MessageDetails } from '../api';
import type { FileEntry } from '../files/entry';
import { isIncoming, RANK, type Rank, type StoredMessage, stateOf } from '../stored/message';
import type { Fields } from './fields';
import { fileIn, fileLine } from './fileLines';

const MOST_FILES = 10;

/** What becomes of a message that was still to be sent: nobody here knows whether it left. */
const ON_ITS_WAY =
  'It was on its way when the account file was made: see whether they have it, then send it again.';

const TIMES = ['sent', 'delivered', 'read'] as const;

export function messageLine(message: StoredMessage, files: FileEntry[]) {
  const { id, senderId, contactId, created, arrived, place, rank, text, details } = message;
  const due = message.owed ?? message.missed;
  return {
    kind: 'message',
    sender_id: senderId,
    message_id: id,
    contact_id: contactId,
    created,
    arrived,
    place,
    state: stateOf(rank),
    text,
    details,
    ...(due === undefined ? {} : { receipt_due: stateOf(due) }),
    ...(files.length === 0 ? {} : { files: files.map(fileLine) }),
    times: message.times,
    ...(message.sealedWith ? { sealed_with: message.sealedWith } : {}),
  };
}

/** A message of a line, as it is stored here, and its files. */
export function messageIn(
  line: Fields,
  userId: string,
): { message: StoredMessage; files: FileEntry[] } {
  const keys = {
    senderId: line.id('sender_id'),
    id: line.id('message_id'),
    contactId: line.id('contact_id'),
  };
  const rank = rankIn(line, 'state');
  const canBe = !isIncoming(keys) || rank >= RANK.delivered;
  if (
    keys.contactId === userId ||
    (!isIncoming(keys) && keys.senderId !== userId) ||
    !canBe ||
    line.objects('files').length > MOST_FILES
  ) {
    throw line.senseless();
  }
  const { files: _, ...details } = line.object('details') as MessageDetails & { files?: unknown };
  const files = line.objects('files').map((file) => fileIn(file, details.stranger === true));
  const isStopped = rank === RANK.sending;
  const message: StoredMessage = {
    ...keys,
    created: line.time('created'),
    arrived: line.time('arrived'),
    place: line.place('place'),
    rank: isStopped ? RANK.failed : rank,
    text: line.text('text'),
    details: isStopped ? { ...details, failure: ON_ITS_WAY } : details,
    times: timesIn(line),
    fileCount: files.length,
    ...sealedWithIn(line),
    ...(isIncoming(keys) && rank < RANK.read ? { unreadOf: keys.contactId } : {}),
    ...dueIn(line, isIncoming(keys)),
  };
  return { message, files };
}

function rankIn(line: Fields, name: string): Rank {
  const state = line.text(name);
  if (!Object.hasOwn(RANK, state)) {
    throw line.senseless();
  }
  return RANK[state as keyof typeof RANK];
}

function timesIn(line: Fields): Message['times'] {
  const times: Message['times'] = {};
  const said = line.has('times') ? line.fields('times') : undefined;
  for (const name of TIMES) {
    if (said?.has(name)) {
      times[name] = said.time(name);
    }
  }
  return times;
}

function dueIn(line: Fields, isIncoming: boolean): { owed?: Rank } {
  if (!line.has('receipt_due')) {
    return {};
  }
  const owed = rankIn(line, 'receipt_due');
  if (!isIncoming || (owed !== RANK.delivered && owed !== RANK.read)) {
    throw line.senseless();
  }
  return { owed };
}

function sealedWithIn(line: Fields): Pick<StoredMessage, 'sealedWith'> {
  if (!line.has('sealed_with')) {
    return {};
  }
  const said = line.fields('sealed_with');
  return {
    sealedWith: {
      bundle: said.number('bundle'),
      spk: said.text('spk'),
      ...(said.has('opk') ? { opk: said.text('opk') } : {}),
      ...(said.has('kemKey') ? { kemKey: said.text('kemKey') } : {}),
      signatures: said.objects('signatures').map((signature) => ({
        algorithm: signature.text('algorithm'),
        keyId: signature.text('keyId'),
        timestamp: signature.time('timestamp'),
      })),
    },
  };
}
