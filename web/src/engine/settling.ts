import type { Peer, TextContent } from '../crypto';
import type { Transfers } from './files/transfers';
import type { OpenedMessage, Outcome } from './opening';
import type { Shared } from './parts';
import type { Resealing } from './resealing';
import * as asked from './stored/asked';
import { conversation } from './stored/conversations';
import { RANK, type StoredMessage } from './stored/message';
import { find } from './stored/messageRows';
import * as messages from './stored/messages';
import * as ownKeys from './stored/ownKeys';
import type { PeerStore } from './stored/peers';
import * as receiptKeys from './stored/receiptKeys';
import * as received from './stored/received';
import * as refusals from './stored/refusals';
import type { Streams } from './streams';
import { MINUTE } from './surroundings';
import type { Reads, Transaction } from './transaction';

/** A message that was written so recently is news, however it came. */
const NEWS = MINUTE;

export interface SettlingParts {
  shared: Shared;
  peers: PeerStore;
  resealing: () => Promise<Resealing>;
  streams: Streams;
  transfers: Transfers;
}

/** What has become of some messages. */
export interface Settled {
  /** The ids that the relay may forget. */
  done: string[];
  /** What was opened with keys that have changed since: to be opened again. */
  again: OpenedMessage[];
  /** Whether something goes out for what came in. */
  answered: boolean;
}

/**
 * Stores what was opened, and what was refused: each message with the end of the key that opened
 * it, all in one transaction.
 */
export class Settling {
  readonly #parts: SettlingParts;
  readonly #shared: Shared;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
    this.#shared = parts.shared;
  }

  /** @param pushed whether they came by themselves, just now */
  async settle(outcomes: Outcome[], pushed: boolean): Promise<Settled> {
    const settled = await this.#shared.transactions.run(async (transaction) => {
      const result: Settled = { done: [], again: [], answered: false };
      await transaction.readAhead((reads) =>
        outcomes.flatMap((it) => (it.kind === 'opened' ? this.#reads(reads, it) : [])),
      );
      for (const outcome of outcomes) {
        await this.#settle(transaction, outcome, pushed, result);
      }
      return result;
    });
    this.#shared.step('settled');
    return settled;
  }

  /** What will be asked for of a message that was opened. */
  #reads(reads: Reads, { envelope, spentPrekey }: OpenedMessage): Promise<unknown>[] {
    const { senderId, messageId, key } = envelope;
    return [
      received.contains(reads, key),
      refusals.ofMessage(reads, key),
      find(reads, senderId, messageId),
      this.#parts.peers.find(reads, senderId),
      ...(spentPrekey === undefined ? [] : [ownKeys.isUnspent(reads, spentPrekey)]),
    ];
  }

  async #settle(
    transaction: Transaction,
    outcome: Outcome,
    pushed: boolean,
    result: Settled,
  ): Promise<void> {
    switch (outcome.kind) {
      case 'known':
        if (outcome.messageId !== undefined) {
          result.done.push(outcome.messageId);
        }
        break;
      case 'refused':
        if ((await outcome.refusing.take(transaction, outcome)) && outcome.envelope) {
          result.done.push(outcome.envelope.messageId);
        }
        break;
      case 'opened':
        if (await received.contains(transaction, outcome.envelope.key)) {
          result.done.push(outcome.envelope.messageId);
        } else {
          const sender = await this.#senderOf(transaction, outcome);
          if (sender) {
            await this.#take(transaction, outcome, sender, pushed, result);
            result.done.push(outcome.envelope.messageId);
          } else {
            result.again.push(outcome);
          }
        }
    }
  }

  /**
   * The sender as they are once it is taken; nothing where it was opened with what is no longer so.
   * What only others of their messages have changed, strength that is had by now, does no harm.
   */
  async #senderOf(transaction: Transaction, opened: OpenedMessage): Promise<Peer | undefined> {
    const { sender, suite, spentPrekey } = opened;
    const known = await this.#parts.peers.find(transaction, opened.envelope.senderId);
    const isAsItWas =
      known &&
      (known.revision === opened.revision ||
        (known.peer.bundle === sender.bundle &&
          known.peer.changed === sender.changed &&
          !suite.isWeakerThan(known.peer.floor)));
    const isUnspent = spentPrekey === undefined || ownKeys.isUnspent(transaction, spentPrekey);
    return isAsItWas && (await isUnspent) ? known.peer.havingUsed(suite) : undefined;
  }

  async #take(
    transaction: Transaction,
    opened: OpenedMessage,
    sender: Peer,
    pushed: boolean,
    result: Settled,
  ): Promise<void> {
    const { content, envelope } = opened;
    switch (content.kind) {
      case 'plain':
        await this.#shown(transaction, opened, content.text, {}, pushed);
        break;
      case 'text':
        await this.#text(transaction, opened, content, pushed);
        break;
      case 'again':
        if (await (await this.#parts.resealing()).answer(transaction, envelope.senderId, content)) {
          result.answered = true;
        }
    }
    if (opened.spentPrekey !== undefined) {
      ownKeys.spend(transaction, opened.spentPrekey);
    }
    await received.remember(transaction, envelope.key);
    asked.remove(transaction, envelope.key);
    await this.#parts.peers.keep(transaction, sender);
  }

  async #text(
    transaction: Transaction,
    opened: OpenedMessage,
    content: TextContent,
    pushed: boolean,
  ): Promise<void> {
    const { streams, transfers } = this.#parts;
    const { senderId, messageId, key } = opened.envelope;
    const isRepeated = await streams.isRepeated(transaction, senderId, content);
    if (!(await streams.isFirst(transaction, key, content))) {
      return;
    }
    if (opened.files.length > 0) {
      const of = { senderId, messageId, contactId: senderId };
      transaction.apply(await transfers.added(of, opened.files));
    }
    await this.#shown(
      transaction,
      opened,
      content.text,
      {
        ...(content.written === undefined ? {} : { created: content.written }),
        fileCount: content.files.length,
        details: {
          ...(isRepeated ? { repeated_number: true } : {}),
          ...(content.replaces.length > 0 ? { sealed_again: content.replaces.length } : {}),
        },
      },
      pushed,
    );
  }

  async #shown(
    transaction: Transaction,
    opened: OpenedMessage,
    text: string,
    more: Partial<Pick<StoredMessage, 'created' | 'fileCount' | 'details'>>,
    pushed: boolean,
  ): Promise<void> {
    const { senderId, messageId, created } = opened.envelope;
    const now = this.#shared.clock.now();
    const added = await messages.add(transaction, {
      senderId,
      id: messageId,
      contactId: senderId,
      created: more.created ?? created,
      arrived: now,
      rank: RANK.delivered,
      text,
      details: { ...opened.details, ...more.details },
      times: { delivered: now },
      fileCount: more.fileCount ?? 0,
      sealedWith: opened.sealedWith,
      owed: RANK.delivered,
    });
    if (added) {
      const of = { senderId, messageId, contactId: senderId };
      receiptKeys.keep(transaction, of, opened.receiptKey);
      const line = await conversation(transaction, senderId);
      if (!line.muted && (pushed || now - created < NEWS)) {
        transaction.told.received.push(added);
      }
    }
  }
}
