import { Bundle } from './bundle';
import type { Capabilities } from './capabilities';
import type { Identity } from './identity';
import { Refused, require } from './refused';
import type { SignedBundle } from './signedBundle';
import { Suite } from './suite';

const FIELD = 'bundle';

export interface PeerFields {
  userId: string;
  /** The newest seen, of the pinned identity, verified. */
  bundle: SignedBundle;
  /** No weaker suite is sent or accepted. */
  floor: Suite;
  /** The version of the bundle when the floor was last reached. */
  floorVersion: number;
  /** A verified bundle of another identity that waits for the user; blocks sending. */
  changed?: SignedBundle | undefined;
}

/**
 * The memory of somebody: who they are, by the identity of their first bundle, and how strong
 * messages with them have been. Each change is a new value for the caller to keep.
 */
export class Peer implements Readonly<PeerFields> {
  readonly userId: string;
  readonly bundle: SignedBundle;
  readonly floor: Suite;
  readonly floorVersion: number;
  readonly changed: SignedBundle | undefined;

  /** One that was kept. */
  constructor(fields: PeerFields) {
    this.userId = fields.userId;
    this.bundle = fields.bundle;
    this.floor = fields.floor;
    this.floorVersion = fields.floorVersion;
    this.changed = fields.changed;
  }

  /**
   * First contact: trusts the identity and pins it. Comparing safety numbers makes it sure.
   *
   * @throws {Refused} WRONG_USER, or what `SignedBundle.verify` says
   */
  static async pin(userId: string, bundle: SignedBundle, now: number): Promise<Peer> {
    require(bundle.bundle.userId === userId, 'WRONG_USER', FIELD);
    await bundle.verify(now);
    return new Peer({ userId, bundle, floor: Suite.V1, floorVersion: 0 });
  }

  /** Who they are. */
  get identity(): Identity {
    return this.bundle.bundle.identity;
  }

  /** The identity to compare: the one that waits for the user to accept it, else the pinned one. */
  get identityToCompare(): Identity {
    return (this.changed ?? this.bundle).bundle.identity;
  }

  /**
   * Learns a bundle that the server gives. One of another identity isn't used, but kept for the
   * user to accept; nothing is sent until then.
   *
   * @throws {Refused} WRONG_USER, OLDER_BUNDLE, CONFLICTING_BUNDLE, or what `SignedBundle.verify`
   *     says
   */
  async learn(offered: SignedBundle, now: number): Promise<Peer> {
    require(offered.bundle.userId === this.userId, 'WRONG_USER', FIELD);
    await offered.verify(now);
    const { identity } = offered.bundle;
    if (identity.equals(this.identity)) {
      requireNotBefore(this.bundle.bundle, offered.bundle);
      return this.#with({ bundle: offered, changed: undefined });
    }
    if (this.changed?.bundle.identity.equals(identity)) {
      requireNotBefore(this.changed.bundle, offered.bundle);
    }
    return this.#with({ changed: offered });
  }

  /**
   * The user has accepted the changed identity: it is pinned from now on. The floor stays.
   *
   * @param compared the identity that the user was shown: a server may have shown another since
   * @throws {Refused} IDENTITY_CHANGED where another one waits now
   * @throws {RangeError} where none has changed
   */
  acceptIdentity(compared: Identity): Peer {
    if (this.changed === undefined) {
      throw new RangeError('No identity has changed');
    }
    const isCompared = this.changed.bundle.identity.equals(compared);
    require(isCompared, 'IDENTITY_CHANGED', FIELD);
    return this.#with({ bundle: this.changed, floorVersion: 0, changed: undefined });
  }

  /**
   * The user has agreed to weaker messages. That takes a bundle newer than the last strong message,
   * in which the peer says, signed, that its program can do no better.
   *
   * @throws {Refused} NO_COMMON_SUITE; DOWNGRADE where there is no such bundle
   */
  consentToDowngrade(): Peer {
    const latest = this.bundle.bundle;
    const best = Suite.strongestOf(latest.capabilities);
    require(best !== undefined, 'NO_COMMON_SUITE', FIELD);
    const isNewer = Bundle.isOlder(this.floorVersion, latest.version);
    require(isNewer && best.isWeakerThan(this.floor), 'DOWNGRADE', FIELD);
    return this.#with({ floor: best, floorVersion: latest.version });
  }

  /**
   * The suite to send in: the strongest that both sides can.
   *
   * @throws {Refused} IDENTITY_CHANGED, NO_COMMON_SUITE, or DOWNGRADE where that is weaker than
   *     before
   */
  suiteToSend(own: Capabilities): Suite {
    require(this.changed === undefined, 'IDENTITY_CHANGED', FIELD);
    const best = own.bestCommon(this.bundle.bundle.capabilities);
    if (best === undefined) {
      throw new Refused('NO_COMMON_SUITE', FIELD);
    }
    require(!best.isWeakerThan(this.floor), 'DOWNGRADE', FIELD);
    return best;
  }

  /**
   * Refuses a message in a weaker suite than both sides can, or than before.
   *
   * @param claimed what the sender says it can do, signed with the message
   * @param own what the recipient's bundle said that the sender had
   * @throws {Refused} DOWNGRADE; UNEXPECTED where a side can't do the suite at all
   */
  requireAcceptable(suite: Suite, claimed: Capabilities, own: Capabilities): void {
    const field = 'crypto_version';
    const canBoth = claimed.include(suite.version) && own.include(suite.version);
    require(canBoth, 'UNEXPECTED', field);
    const isWeaker = [claimed, this.bundle.bundle.capabilities].some((theirs) => {
      const best = own.bestCommon(theirs);
      return best !== undefined && suite.isWeakerThan(best);
    });
    require(!isWeaker && !suite.isWeakerThan(this.floor), 'DOWNGRADE', field);
  }

  /** As they are after a message in this suite was sent or opened. */
  havingUsed(suite: Suite): Peer {
    return suite.isWeakerThan(this.floor)
      ? this
      : this.#with({ floor: suite, floorVersion: this.bundle.bundle.version });
  }

  #with(change: Partial<PeerFields>): Peer {
    const { userId, bundle, floor, floorVersion, changed } = this;
    return new Peer({ userId, bundle, floor, floorVersion, changed, ...change });
  }
}

/**
 * An identity's versions only rise, and it never signs two bundles of one. After a version out of
 * reach comes any that was made later: what a server kept of before is not.
 */
function requireNotBefore(known: Bundle, offered: Bundle): void {
  const comesBack = !Bundle.isReached(known.version) && Bundle.isReached(offered.version);
  const isOlder =
    Bundle.isOlder(offered.version, known.version) ||
    (comesBack && offered.created <= known.created);
  require(!isOlder, 'OLDER_BUNDLE', FIELD);
  const isSameBundle = offered.version !== known.version || offered.hasSameContentAs(known);
  require(isSameBundle, 'CONFLICTING_BUNDLE', FIELD);
}
