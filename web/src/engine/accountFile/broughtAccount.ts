import {
  EcdsaPrivateKey,
  IdentityKeys,
  type JsonObject,
  type MessageKey,
  MlDsaPrivateKey,
  Peer,
  ReceiptKey,
  SignedBundle,
  Suite,
} from '../../crypto';
import type { FileEntry } from '../files/entry';
import type { StoredConversation } from '../stored/conversations';
import { type Heard, nothing } from '../stored/heard';
import type { StoredMessage } from '../stored/message';
import type { Sent } from '../stored/ownStreams';
import type { Seen } from '../stored/peers';
import type { KeptKey } from '../stored/receiptKeys';
import type { Fields } from './fields';
import { messageIn } from './messageLines';
import * as refusals from './refusals';

const SECRET = 32;

export type Arranged = Pick<
  StoredConversation,
  'contactId' | 'pinned' | 'muted' | 'archived' | 'markedUnread' | 'draft'
>;

/** All that an account file has, read and not stored yet. */
export class BroughtAccount {
  readonly userId: string;
  readonly email: string;
  readonly identity: IdentityKeys;
  bundle: SignedBundle | undefined;
  readonly seen: Seen[] = [];
  readonly peers: { peer: Peer; verified: boolean }[] = [];
  readonly heard: Heard[] = [];
  readonly sent: (Omit<Sent, 'seq' | 'voidOf'> & { isVoid: boolean })[] = [];
  readonly received: MessageKey[] = [];
  readonly receiptKeys: KeptKey[] = [];
  readonly messages: { message: StoredMessage; files: FileEntry[] }[] = [];
  readonly arranged: Arranged[] = [];
  /** Of what a file may have once. */
  readonly #known = new Set<string>();

  private constructor(account: Fields, identity: IdentityKeys) {
    this.userId = account.id('user_id');
    this.email = account.text('email');
    this.identity = identity;
  }

  /** Reads all lines. @throws Failure where they aren't all there, or one makes no sense */
  static async read(lines: AsyncGenerator<Fields>): Promise<BroughtAccount> {
    const account = await next(lines, 'account');
    account.text('username');
    account.text('full_name');
    const identity = await identityIn(await next(lines, 'identity'));
    const brought = new BroughtAccount(account, identity);
    for (;;) {
      const line = await next(lines);
      if (line.text('kind') === 'end') {
        const isWhole = line.number('lines') === line.line - 1;
        if (!isWhole || !(await lines.next()).done) {
          throw line.senseless();
        }
        return brought;
      }
      await brought.#read(line);
    }
  }

  async #read(line: Fields): Promise<void> {
    switch (line.text('kind')) {
      case 'account':
      case 'identity':
        throw line.senseless();
      case 'bundle':
        return this.#readBundle(line);
      case 'seen':
        return this.#readSeen(line);
      case 'peer':
        return this.#readPeer(line);
      case 'heard':
        return this.#readHeard(line);
      case 'sent':
        return this.#readSent(line);
      case 'received':
        this.received.push(this.#messageKey(line));
        return;
      case 'receipt_key':
        return this.#readReceiptKey(line);
      case 'message':
        this.#messageKey(line);
        this.messages.push(messageIn(line, this.userId));
        return;
      case 'conversation':
        this.#readConversation(line);
    }
    // Of what is left, a newer program knows more.
  }

  #requireOnce(line: Fields, ...key: string[]): void {
    const name = [line.text('kind'), ...key].join(' ');
    if (this.#known.has(name)) {
      throw line.senseless();
    }
    this.#known.add(name);
  }

  async #readBundle(line: Fields): Promise<void> {
    this.#requireOnce(line);
    const signed = await bundleIn(line, 'bundle');
    const { userId, identity } = signed.bundle;
    if (userId !== this.userId || !identity.equals(this.identity.identity)) {
      throw line.senseless();
    }
    this.bundle = signed;
  }

  #readSeen(line: Fields): void {
    const fingerprint = line.text('fingerprint');
    this.#requireOnce(line, fingerprint);
    this.seen.push({ fingerprint, userId: line.id('user_id'), version: line.number('version') });
  }

  async #readPeer(line: Fields): Promise<void> {
    const userId = line.id('user_id');
    this.#requireOnce(line, userId);
    const bundle = await bundleIn(line, 'bundle');
    const changed = line.has('changed') ? await bundleIn(line, 'changed') : undefined;
    const isTheirs = [bundle, changed].every((it) => !it || it.bundle.userId === userId);
    if (!isTheirs) {
      throw line.senseless();
    }
    const peer = new Peer({
      userId,
      bundle,
      floor: suiteIn(line),
      floorVersion: line.number('floor_version'),
      changed,
    });
    this.peers.push({ peer, verified: line.isTrue('verified') });
  }

  #readHeard(line: Fields): void {
    const senderId = line.id('sender_id');
    const epoch = line.id('epoch');
    this.#requireOnce(line, senderId, epoch);
    this.heard.push({
      ...nothing(senderId, epoch),
      highest: line.number('highest'),
      missing: line.numbers('missing'),
      noMore: line.numbers('no_more'),
    });
  }

  #readSent(line: Fields): void {
    const messageId = line.id('message_id');
    this.#requireOnce(line, messageId);
    const place = line.has('epoch')
      ? { epoch: line.id('epoch'), number: line.number('number') }
      : undefined;
    if (place?.number === 0) {
      throw line.senseless();
    }
    this.sent.push({
      messageId,
      contactId: line.id('contact_id'),
      ...place,
      currentId: line.id('current_id'),
      isVoid: line.isTrue('void'),
    });
  }

  #messageKey(line: Fields): MessageKey {
    const key = { senderId: line.id('sender_id'), messageId: line.id('message_id') };
    this.#requireOnce(line, key.senderId, key.messageId);
    return key;
  }

  async #readReceiptKey(line: Fields): Promise<void> {
    const of = this.#messageKey(line);
    const key = line.bytes('key');
    await line.made(() => ReceiptKey.of(key));
    this.receiptKeys.push({ ...of, contactId: line.id('contact_id'), key });
  }

  #readConversation(line: Fields): void {
    const contactId = line.id('contact_id');
    this.#requireOnce(line, contactId);
    this.arranged.push({
      contactId,
      pinned: line.isTrue('pinned'),
      muted: line.isTrue('muted'),
      archived: line.isTrue('archived'),
      markedUnread: line.isTrue('marked_unread'),
      draft: line.has('draft') ? line.text('draft') : '',
    });
  }
}

async function next(lines: AsyncGenerator<Fields>, kind?: string): Promise<Fields> {
  const { value, done } = await lines.next();
  if (done) {
    throw refusals.damaged();
  }
  if (kind !== undefined && value.text('kind') !== kind) {
    throw value.senseless();
  }
  return value;
}

function identityIn(line: Fields): Promise<IdentityKeys> {
  return line.made(
    async () =>
      new IdentityKeys(
        await EcdsaPrivateKey.of(line.bytes('ecdsa', SECRET)),
        await MlDsaPrivateKey.of(line.bytes('ml_dsa', SECRET)),
      ),
  );
}

function bundleIn(line: Fields, name: string): Promise<SignedBundle> {
  const map: JsonObject = line.object(name);
  return line.made(() => SignedBundle.fromMap(map));
}

function suiteIn(line: Fields): Suite {
  const version = line.text('floor');
  const suite = Suite.values.find((one) => one.version === version);
  if (!suite) {
    throw refusals.newer();
  }
  return suite;
}
