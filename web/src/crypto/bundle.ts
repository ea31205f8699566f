import { type Bytes, copyOf, isSame } from './bytes';
import type { Capabilities } from './capabilities';
import { EcdhPublicKey } from './ecdhKeys';
import { EcdsaPublicKey } from './ecdsaKeys';
import type { Hash } from './hash';
import { Identity } from './identity';
import type { KeySet } from './keySet';
import { MlDsaPublicKey } from './mlDsaKeys';
import { MlKemPublicKey } from './mlKemKeys';
import type { KeyAlgorithm, PublicKey } from './publicKey';
import { Refused, require } from './refused';
import { Suite } from './suite';
import { idBytes, lp, numberBytes } from './transcript';
import { requireMilliseconds } from './wireTime';

const LABEL = 'QuantChat-bundle-v1';
const DAY = 24 * 60 * 60 * 1000;

export interface BundleFields {
  userId: string;
  /** From 1, one higher each time; see {@link Bundle.HIGHEST_VERSION}. */
  version: number;
  created: number;
  expires: number;
  capabilities: Capabilities;
  keys: KeySet;
}

/** What an account says of itself, before it is signed: who it is, and what its program can do. */
export class Bundle implements Readonly<BundleFields> {
  /** How long a server can go on showing a bundle that its owner has replaced, in milliseconds. */
  static readonly LONGEST_LIFE = 30 * DAY;
  /**
   * The highest version that is reached by making bundles. One above was talked into its owner's
   * program by a server, and is taken for older than any up to this one.
   */
  static readonly HIGHEST_VERSION = 2 ** 48;

  readonly userId: string;
  readonly version: number;
  readonly created: number;
  readonly expires: number;
  readonly capabilities: Capabilities;
  readonly keys: KeySet;
  /** The keys that sign it. */
  readonly identity: Identity;
  #transcript: Bytes | undefined;
  readonly #hashes = new Map<Hash, Bytes>();

  /** @throws {Refused} MALFORMED for a version or times out of bounds, MISSING for a key */
  constructor(fields: BundleFields) {
    requireMilliseconds(fields.created);
    requireMilliseconds(fields.expires);
    const isVersion = Number.isSafeInteger(fields.version) && fields.version >= 1;
    require(isVersion, 'MALFORMED', 'bundle_version');
    const life = fields.expires - fields.created;
    require(life > 0 && life <= Bundle.LONGEST_LIFE, 'MALFORMED', 'expires_at');
    this.userId = fields.userId;
    this.version = fields.version;
    this.created = fields.created;
    this.expires = fields.expires;
    this.capabilities = fields.capabilities;
    this.keys = fields.keys;
    this.identity = new Identity(
      this.#primary('ECDSA-P256', EcdsaPublicKey),
      this.#primary('ML-DSA-65', MlDsaPublicKey),
    );
    this.signedPrekey();
    if (Suite.values.some((one) => one.encapsulates && this.capabilities.include(one.version))) {
      this.lastResort();
    }
  }

  /** Whether a version is one that is reached by making bundles. */
  static isReached(version: number): boolean {
    return version <= Bundle.HIGHEST_VERSION;
  }

  /**
   * Whether a version is older than another of the same identity: lower, or out of reach where the
   * other isn't.
   */
  static isOlder(version: number, other: number): boolean {
    const isReached = Bundle.isReached(version);
    return isReached === Bundle.isReached(other) ? version < other : Bundle.isReached(other);
  }

  signedPrekey(): EcdhPublicKey {
    return this.#primary('ECDH-P256', EcdhPublicKey);
  }

  /** @throws {Refused} MISSING where it has none */
  lastResort(): MlKemPublicKey {
    return this.#primary('ML-KEM-768', MlKemPublicKey);
  }

  /** What stands for it in a message, 32 bytes. */
  hash(hash: Hash): Bytes {
    let known = this.#hashes.get(hash);
    if (known === undefined) {
      known = hash.of(this.transcript());
      this.#hashes.set(hash, known);
    }
    return copyOf(known);
  }

  /** The bytes that are signed. */
  transcript(): Bytes {
    this.#transcript ??= lp(
      LABEL,
      idBytes(this.userId),
      numberBytes(this.version),
      numberBytes(this.created),
      numberBytes(this.expires),
      lp(...this.capabilities.names),
      this.keys.transcript(),
    );
    return this.#transcript;
  }

  hasSameContentAs(other: Bundle): boolean {
    return isSame(this.transcript(), other.transcript());
  }

  #primary<K extends PublicKey>(
    algorithm: KeyAlgorithm,
    Kind: abstract new (encoded: Uint8Array) => K,
  ): K {
    const key = this.keys.primary(algorithm)?.key;
    if (key instanceof Kind) {
      return key;
    }
    throw new Refused('MISSING', 'keys');
  }
}
