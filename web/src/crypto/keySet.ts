import type { Bytes } from './bytes';
import type { KeyId } from './keyId';
import type { ListedKey } from './listedKey';
import type { KeyAlgorithm } from './publicKey';
import { require } from './refused';
import { lp } from './transcript';

const FIELD = 'keys';

/** The public keys of an account. Of each algorithm at most one is active: the one to use. */
export class KeySet {
  /** Five algorithms' worth of keys over a rotation or two. */
  static readonly MOST = 32;

  /** Sorted by id. */
  readonly keys: readonly ListedKey[];

  /**
   * Sorts them.
   *
   * @throws {Refused} EXTENDED for too many, WRONG_KEY for an id twice or two active keys of one
   *     algorithm
   */
  constructor(keys: readonly ListedKey[]) {
    require(keys.length <= KeySet.MOST, 'EXTENDED', FIELD);
    this.keys = keys.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    requireDistinct(keys.map((key) => key.id));
    requireDistinct(keys.filter((key) => key.status === 'active').map((key) => key.algorithm));
  }

  /** The active key of an algorithm. */
  primary(algorithm: KeyAlgorithm): ListedKey | undefined {
    return this.keys.find((key) => key.status === 'active' && key.algorithm === algorithm);
  }

  /** The key of this name, whatever its status. */
  find(id: KeyId): ListedKey | undefined {
    return this.keys.find((key) => key.id === id);
  }

  transcript(): Bytes {
    return lp(...this.keys.map((key) => key.transcript()));
  }
}

function requireDistinct(names: readonly string[]): void {
  require(new Set(names).size === names.length, 'WRONG_KEY', FIELD);
}
