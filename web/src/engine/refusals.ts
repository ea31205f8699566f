import { Capabilities, type JsonObject, type MessageKey, type Refusal } from '../crypto';
import { idIn } from '../protocol/json';
import type { Askings } from './askings';
import { fingerprintOfJson } from './fingerprint';
import type { Shared } from './parts';
import type { PeerStore } from './stored/peers';
import type { Name, RefusedRow } from './stored/refusals';
import * as rows from './stored/refusals';
import type { Reads } from './transaction';

/** Refusals that a newer bundle of the sender's may cure. */
export const CURABLE: ReadonlySet<string> = new Set<Refusal>([
  'EXPIRED_BUNDLE',
  'WRONG_KEY',
  'DOWNGRADE',
  'REVOKED_KEY',
]);

/** Refusals that a clock may cure that is put right. */
const OF_THE_CLOCK: ReadonlySet<string> = new Set<Refusal>(['EXPIRED_BUNDLE', 'FUTURE_BUNDLE']);

/** Is raised when this program takes what it refused before. */
const RULES = 1;

/** A message as it came. */
export interface Seen {
  wire: JsonObject;
  name: Name;
  /** Of all of it; worked out for who asks, as few have to. */
  readonly fingerprint: string;
  /** What the relay calls it. */
  messageId: string | undefined;
  /** Absent where it lacks either half. */
  key: MessageKey | undefined;
}

export function seen(wire: JsonObject): Seen {
  let fingerprint: string | undefined;
  const fingerprintNow = () => {
    fingerprint ??= fingerprintOfJson(wire);
    return fingerprint;
  };
  const messageId = idIn(wire, 'message_id') ?? idIn(wire, 'id');
  const senderId = idIn(wire, 'sender_id');
  const key =
    messageId !== undefined && senderId !== undefined ? { messageId, senderId } : undefined;
  const name = {
    senderId: senderId ?? '',
    messageId: messageId ?? '',
    variant: key ? '' : fingerprintNow(),
  };
  return {
    wire,
    name,
    get fingerprint() {
      return fingerprintNow();
    },
    messageId,
    key,
  };
}

/**
 * What is to be done about a message that came in: it is opened; it was refused, and would be
 * again; or the user has done away with it, and so can the relay.
 */
export type Verdict = 'open' | 'stands' | 'discarded';

/**
 * Knows what was refused: the same message isn't tried again until something has changed that may
 * change the answer. That is what is known of its sender, or what this program can do; for what
 * the clock says, each time.
 */
export class Refusals {
  readonly #shared: Shared;
  readonly #peers: PeerStore;
  readonly #askings: Askings;

  constructor(shared: Shared, peers: PeerStore, askings: Askings) {
    this.#shared = shared;
    this.#peers = peers;
    this.#askings = askings;
  }

  async verdict(of: Seen): Promise<Verdict> {
    const { reads } = this.#shared.transactions;
    const before = await rows.find(reads, of.name);
    if (!before || before.fingerprint !== of.fingerprint) {
      return 'open';
    }
    if (before.discarded) {
      return 'discarded';
    }
    const known = await this.#known(reads, of);
    const hasChanged =
      before.basis !== basisOf(known) ||
      OF_THE_CLOCK.has(before.reason) ||
      (mayBeCured(before, known) &&
        of.name.senderId !== '' &&
        (await this.#askings.isDue(of.name.senderId)));
    return hasChanged ? 'open' : 'stands';
  }

  /** A name of all that decides about it besides: while it is the same, so is a refusal. */
  async basis(reads: Reads, of: Seen): Promise<string> {
    return basisOf(await this.#known(reads, of));
  }

  /** A name of what is known of its sender; empty where that is nothing. */
  async #known(reads: Reads, of: Seen): Promise<string> {
    return of.name.senderId === '' ? '' : this.#peers.revision(reads, of.name.senderId);
  }
}

/** Whether the directory may know what would change the answer. */
function mayBeCured(refusal: RefusedRow, known: string): boolean {
  return known === '' || CURABLE.has(refusal.reason);
}

function basisOf(known: string): string {
  return `${RULES}/${Capabilities.ofThisProgram().names.join()}/${known}`;
}
