import { Bundle, type IdentityKeys, Refused, SignedBundle } from '../crypto';
import type { KeyDirectory } from '../protocol/keyDirectory';
import type { Shared } from './parts';
import type { OwnBundleStore } from './stored/ownBundles';

/** So many versions in one go that another program of this account may have published. */
const LONGEST_JUMP = 2 ** 16;

/** The first version after one that a server talked this store into. */
const AFTER_SPOILT = 2 ** 32;

/** So many versions that a directory has forgotten are published again. */
const MOST_TRIES = 50;

/** Makes a bundle of a version, and keeps it, once those that nobody has seen above are dropped. */
export type Making = (version: number, dropAbove?: number) => Promise<SignedBundle>;

export interface PublishingParts {
  shared: Shared;
  bundles: OwnBundleStore;
  directory: KeyDirectory;
  identity: IdentityKeys;
}

/**
 * Brings the account's own bundles to the directory, which takes a version once, each one higher
 * than the last. What it claims to have is believed where this identity signed it, and of another
 * identity's within bounds: a version can't be taken back.
 */
export class Publishing {
  readonly #shared: Shared;
  readonly #bundles: OwnBundleStore;
  readonly #directory: KeyDirectory;
  readonly #identity: IdentityKeys;

  constructor({ shared, bundles, directory, identity }: PublishingParts) {
    this.#shared = shared;
    this.#bundles = bundles;
    this.#directory = directory;
    this.#identity = identity;
  }

  /**
   * The version to make after this one, or to make first.
   *
   * @throws Refused where what the directory claims can't be
   */
  async next(latest: SignedBundle | undefined): Promise<number> {
    const own = latest?.bundle.version ?? 0;
    if (own > 0 && Bundle.isReached(own)) {
      const isPublished = await this.#bundles.isPublished(this.#reads, own);
      return isPublished ? own + 1 : own;
    }
    const there = await this.#believed(await this.#there(), 0);
    return (own > 0 && there === 0 ? AFTER_SPOILT : there) + 1;
  }

  get #reads() {
    return this.#shared.transactions.reads;
  }

  /**
   * Publishes a bundle. The directory's refusal may be the echo of an answer that was lost.
   *
   * @throws Refused where what the directory claims can't be
   */
  async publish(made: SignedBundle, making: Making): Promise<void> {
    this.#shared.step('bundle_kept');
    let newest = made;
    let current = made;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      let { version } = current.bundle;
      if (await this.#directory.publish(current.toMap())) {
        await this.#settled(version);
      } else {
        const there = await this.#there();
        if (there && isSame(there, current)) {
          await this.#settled(version);
        } else {
          const known = await this.#believed(there, newest.bundle.version);
          if (known + 1 === version) {
            // Another program of this account is at it: the next upkeep tries again.
            return;
          }
          newest = await this.#succeeding(known, newest, making);
          version = known;
        }
      }
      if (version === newest.bundle.version) {
        return;
      }
      current = await this.#filling(version + 1, newest);
    }
  }

  async #settled(version: number): Promise<void> {
    this.#shared.step('bundle_published');
    await this.#shared.transactions.run((transaction) =>
      this.#bundles.published(transaction, version),
    );
  }

  /** What is to be published where the directory has that version: the own store's comes first. */
  async #succeeding(there: number, newest: SignedBundle, making: Making): Promise<SignedBundle> {
    if (there < (await this.#bundles.highestPublished(this.#reads))) {
      // It has forgotten what others know: all of it follows, up to the newest.
      requireBelievable(newest.bundle.version - there <= MOST_TRIES);
      return newest;
    }
    return making(there + 1, there);
  }

  /** A version on the way to the newest: as it was, or what the newest says under its number. */
  async #filling(version: number, newest: SignedBundle): Promise<SignedBundle> {
    if (version === newest.bundle.version) {
      return newest;
    }
    const kept = await this.#bundles.find(this.#reads, version);
    if (kept && this.#shared.clock.now() < kept.bundle.expires) {
      return kept;
    }
    const { userId, created, expires, capabilities, keys } = newest.bundle;
    const like = new Bundle({ userId, version, created, expires, capabilities, keys });
    return SignedBundle.sign(like, this.#identity, this.#shared.random);
  }

  async #there(): Promise<SignedBundle | undefined> {
    const found = await this.#directory.bundle(this.#shared.userId, 0);
    return found && SignedBundle.fromMap(found);
  }

  /**
   * The version of what the directory says it has; 0 for nothing.
   *
   * @param own the newest version of this store
   */
  async #believed(there: SignedBundle | undefined, own: number): Promise<number> {
    if (!there) {
      return 0;
    }
    const { bundle } = there;
    if (bundle.userId !== this.#shared.userId) {
      throw new Refused('WRONG_USER', 'bundle');
    }
    await there.verifySignatures();
    const isOwn = bundle.identity.equals(this.#identity.identity);
    if (isOwn && !Bundle.isReached(bundle.version)) {
      // This program was talked into it: whatever comes after it is taken in its place.
      return own > 0 ? own - 1 : AFTER_SPOILT;
    }
    const highest = own === 0 ? Math.floor(Bundle.HIGHEST_VERSION / 2) : own + LONGEST_JUMP;
    requireBelievable(isOwn || bundle.version <= highest);
    return bundle.version;
  }
}

/** The same bytes: a directory that has them has answered, and its answer was lost. */
export function isSame(one: SignedBundle, other: SignedBundle): boolean {
  return JSON.stringify(one.toMap()) === JSON.stringify(other.toMap());
}

function requireBelievable(condition: boolean): void {
  if (!condition) {
    throw new Refused('UNEXPECTED', 'bundle_version');
  }
}
