import {
  type Content,
  Envelope,
  MessageOpener,
  type Peer,
  type Received,
  Refused,
  type Suite,
} from '../crypto';
import { isTrue } from '../protocol/json';
import type { Askings } from './askings';
import type { SealedFile } from './files/entry';
import type { OneTimeSupply } from './oneTimeSupply';
import type { Shared } from './parts';
import { CURABLE, type Refusals, type Seen, seen } from './refusals';
import type { Refusing } from './refusing';
import { detailsOf, sealedWith } from './sealing';
import type { SealedWith } from './stored/message';
import type { OwnKeyring } from './stored/ownKeys';
import type { PeerStore } from './stored/peers';
import * as received from './stored/received';

/** A message that was opened, and is nowhere stored yet. */
export interface OpenedMessage {
  kind: 'opened';
  of: Seen;
  envelope: Envelope;
  suite: Suite;
  content: Content;
  /** Of its content, not fetched yet. */
  files: SealedFile[];
  details: Record<string, unknown>;
  sealedWith: SealedWith;
  receiptKey: Uint8Array<ArrayBuffer>;
  /** The one-time prekey whose private parts are deleted with it. */
  spentPrekey: string | undefined;
  /** The sender, once this message is known of them. */
  sender: Peer;
  /** Of the sender as they are stored: what was opened holds only while it is the same. */
  revision: number;
}

/** A message that isn't accepted. */
export interface RefusedMessage {
  kind: 'refused';
  of: Seen;
  /** Absent where it has none of the form that it must have. */
  envelope: Envelope | undefined;
  refused: Refused;
  /** Loaded before it is needed, so that nothing that is stored with it waits for it. */
  refusing: Refusing;
}

/** What has become of a message that came in, before anything of it is stored. */
export type Outcome =
  | OpenedMessage
  | RefusedMessage
  /** There is nothing to store of it; the relay may forget it, or not. */
  | { kind: 'known'; messageId: string | undefined };

export interface OpeningParts {
  shared: Shared;
  keyring: OwnKeyring;
  peers: PeerStore;
  askings: Askings;
  refusals: Refusals;
  oneTime: OneTimeSupply;
  isAskedFor: (key: Seen['key']) => Promise<boolean>;
  refusing: () => Promise<Refusing>;
}

/** Opens what came in; stores nothing of it. */
export class Opening {
  readonly #parts: OpeningParts;
  readonly #shared: Shared;
  readonly #opener: MessageOpener;

  constructor(parts: OpeningParts) {
    this.#parts = parts;
    this.#shared = parts.shared;
    this.#opener = new MessageOpener({
      userId: parts.shared.userId,
      keyring: parts.keyring,
      clock: () => parts.shared.clock.now(),
    });
  }

  /** What came together was opened: nothing is held on to for it any longer. */
  rest(): void {
    this.#parts.keyring.rest();
  }

  /**
   * @param wire as it came
   * @throws Unreachable where the sender's keys can't be asked for now; the message stays with the
   *     relay, as it does where what is needed to refuse it can't be loaded now
   */
  async open(wire: Record<string, unknown>): Promise<Outcome> {
    this.#shared.step('arrived');
    const of = seen(wire);
    const { messageId } = of;
    const verdict = await this.#parts.refusals.verdict(of);
    if (verdict === 'discarded') {
      return { kind: 'known', messageId };
    }
    if (verdict === 'stands') {
      const isAskedFor = await this.#parts.isAskedFor(of.key);
      return { kind: 'known', messageId: isAskedFor ? messageId : undefined };
    }
    let envelope: Envelope | undefined;
    try {
      envelope = Envelope.fromMap(wire, this.#shared.userId);
      if (await received.contains(this.#shared.transactions.reads, envelope.key)) {
        return { kind: 'known', messageId: envelope.messageId };
      }
      const opened = await this.#opened(of, envelope);
      this.#shared.step('opened');
      return opened;
    } catch (failure) {
      if (failure instanceof Refused) {
        const refusing = await this.#parts.refusing();
        return { kind: 'refused', of, envelope, refused: failure, refusing };
      }
      throw failure;
    }
  }

  async #opened(of: Seen, envelope: Envelope): Promise<OpenedMessage> {
    const { senderId } = envelope;
    const { askings } = this.#parts;
    const sender = await this.#sender(senderId, () => askings.known(senderId));
    try {
      return await this.#openedOf(of, envelope, sender);
    } catch (failure) {
      if (!(failure instanceof Refused && CURABLE.has(failure.refusal))) {
        throw failure;
      }
      const newer = await askings.newer(senderId, sender.peer, failure);
      return this.#openedOf(of, envelope, await this.#sender(senderId, async () => newer));
    }
  }

  /** A sender as they are stored, else as the directory knows them. */
  async #sender(
    userId: string,
    asked: () => Promise<Peer>,
  ): Promise<{ peer: Peer; revision: number }> {
    const { peers } = this.#parts;
    const { reads } = this.#shared.transactions;
    const known = await peers.find(reads, userId);
    if (known) {
      return known;
    }
    const peer = await asked();
    return (await peers.find(reads, userId)) ?? { peer, revision: 0 };
  }

  async #openedOf(
    of: Seen,
    envelope: Envelope,
    { peer, revision }: { peer: Peer; revision: number },
  ): Promise<OpenedMessage> {
    const opened = await this.#opener.open(envelope, peer);
    const withheld = await this.#withheld(envelope);
    return opened.settle(async (message) => {
      const content = await message.content();
      return {
        kind: 'opened',
        of,
        envelope,
        suite: message.suite,
        content,
        files: await this.#files(of, message, content),
        details: {
          ...detailsOf(message.suite, message.mode),
          ...(withheld === undefined ? {} : { one_time_keys_on_offer: withheld }),
          ...(isTrue(of.wire, 'stranger') ? { stranger: true } : {}),
        },
        sealedWith: sealedWith(envelope),
        receiptKey: message.receiptKey.toBytes(),
        spentPrekey: message.spentPrekey,
        sender: message.sender,
        revision,
      };
    });
  }

  async #files(of: Seen, message: Received, content: Content): Promise<SealedFile[]> {
    if (content.kind !== 'text' || content.files.length === 0) {
      return [];
    }
    const { receivedFiles } = await import('./files/received');
    return receivedFiles(
      content.files,
      message.mediaRefs,
      { created: message.created, isStranger: isTrue(of.wire, 'stranger') },
      this.#shared.random,
    );
  }

  /** How many one-time prekeys were on offer, where a message came without one all the same. */
  async #withheld({ sessionKey, created }: Envelope): Promise<number | undefined> {
    return sessionKey.oneTime === undefined ? this.#parts.oneTime.onOfferWhen(created) : undefined;
  }
}
