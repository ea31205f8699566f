import { Bundle, type OfferedPrekey, OfferedPrekeys, Peer, Refused, SignedBundle } from '../crypto';
import { Unreachable } from '../protocol/failures';
import type { KeyDirectory } from '../protocol/keyDirectory';
import type { Shared } from './parts';
import type { Known, PeerStore } from './stored/peers';
import { DAY, OVER, type Pause, pause, SECOND } from './surroundings';
import type { Transaction } from './transaction';

/** How old the last look at a peer's bundle may be when a message is sealed for it. */
const FRESH = DAY;

/** How long a prekey that was handed out may wait: its owner doesn't keep it for ever. */
const PREKEY_LIFE = 7 * DAY;

/** A peer as they are, and perhaps a prekey, to seal a message with. */
export interface Supply {
  peer: Peer;
  /** Of the peer as it is stored: what was sealed is kept only while it is the same. */
  revision: number;
  prekey: OfferedPrekey | undefined;
}

export interface PeersParts {
  shared: Shared;
  store: PeerStore;
  directory: KeyDirectory;
}

/** Other people's keys: asked for, verified, pinned, kept. */
export class Peers {
  readonly #shared: Shared;
  readonly #store: PeerStore;
  readonly #directory: KeyDirectory;
  readonly #noTaking = new Map<string, Pause>();

  constructor({ shared, store, directory }: PeersParts) {
    this.#shared = shared;
    this.#store = store;
    this.#directory = directory;
  }

  /** Who somebody is, as far as is known here. */
  async knownHere(userId: string): Promise<Peer | undefined> {
    return (await this.#find(userId))?.peer;
  }

  /**
   * Who somebody is; at first contact the directory is asked, and the answer pinned.
   *
   * @throws Refused MISSING where they have published nothing; else what `Peer.pin` says
   */
  async known(userId: string): Promise<Peer> {
    return (await this.knownHere(userId)) ?? (await this.refreshed(userId));
  }

  /** Asks for a newer bundle. */
  async refreshed(userId: string): Promise<Peer> {
    const newer = await this.#directory.bundle(userId, await this.#knownVersion(userId));
    return this.#learned(userId, newer && SignedBundle.fromMap(newer));
  }

  #find(userId: string): Promise<Known | undefined> {
    return this.#store.find(this.#shared.transactions.reads, userId);
  }

  /** The version not to be sent again: a waiting identity's bundle is asked for whole. */
  async #knownVersion(userId: string): Promise<number> {
    const peer = await this.knownHere(userId);
    return peer && !peer.changed ? peer.bundle.bundle.version : 0;
  }

  /** Learns what the directory has answered: a bundle, or that the known one is the newest. */
  async #learned(userId: string, newer: SignedBundle | undefined): Promise<Peer> {
    if (newer) {
      return this.#learn(userId, newer);
    }
    await this.#shared.transactions.run((transaction) =>
      this.#store.checked(transaction, userId, this.#shared.clock.now()),
    );
    const peer = await this.knownHere(userId);
    if (!peer) {
      throw nothingPublished();
    }
    return peer;
  }

  /**
   * Finds what a message is sealed with: the peer as it is now, and a one-time prekey if there is
   * one.
   *
   * @param mayTake whether the directory may be asked for prekeys
   */
  async supply(userId: string, mayTake: boolean): Promise<Supply> {
    const before = await this.knownHere(userId);
    // Another identity may have been a lie, or a mistake that is over: it is asked for each time.
    if (before?.changed && (await this.refreshed(userId)).changed) {
      throw new Refused('IDENTITY_CHANGED', 'bundle');
    }
    const kept = await this.#nextPrekey(userId);
    if (!kept && mayTake && (this.#noTaking.get(userId) ?? OVER).isOver()) {
      if (await this.#take(userId)) {
        return this.#supply(userId, await this.#nextPrekey(userId));
      }
    }
    await this.#current(userId);
    return this.#supply(userId, kept);
  }

  async #supply(userId: string, prekey: OfferedPrekey | undefined): Promise<Supply> {
    const known = await this.#find(userId);
    if (!known) {
      throw nothingPublished();
    }
    return { peer: known.peer, revision: known.revision, prekey };
  }

  async #current(userId: string): Promise<void> {
    const known = await this.#find(userId);
    if (!known || !this.#isFresh(known)) {
      await this.refreshed(userId);
    }
  }

  #nextPrekey(userId: string): Promise<OfferedPrekey | undefined> {
    const { transactions, clock } = this.#shared;
    return this.#store.nextPrekey(transactions.reads, userId, clock.now() - PREKEY_LIFE);
  }

  #isFresh({ peer, checked }: Known): boolean {
    const now = this.#shared.clock.now();
    // A look that seems to be still to come was taken by a clock that was ahead.
    return checked <= now && now < checked + FRESH && now < peer.bundle.bundle.expires;
  }

  /**
   * Takes prekeys, unless too many were taken for now, by this account or of that one: then the
   * last-resort key has to do, so that nobody can keep others from writing to somebody by taking
   * all there is. So it has where the directory knows nothing of somebody whose keys are known: it
   * doesn't say whether they are gone, which the relay does of the message.
   */
  async #take(userId: string): Promise<boolean> {
    const taken = await this.#taken(userId);
    if (!taken) {
      return false;
    }
    this.#shared.step('taken');
    const prekeys = OfferedPrekeys.fromMap(taken.offered).all;
    const peer = await this.#learned(userId, taken.bundle && SignedBundle.fromMap(taken.bundle));
    if (!peer.changed) {
      await this.#shared.transactions.run(async (transaction) => {
        for (const prekey of prekeys) {
          await this.#store.offer(transaction, userId, prekey, this.#shared.clock.now());
        }
      });
    }
    return true;
  }

  async #taken(userId: string) {
    const known = await this.#knownVersion(userId);
    try {
      const taken = await this.#directory.take(userId, OfferedPrekeys.MOST, known);
      if (!taken && known === 0) {
        throw nothingPublished();
      }
      return taken;
    } catch (failure) {
      if (!(failure instanceof Unreachable) || failure.retryAfter === undefined) {
        throw failure;
      }
      this.#noTaking.set(userId, pause(this.#shared.clock, failure.retryAfter * SECOND));
      return undefined;
    }
  }

  /** Signatures take time: they are verified beside transactions, and the result kept if it holds. */
  async #learn(userId: string, bundle: SignedBundle): Promise<Peer> {
    for (;;) {
      const now = this.#shared.clock.now();
      const before = await this.#find(userId);
      const after = before
        ? await before.peer.learn(bundle, now)
        : await Peer.pin(userId, bundle, now);
      const isKept = await this.#shared.transactions.run(async (transaction) => {
        const current = await this.#store.find(transaction, userId);
        if (current?.revision !== before?.revision) {
          return false;
        }
        await this.#keep(transaction, before?.peer, after, bundle, now);
        return true;
      });
      if (isKept) {
        return after;
      }
    }
  }

  async #keep(
    transaction: Transaction,
    before: Peer | undefined,
    after: Peer,
    bundle: SignedBundle,
    now: number,
  ): Promise<void> {
    const { userId } = after;
    await this.#requireNewestSeen(transaction, bundle.bundle);
    await this.#store.keep(transaction, after);
    await this.#store.checked(transaction, userId, now);
    if (!after.changed) {
      this.#store.saw(transaction, bundle.bundle);
      if (before && hasRevoked(before, bundle)) {
        // One-time prekeys of before went with the keys that it lists as revoked.
        await this.#store.dropPrekeys(transaction, userId);
      }
    }
  }

  /**
   * An identity's versions only rise, also for who has met it before and knows nothing else of it.
   *
   * @throws Refused OLDER_BUNDLE
   */
  async #requireNewestSeen(transaction: Transaction, offered: Bundle): Promise<void> {
    const seen = await this.#store.newestSeen(transaction, offered.identity);
    if (seen !== undefined && Bundle.isOlder(offered.version, seen)) {
      throw new Refused('OLDER_BUNDLE', 'bundle');
    }
  }
}

function nothingPublished(): Refused {
  return new Refused('MISSING', 'bundle');
}

function hasRevoked(before: Peer, bundle: SignedBundle): boolean {
  const known = new Set(revoked(before.bundle));
  return revoked(bundle).some((id) => !known.has(id));
}

function revoked(bundle: SignedBundle): string[] {
  return bundle.bundle.keys.keys.filter(({ status }) => status === 'revoked').map(({ id }) => id);
}
