import type { Bytes } from './bytes';
import { type Content, decodeContent } from './content';
import type { Envelope, MessageKey } from './envelope';
import type { KeyId } from './keyId';
import type { MediaRefs } from './mediaRefs';
import type { Peer } from './peer';
import type { ReceiptKey } from './receiptKey';
import type { Mode } from './sessionKey';
import type { Suite } from './suite';

/** A message that was opened, and what goes with it. */
export class Received {
  /** What is remembered, so that it isn't taken twice. */
  readonly message: MessageKey;
  /** What its sender says. */
  readonly created: number;
  readonly suite: Suite;
  readonly mode: Mode;
  /** The one-time prekey whose private parts are deleted now. */
  readonly spentPrekey: KeyId | undefined;
  /** Gone when settling is done. */
  readonly plaintext: Bytes;
  readonly mediaRefs: MediaRefs;
  /** Remembers the suite: a weaker one later is a downgrade. */
  readonly sender: Peer;
  /** Proves this end's receipts. */
  readonly receiptKey: ReceiptKey;

  /** @param sender as they were before */
  constructor(envelope: Envelope, sender: Peer, plaintext: Bytes, receiptKey: ReceiptKey) {
    this.message = envelope.key;
    this.created = envelope.created;
    this.suite = envelope.suite;
    this.mode = envelope.mode;
    this.spentPrekey = envelope.sessionKey.oneTime;
    this.plaintext = plaintext;
    this.mediaRefs = envelope.mediaRefs;
    this.sender = sender.havingUsed(envelope.suite);
    this.receiptKey = receiptKey;
  }

  /**
   * What is inside. A text's files must be those that `mediaRefs` says.
   *
   * @throws {Refused} WRONG_MEDIA, or what `decodeContent` and `fileRefs` say
   */
  async content(): Promise<Content> {
    const content = await decodeContent(this.plaintext);
    if (content.kind === 'text' && content.files.length + this.mediaRefs.values.length > 0) {
      const { requireRefsOf } = await import('./fileRefs');
      requireRefsOf(content.files, this.mediaRefs);
    }
    return content;
  }
}

/**
 * A message that was opened but not yet received. Its text comes out only together with what must
 * happen in one local transaction with storing it. Only after that it is acknowledged: a crash
 * before leaves it with the relay and its prekey here; a crash after finds it remembered.
 */
export class Opened {
  readonly #received: Received;
  #isSettled = false;

  constructor(received: Received) {
    this.#received = received;
  }

  /**
   * Hands the message over, once, and wipes its text afterwards.
   *
   * @param transaction stores the text, deletes `spentPrekey`, remembers `message` and keeps
   *     `sender`: all or nothing
   * @returns what the transaction returns
   * @throws {RangeError} the second time
   */
  async settle<T>(transaction: (received: Received) => Promise<T>): Promise<T> {
    if (this.#isSettled) {
      throw new RangeError('This message was settled');
    }
    this.#isSettled = true;
    try {
      return await transaction(this.#received);
    } finally {
      this.#received.plaintext.fill(0);
    }
  }
}
