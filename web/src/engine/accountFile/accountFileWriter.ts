import { Base64Text, type Numbers } from '../../crypto';
import { LoginRequired } from '../../protocol/failures';
import { type Argon2Cost, RECOMMENDED } from '../../store/vault';
import type { Account, AccountFile } from '../api';
import { filesOf } from '../files/fileRows';
import type { Shared } from '../parts';
import * as conversations from '../stored/conversations';
import * as heard from '../stored/heard';
import { identity } from '../stored/identity';
import { all as allMessages } from '../stored/messageRows';
import { OwnBundleStore } from '../stored/ownBundles';
import { PeerStore } from '../stored/peers';
import * as receiptKeys from '../stored/receiptKeys';
import * as received from '../stored/received';
import * as sentBefore from '../stored/sentBefore';
import type { Reads } from '../transaction';
import { LineOutput } from './lines';
import { messageLine } from './messageLines';
import { SegmentOutput } from './segments';
import { WholeRows } from './wholeRows';

const PROGRAM = 'QuantChat (browser)';
const SALT = 16;

type Line = Parameters<LineOutput['write']>[0];

/**
 * Writes what an account file has of a store, of one moment, in the order that the format asks for.
 * Rows that can't be read any more are left out, and counted.
 *
 * @throws LoginRequired where there is no identity
 * @throws StoreError `damaged` where it can't be read
 */
export async function writeAccountFile(
  { transactions, clock, random }: Pick<Shared, 'transactions' | 'clock' | 'random'>,
  account: Account,
  passphrase: string,
  cost: Argon2Cost = RECOMMENDED,
): Promise<AccountFile> {
  let leftOut = 0;
  const out = await SegmentOutput.begin(passphrase, cost, random(SALT));
  const lines = new LineOutput(out);
  await transactions.run(async (transaction) => {
    const whole = new WholeRows(transaction);
    for await (const line of linesOf(transaction, whole, account, clock.now())) {
      await lines.write(line);
    }
    leftOut = whole.leftOut;
  });
  await lines.write({ kind: 'end', lines: lines.lines });
  return { file: await out.finish(), leftOut };
}

async function* linesOf(
  all: Reads,
  reads: WholeRows,
  account: Account,
  now: number,
): AsyncGenerator<Line> {
  yield {
    kind: 'account',
    user_id: account.userId,
    email: account.email,
    username: account.username,
    full_name: account.fullName,
    created: now,
    program: PROGRAM,
  };
  const keys = await identity(all);
  if (!keys) {
    throw new LoginRequired();
  }
  yield {
    kind: 'identity',
    ecdsa: Base64Text.encode(keys.ecdsa.toBytes()),
    ml_dsa: Base64Text.encode(keys.mlDsa.toBytes()),
  };
  const bundle = await new OwnBundleStore().latest(reads);
  if (bundle) {
    yield { kind: 'bundle', bundle: bundle.toMap() };
  }
  const lines = await conversations.all(reads);
  const verified = lines.filter((line) => line.verified).map(({ contactId }) => contactId);
  yield* peerLines(reads, new Set(verified));
  yield* streamLines(reads);
  for (const { senderId, messageId, contactId, key } of await receiptKeys.all(reads)) {
    yield {
      kind: 'receipt_key',
      sender_id: senderId,
      message_id: messageId,
      contact_id: contactId,
      key: Base64Text.encode(key),
    };
  }
  yield* messageLines(reads);
  for (const { contactId, pinned, muted, archived, markedUnread, draft } of lines) {
    if (pinned || muted || archived || markedUnread || draft !== '') {
      const arranged = { pinned, muted, archived, marked_unread: markedUnread, draft };
      yield { kind: 'conversation', contact_id: contactId, ...arranged };
    }
  }
}

async function* peerLines(reads: Reads, verified: Set<string>): AsyncGenerator<Line> {
  const peers = new PeerStore();
  for (const { fingerprint, userId, version } of await peers.seen(reads)) {
    yield { kind: 'seen', fingerprint, user_id: userId, version };
  }
  for (const peer of await peers.all(reads)) {
    yield {
      kind: 'peer',
      user_id: peer.userId,
      bundle: peer.bundle.toMap(),
      floor: peer.floor.version,
      floor_version: peer.floorVersion,
      ...(peer.changed ? { changed: peer.changed.toMap() } : {}),
      ...(verified.has(peer.userId) ? { verified: true } : {}),
    };
  }
}

async function* streamLines(reads: Reads): AsyncGenerator<Line> {
  for (const { senderId, epoch, highest, missing, noMore } of await heard.all(reads)) {
    const spans = { missing: spansOf(missing), no_more: spansOf(noMore) };
    yield { kind: 'heard', sender_id: senderId, epoch, highest, ...spans };
  }
  for (const { messageId, contactId, epoch, number, currentId, voidOf } of await sentBefore.all(
    reads,
  )) {
    yield {
      kind: 'sent',
      message_id: messageId,
      contact_id: contactId,
      ...(epoch === undefined ? {} : { epoch, number }),
      current_id: currentId,
      ...(voidOf === undefined ? {} : { void: true }),
    };
  }
  for (const { senderId, messageId } of await received.all(reads)) {
    yield { kind: 'received', sender_id: senderId, message_id: messageId };
  }
}

function spansOf(numbers: Numbers): (readonly number[])[] {
  return numbers.spans.map(([first, last]) => [first, last]);
}

async function* messageLines(reads: WholeRows): AsyncGenerator<Line> {
  for await (const messages of allMessages(reads)) {
    for (const message of messages) {
      if (message.details.damaged) {
        reads.leftOut++;
        continue;
      }
      const { senderId, id, fileCount } = message;
      const files = fileCount === 0 ? [] : await filesOf(reads, senderId, id);
      yield messageLine(
        message,
        files.map(({ entry }) => entry),
      );
    }
  }
}
