import {
  type AgainContent,
  type Bytes,
  encodePlain,
  encodeText,
  MediaRefs,
  MessageSealer,
  type MessageSealerParts,
  type OutgoingMessage,
  type Peer,
  type Refusal,
  Refused,
  type Sealed,
} from '../crypto';
import type { Attached } from './files/attached';
import type { KeptFile } from './files/entry';
import { newId } from './ids';
import type { Shared } from './parts';
import type { Peers, Supply } from './peers';
import { arrange } from './stored/conversations';
import type { SealedWith, StoredMessage } from './stored/message';
import { find } from './stored/messageRows';
import * as messages from './stored/messages';
import * as outbox from './stored/outbox';
import * as ownStreams from './stored/ownStreams';
import type { PeerStore } from './stored/peers';
import * as receiptKeys from './stored/receiptKeys';
import type { Transaction } from './transaction';

/** Refusals of the prekey, not of the peer: another prekey may do. */
const OF_THE_PREKEY: ReadonlySet<Refusal> = new Set<Refusal>([
  'REUSED_PREKEY',
  'EXPIRED_PREKEY',
  'BAD_PROOF',
  'BAD_SIGNATURE',
  'MISSING_SIGNATURE',
  'UNEXPECTED_SIGNATURE',
  'WRONG_KEY',
  'WRONG_USER',
]);

/**
 * A directory may go on handing out one-time prekeys that are no good: what couldn't be opened
 * twice goes by the keys of the bundle alone.
 */
const TIMES_WITH_ONE_TIME_PREKEY = 2;

const NO_FILES = "Their program can't take files: nothing was sent. They have to update it first.";

/** A message that can't ever be sent as it is; the text says why, for a person. */
export class Unsendable extends Error {
  override name = 'Unsendable';
}

export interface SealingParts {
  shared: Shared;
  peers: Peers;
  store: PeerStore;
  keys: MessageSealerParts['keys'];
  capabilities: MessageSealerParts['capabilities'];
}

/** What was sealed, and for whom as they were then. */
interface SealedFor {
  supply: Supply;
  sealed: Sealed;
}

/** What the kept bytes of a message are: nothing where it isn't to be sent any more. */
type Kept = string | undefined;

const AGAIN = Symbol('again');

/**
 * Seals messages, each once. Its bytes, what the recipient's pin then is, and the end of the prekey
 * are one transaction: who dies before it has sent nothing, and who dies after it has the bytes.
 */
export class Sealing {
  readonly #shared: Shared;
  readonly #peers: Peers;
  readonly #store: PeerStore;
  readonly #sealer: MessageSealer;

  constructor({ shared, peers, store, keys, capabilities }: SealingParts) {
    this.#shared = shared;
    this.#peers = peers;
    this.#store = store;
    this.#sealer = new MessageSealer({
      userId: shared.userId,
      keys,
      capabilities,
      usedPrekeys: (id) => store.isSpent(shared.transactions.reads, id),
      clock: () => shared.clock.now(),
      random: shared.random,
    });
  }

  /**
   * Seals a message, and keeps what was sealed: nothing leaves that isn't in the store.
   *
   * @param written when it was, which its recipient is told where it goes out once more
   * @returns the send request's JSON
   * @throws Refused where nothing can be sent to that contact as things are
   */
  async seal(message: StoredMessage, written: number, files: KeptFile[]): Promise<Kept> {
    const { reads } = this.#shared.transactions;
    const { contactId } = message;
    const replaces = await ownStreams.replacedBy(reads, message.id);
    const place = await ownStreams.next(reads, contactId, () => newId(this.#shared.random));
    const inside = await attached(files);
    const numbered = await encodeText({
      kind: 'text',
      text: message.text,
      place,
      noMore: await ownStreams.noMore(reads, contactId, place.epoch),
      replaces,
      written: replaces.length === 0 ? undefined : written,
      files: inside.files,
    });
    const outgoing = (peer: Peer): OutgoingMessage => ({
      messageId: message.id,
      created: message.created,
      plaintext:
        files.length > 0
          ? withFiles(peer, numbered)
          : ((readsContents(peer) ? numbered : undefined) ?? encodePlain(message.text)),
      mediaRefs: inside.mediaRefs,
    });
    const withOneTime = (message.details.sealed_again ?? 0) < TIMES_WITH_ONE_TIME_PREKEY;
    const sealedFor = await this.#sealFor(contactId, withOneTime, outgoing);
    const isNumbered = numbered !== undefined && readsContents(sealedFor.supply.peer);
    const kept = await this.#keep(message.id, sealedFor, async (transaction) => {
      const next = await ownStreams.next(transaction, contactId, () => place.epoch);
      const now = await find(transaction, message.senderId, message.id);
      if (!now || next.epoch !== place.epoch || next.number !== place.number) {
        return false;
      }
      if (isNumbered) {
        await ownStreams.took(transaction, message.id, contactId, place);
      }
      await this.#keepDetails(transaction, now, sealedFor.sealed);
      return true;
    });
    return kept === AGAIN ? this.seal(message, written, files) : kept;
  }

  async #keepDetails(
    transaction: Transaction,
    message: StoredMessage,
    { envelope, mode, receiptKey }: Sealed,
  ): Promise<void> {
    receiptKeys.keep(
      transaction,
      { senderId: message.senderId, messageId: message.id, contactId: message.contactId },
      receiptKey.toBytes(),
    );
    await messages.change(transaction, message, {
      details: { ...message.details, ...detailsOf(envelope.suite, mode) },
      sealedWith: sealedWith(envelope),
    });
  }

  /**
   * Seals a message that is for the contact's program, and in no conversation.
   *
   * @returns the same; nothing where that program can't read it
   */
  async sealControl(waiting: outbox.Waiting, content: Bytes): Promise<Kept> {
    const { messageId, contactId } = waiting;
    if (!readsContents(await this.#peers.known(contactId))) {
      return undefined;
    }
    const outgoing = { messageId, created: this.#shared.clock.now(), plaintext: content };
    const sealedFor = await this.#sealFor(contactId, true, () => outgoing);
    // It is in no conversation: nobody tells how far it is.
    const kept = await this.#keep(messageId, sealedFor, async () => true);
    return kept === AGAIN ? this.sealControl(waiting, content) : kept;
  }

  /** Whether a contact's program, as it last said, takes files; the directory is asked. */
  async takesFiles(contactId: string): Promise<boolean> {
    return (
      takesFiles(await this.#peers.known(contactId)) ||
      takesFiles(await this.#peers.refreshed(contactId))
    );
  }

  /**
   * Keeps what was sealed, if all that it was made from still holds.
   *
   * @param rest what else belongs to it; false where that doesn't hold
   */
  async #keep(
    messageId: string,
    { supply, sealed }: SealedFor,
    rest: (transaction: Transaction) => Promise<boolean>,
  ): Promise<Kept | typeof AGAIN> {
    const request = JSON.stringify(sealed.envelope.toMap());
    this.#shared.step('sealed');
    const kept = await this.#shared.transactions.run(async (transaction) => {
      const row = await outbox.find(transaction, messageId);
      if (!row) {
        return undefined;
      }
      const { userId } = supply.peer;
      const known = await this.#store.find(transaction, userId);
      if (known?.revision !== supply.revision || !(await rest(transaction))) {
        return AGAIN;
      }
      outbox.change(transaction, { ...row, request });
      await this.#store.keep(transaction, sealed.peer);
      const { oneTime } = sealed.envelope.sessionKey;
      if (oneTime !== undefined) {
        await this.#store.spend(transaction, oneTime);
      }
      await arrange(transaction, userId, { held: undefined });
      return request;
    });
    this.#shared.step('seal_kept');
    return kept;
  }

  async #sealFor(
    contactId: string,
    withOneTime: boolean,
    outgoing: (peer: Peer) => OutgoingMessage,
  ): Promise<SealedFor> {
    let mayTake = withOneTime;
    for (;;) {
      const supply = await this.#peers.supply(contactId, mayTake);
      const prekey = withOneTime ? supply.prekey : undefined;
      try {
        const sealed = await this.#sealer.seal(supply.peer, prekey, outgoing(supply.peer));
        return { supply, sealed };
      } catch (failure) {
        if (!prekey || !(failure instanceof Refused) || !OF_THE_PREKEY.has(failure.refusal)) {
          throw failure;
        }
        // What a server that cheats hands out is passed over; it is asked once only.
        await this.#shared.transactions.run((transaction) =>
          this.#store.spend(transaction, prekey.prekey.id),
        );
        mayTake = false;
      }
    }
  }
}

/** A request to seal messages again, as it waits in the outbox. */
export type Request = Omit<AgainContent, 'kind'>;

function readsContents(peer: Peer): boolean {
  return peer.bundle.bundle.capabilities.readContent();
}

function takesFiles(peer: Peer): boolean {
  return peer.bundle.bundle.capabilities.takeFiles();
}

function withFiles(peer: Peer, numbered: Bytes | undefined): Bytes {
  if (!numbered || !takesFiles(peer)) {
    throw new Unsendable(NO_FILES);
  }
  return numbered;
}

/** A message's files as they are sealed into it, and what is said of them outside. */
async function attached(files: KeptFile[]): Promise<Attached> {
  return files.length > 0
    ? (await import('./files/attached')).attached(files)
    : { files: [], mediaRefs: MediaRefs.NONE };
}

/** The details of a message that tell of its encryption, in the names of the wire. */
export function detailsOf(suite: Sealed['envelope']['suite'], mode: string) {
  return {
    crypto_version: suite.version,
    encryption_algorithm: suite.encryptionAlgorithm,
    kdf_algorithm: suite.kdfAlgorithm,
    mode,
  };
}

/** What is kept of how a message was sealed. */
export function sealedWith({ sessionKey, signatures }: Sealed['envelope']): SealedWith {
  const { bundleVersion, signedPrekey, oneTime, kem } = sessionKey;
  return {
    bundle: bundleVersion,
    spk: signedPrekey,
    ...(oneTime === undefined ? {} : { opk: oneTime }),
    ...(kem === undefined ? {} : { kemKey: kem }),
    signatures: signatures.map(({ algorithm, keyId, timestamp }) => ({
      algorithm,
      keyId,
      timestamp,
    })),
  };
}
