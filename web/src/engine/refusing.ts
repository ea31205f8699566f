import type { Envelope, Refusal, Refused } from '../crypto';
import { inWords } from '../crypto/refusedWords';
import type { RefusedMessage } from './opening';
import type { Shared } from './parts';
import type { Refusals } from './refusals';
import type { Requests } from './requests';
import * as asked from './stored/asked';
import { conversation } from './stored/conversations';
import { countOfKept } from './stored/refusals';
import { refuse } from './stored/refusing';
import type { Reads, Transaction } from './transaction';

/** Refusals of how a message was sealed; sealed anew, it may open. */
const CURABLE: ReadonlySet<Refusal> = new Set<Refusal>([
  'UNKNOWN_PREKEY',
  'UNKNOWN_BUNDLE',
  'REVOKED_KEY',
  'EXPIRED_BUNDLE',
]);

/** Where such a refusal speaks of one's own keys, not of the sender's. */
const OWN_KEYS = 'encrypted_session_key.';

/** Messages of one sender that may be asked for at a time. */
const MOST_OF_ONE = 256;

const MOST_OF_STRANGERS = 10;

const ASKED_AGAIN = '; its sender is asked to seal it again';

export interface RefusingParts {
  shared: Shared;
  refusals: Refusals;
  requests: Requests;
}

/** What becomes of a message that was refused: loaded with the first one. */
export class Refusing {
  readonly #parts: RefusingParts;
  readonly #shared: Shared;

  constructor(parts: RefusingParts) {
    this.#parts = parts;
    this.#shared = parts.shared;
  }

  /**
   * Keeps it for a look, and has its sender asked for another form of it, if that may help.
   *
   * @returns whether it is asked for: the relay may forget it
   */
  async take(transaction: Transaction, message: RefusedMessage): Promise<boolean> {
    const { envelope, refused } = message;
    const isAskedFor =
      envelope !== undefined && (await this.#askFor(transaction, envelope, refused));
    await this.#keep(transaction, message, isAskedFor ? ASKED_AGAIN : '');
    return isAskedFor;
  }

  /**
   * Has a message asked for that was refused, if that may help. Within the transaction that keeps
   * it for a look: from then on it may be acknowledged.
   *
   * @returns whether it is, from now on or before
   */
  async #askFor(transaction: Transaction, envelope: Envelope, refused: Refused): Promise<boolean> {
    if (await asked.contains(transaction, envelope.key)) {
      return true;
    }
    const { senderId } = envelope;
    const asks =
      CURABLE.has(refused.refusal) &&
      refused.field.startsWith(OWN_KEYS) &&
      (await this.#parts.requests.canBeAsked(transaction, senderId)) &&
      (await asked.countOf(transaction, senderId)) < MOST_OF_ONE &&
      ((await isCorrespondent(transaction, senderId)) ||
        (await countOfStrangers(transaction)) < MOST_OF_STRANGERS);
    if (asks) {
      await asked.add(transaction, envelope.key, this.#shared.clock.now());
    }
    return asks;
  }

  /** Remembers the refusal, and keeps the message for a look. */
  async #keep(
    transaction: Transaction,
    { of, refused }: RefusedMessage,
    more: string,
  ): Promise<void> {
    const isNew = await refuse(
      transaction,
      {
        ...of.name,
        fingerprint: of.fingerprint,
        basis: await this.#parts.refusals.basis(transaction, of),
        firstSeen: this.#shared.clock.now(),
        reason: refused.refusal,
        detail: inWords(refused) + more,
      },
      JSON.stringify(of.wire).length,
    );
    if (isNew) {
      const count = await countOfKept(transaction);
      transaction.told.events.push({ event: 'quarantine', told: { count } });
    }
  }
}

/** Whether there is a conversation with somebody. */
async function isCorrespondent(reads: Reads, contactId: string): Promise<boolean> {
  return (await conversation(reads, contactId)).last !== undefined;
}

/** So many messages are asked for of people with whom there is no conversation. */
async function countOfStrangers(reads: Reads): Promise<number> {
  let count = 0;
  for (const { senderId } of await asked.all(reads)) {
    count += Number(!(await isCorrespondent(reads, senderId)));
  }
  return count;
}
