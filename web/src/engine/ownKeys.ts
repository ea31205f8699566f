import {
  Bundle,
  type Capabilities,
  EcdhPrivateKey,
  type IdentityKeys,
  KeySet,
  type KeyStatus,
  ListedKey,
  MlKemPrivateKey,
  SignedBundle,
} from '../crypto';
import { ServerRefusal } from '../protocol/failures';
import type { KeyDirectory } from '../protocol/keyDirectory';
import { Forgetting } from './forgetting';
import type { KeyTime } from './keyTime';
import { TOLERANCE } from './link/clockWatch';
import { OneTimeSupply } from './oneTimeSupply';
import type { Shared } from './parts';
import { Publishing } from './publishing';
import type { OwnBundleStore } from './stored/ownBundles';
import * as ownKeys from './stored/ownKeys';
import { keepValue, valueNamed } from './stored/state';
import { DAY } from './surroundings';
import type { Reads, Transaction } from './transaction';

const ROTATION = 7 * DAY;

/** Messages to a key that is older than this have come, or never will. */
const REVOKED_FOR = 60 * DAY;

/** Of the keys that a bundle lists, besides the active ones: the newest of each status. */
const MOST_LISTED = 12;

export interface OwnKeysParts {
  shared: Shared;
  bundles: OwnBundleStore;
  directory: KeyDirectory;
  time: KeyTime;
  identity: IdentityKeys;
  capabilities: Capabilities;
  batchSize: number;
  /** Is done when nothing more urgent goes on. */
  calm: () => Promise<void>;
}

/** Keeps the account's own keys made, published, rotated and forgotten in time. */
export class OwnKeys {
  readonly identity: IdentityKeys;
  readonly oneTime: OneTimeSupply;
  readonly #shared: Shared;
  readonly #bundles: OwnBundleStore;
  readonly #directory: KeyDirectory;
  readonly #time: KeyTime;
  readonly #capabilities: Capabilities;
  readonly #forgetting: Forgetting;
  readonly #publishing: Publishing;

  constructor(parts: OwnKeysParts) {
    this.#shared = parts.shared;
    this.#bundles = parts.bundles;
    this.#directory = parts.directory;
    this.#time = parts.time;
    this.#capabilities = parts.capabilities;
    this.identity = parts.identity;
    this.#forgetting = new Forgetting(parts.shared, parts.bundles, parts.time);
    this.#publishing = new Publishing(parts);
    this.oneTime = new OneTimeSupply(parts);
  }

  /** Deletes what is due: first of all, and whatever becomes of the rest. */
  forget(): Promise<void> {
    return this.#forgetting.run();
  }

  /**
   * Does what is due. Each part is stored before it is published, and published until that worked.
   */
  async upkeep(): Promise<void> {
    await this.forget();
    await this.#withdraw();
    const latest = await this.#bundles.latest(this.#reads);
    if (!latest || !(await this.#isUsable(latest))) {
      await this.#publish(await this.#makeNext(latest));
    } else if (!(await this.#bundles.isPublished(this.#reads, latest.bundle.version))) {
      await this.#publish(latest);
    }
    await this.oneTime.replenish();
  }

  get #reads(): Reads {
    return this.#shared.transactions.reads;
  }

  /** Does what is due, and rotates the prekeys whether or not that is. */
  async rotate(): Promise<void> {
    await this.upkeep();
    await this.#publish(await this.#makeNext(await this.#bundles.latest(this.#reads)));
  }

  /**
   * Takes back all prekeys. First their private parts are gone here, and others made, in one
   * transaction; what the directory has to know follows, now or with the next upkeep.
   */
  async reset(): Promise<void> {
    await this.#shared.transactions.run(await this.replacing());
    this.#shared.step('keys_wiped');
    await this.#withdraw();
    await this.upkeep();
  }

  /** Makes what takes the place of all prekeys; what it gives keeps it, in one transaction. */
  async replacing(): Promise<(transaction: Transaction) => Promise<void>> {
    const latest = await this.#bundles.latest(this.#reads);
    const reached = latest && Bundle.isReached(latest.bundle.version) ? latest : undefined;
    const version = reached && (await this.#publishing.next(reached));
    const made = await Prekeys.generate(this.#shared);
    const signed = version && (await this.#sign(made, version, reached, 'revoked'));
    const now = await this.#time.now();
    return async (transaction) => {
      ownKeys.wipe(transaction);
      keepValue(transaction, 'withdrawal_due', true);
      if (signed) {
        await this.#keep(transaction, signed, made, now);
      }
    };
  }

  /** Has the directory withdraw its one-time prekeys, if that is due. */
  async #withdraw(): Promise<void> {
    if (!(await valueNamed(this.#reads, 'withdrawal_due'))) {
      return;
    }
    try {
      await this.#directory.withdraw();
    } catch (failure) {
      if (failure instanceof ServerRefusal) {
        // Its prekeys are of no use to anybody: what is sent to them is refused and asked for anew.
        return;
      }
      throw failure;
    }
    await this.#shared.transactions.run(async (transaction) =>
      keepValue(transaction, 'withdrawal_due', false),
    );
  }

  /**
   * Whether others can go on with a bundle: made not long ago by a clock that was right, of keys
   * that are here, of a version that another can follow, and by a program that could what this one
   * can.
   */
  async #isUsable({ bundle }: SignedBundle): Promise<boolean> {
    const now = this.#shared.clock.now();
    const prekey = bundle.keys.primary('ECDH-P256');
    return (
      Bundle.isReached(bundle.version) &&
      bundle.capabilities.names.join() === this.#capabilities.names.join() &&
      bundle.created <= now + TOLERANCE &&
      now < bundle.created + ROTATION &&
      now < bundle.expires &&
      prekey !== undefined &&
      (await ownKeys.isActive(this.#reads, prekey.id))
    );
  }

  #publish(made: SignedBundle): Promise<void> {
    return this.#publishing.publish(made, (version, dropAbove) =>
      this.#make(version, made, dropAbove),
    );
  }

  async #makeNext(latest: SignedBundle | undefined): Promise<SignedBundle> {
    return this.#make(await this.#publishing.next(latest), latest);
  }

  async #make(
    version: number,
    previous: SignedBundle | undefined,
    dropAbove?: number,
  ): Promise<SignedBundle> {
    const made = await Prekeys.generate(this.#shared);
    const signed = await this.#sign(made, version, previous, 'deprecated');
    const now = await this.#time.now();
    await this.#shared.transactions.run(async (transaction) => {
      if (dropAbove !== undefined) {
        await this.#bundles.dropUnpublishedAbove(transaction, dropAbove);
      }
      await this.#keep(transaction, signed, made, now);
    });
    return signed;
  }

  async #keep(
    transaction: Transaction,
    signed: SignedBundle,
    made: Prekeys,
    now: number,
  ): Promise<void> {
    await ownKeys.rotate(transaction, made.signed, made.lastResort, now);
    this.#bundles.keep(transaction, signed);
  }

  /** @param before what the prekeys of the bundle before are from now on */
  async #sign(
    made: Prekeys,
    version: number,
    previous: SignedBundle | undefined,
    before: KeyStatus,
  ): Promise<SignedBundle> {
    const { userId, clock, random } = this.#shared;
    const now = clock.now();
    const active = [
      this.identity.ecdsa.publicKey,
      this.identity.mlDsa.publicKey,
      made.signed.publicKey,
      made.lastResort.publicKey,
    ].map((key) => ListedKey.of(key, now, 'active'));
    const others = previous ? await this.#listed(previous.bundle.keys, before, now) : [];
    const bundle = new Bundle({
      userId,
      version,
      created: now,
      expires: now + Bundle.LONGEST_LIFE,
      capabilities: this.#capabilities,
      keys: new KeySet([...active, ...others]),
    });
    return SignedBundle.sign(bundle, this.identity, random);
  }

  /** The prekeys of before: those that still decrypt, and those that never will again. */
  async #listed(previous: KeySet, before: KeyStatus, now: number): Promise<ListedKey[]> {
    const revoked = previous.keys
      .filter(isPrekey)
      .filter((key) => before === 'revoked' || key.status === 'revoked')
      .filter((key) => now < key.created + REVOKED_FOR)
      .map((key) => key.withStatus('revoked'));
    const deprecated: ListedKey[] = [];
    for (const key of before === 'revoked' ? [] : previous.keys) {
      if (await ownKeys.holds(this.#reads, key.id)) {
        deprecated.push(key.withStatus('deprecated'));
      }
    }
    return [...newest(deprecated), ...newest(revoked)];
  }
}

/** The two prekeys of one bundle. */
class Prekeys {
  readonly signed: EcdhPrivateKey;
  readonly lastResort: MlKemPrivateKey;

  private constructor(signed: EcdhPrivateKey, lastResort: MlKemPrivateKey) {
    this.signed = signed;
    this.lastResort = lastResort;
  }

  static async generate({ random }: Pick<Shared, 'random'>): Promise<Prekeys> {
    return new Prekeys(
      await EcdhPrivateKey.generate(random),
      await MlKemPrivateKey.generate(random),
    );
  }
}

function newest(keys: ListedKey[]): ListedKey[] {
  return keys.sort((one, other) => other.created - one.created).slice(0, MOST_LISTED);
}

function isPrekey(key: ListedKey): boolean {
  return key.algorithm === 'ECDH-P256' || key.algorithm === 'ML-KEM-768';
}
