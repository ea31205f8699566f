import { Hash } from './hash';
import type { SignatureAlgorithm } from './identity';
import { Refused, require } from './refused';
import { quoted } from './texts';

interface SuiteParts {
  readonly version: string;
  readonly encryptionAlgorithm: string;
  readonly kdfAlgorithm: string;
  readonly hash: Hash;
  readonly label: string;
  readonly encapsulates: boolean;
  readonly signatures: readonly SignatureAlgorithm[];
}

/** The registry: everything that a message's `crypto_version` stands for. */
export class Suite {
  static readonly V1 = new Suite({
    version: 'v1',
    encryptionAlgorithm: 'ECDH-AES256-GCM',
    kdfAlgorithm: 'HKDF-SHA256',
    hash: Hash.SHA_256,
    label: 'QuantChat-v1-msg',
    encapsulates: false,
    signatures: ['ECDSA-P256-SHA256'],
  });
  static readonly V2 = new Suite({
    version: 'v2',
    encryptionAlgorithm: 'ML-KEM-768-AES256-GCM',
    kdfAlgorithm: 'HKDF-SHA3-256',
    hash: Hash.SHA3_256,
    label: 'QuantChat-v2-msg',
    encapsulates: true,
    signatures: ['ECDSA-P256-SHA256', 'ML-DSA-65'],
  });
  /** The weakest first. */
  static readonly values: readonly Suite[] = [Suite.V1, Suite.V2];

  /** Its name in `crypto_version`, and in capabilities. */
  readonly version: string;
  readonly encryptionAlgorithm: string;
  readonly kdfAlgorithm: string;
  /** H, which HKDF and HMAC are over, too. */
  readonly hash: Hash;
  /** The first field of all that is hashed for a message. */
  readonly label: string;
  /** Whether ML-KEM takes part. */
  readonly encapsulates: boolean;
  /** The signatures that a message has, no fewer and no more, in this order. */
  readonly signatures: readonly SignatureAlgorithm[];

  private constructor(parts: SuiteParts) {
    this.version = parts.version;
    this.encryptionAlgorithm = parts.encryptionAlgorithm;
    this.kdfAlgorithm = parts.kdfAlgorithm;
    this.hash = parts.hash;
    this.label = parts.label;
    this.encapsulates = parts.encapsulates;
    this.signatures = parts.signatures;
  }

  /** @throws {Refused} UNKNOWN_SUITE */
  static named(version: string): Suite {
    const suite = Suite.values.find((one) => one.version === version);
    if (suite === undefined) {
      throw new Refused('UNKNOWN_SUITE', quoted(version));
    }
    return suite;
  }

  /**
   * The suite of a message: all of its three names together.
   *
   * @throws {Refused} UNKNOWN_SUITE, naming the first that no suite has; MIXED_SUITE
   */
  static of(version: string, encryptionAlgorithm: string, kdfAlgorithm: string): Suite {
    const names = { version, encryptionAlgorithm, kdfAlgorithm };
    const parts = ['version', 'encryptionAlgorithm', 'kdfAlgorithm'] as const;
    for (const part of parts) {
      const isKnown = Suite.values.some((one) => one[part] === names[part]);
      require(isKnown, 'UNKNOWN_SUITE', quoted(names[part]));
    }
    const suite = Suite.named(version);
    const areOfOne = parts.every((part) => suite[part] === names[part]);
    require(areOfOne, 'MIXED_SUITE', 'crypto_version');
    return suite;
  }

  /** The strongest of the suites that capabilities name. */
  static strongestOf(capabilities: { readonly names: readonly string[] }): Suite | undefined {
    return Suite.values.findLast((suite) => capabilities.names.includes(suite.version));
  }

  isWeakerThan(other: Suite): boolean {
    return Suite.values.indexOf(this) < Suite.values.indexOf(other);
  }
}
