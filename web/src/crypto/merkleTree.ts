import { type Bytes, concat } from './bytes';
import { Hash } from './hash';
import type { OneTimePrekey } from './oneTimeKeys';
import { lp, numberBytes } from './transcript';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const FILLER = Uint8Array.of(2);

/**
 * A hash tree over a batch. Leaves, inner nodes and the fillers that bring their number to a power
 * of two are hashed behind different first bytes, so that none can pass for another (RFC 9162 §2.1
 * on why); a leaf holds its index, and a path is exactly as long as the tree is high.
 */
export class MerkleTree {
  /** From the leaves up; each half as long as the one below, the last the root alone. */
  readonly #levels: Bytes[][];

  /** @param prekeys at least one */
  constructor(prekeys: readonly OneTimePrekey[]) {
    const height = heightOf(prekeys.length);
    const fillers = new Array<Bytes>(2 ** height - prekeys.length).fill(Hash.SHA_256.of(FILLER));
    this.#levels = [[...prekeys.map((prekey, index) => leafOf(index, prekey)), ...fillers]];
    for (let below = this.#level(0); below.length > 1; below = this.#level(-1)) {
      this.#levels.push(joined(below));
    }
  }

  get root(): Bytes {
    return at(this.#level(-1), 0);
  }

  /** The siblings on the way from a leaf to the root. */
  path(index: number): Bytes[] {
    return this.#levels.slice(0, -1).map((level, height) => at(level, (index >> height) ^ 1));
  }

  #level(place: number): Bytes[] {
    return this.#levels.at(place) ?? [];
  }
}

/** Levels above the leaves: the logarithm of their number, rounded up. */
export function heightOf(leaves: number): number {
  return binaryDigits(leaves - 1);
}

/** @param number from 0 to 2^31 - 1 */
export function binaryDigits(number: number): number {
  return 32 - Math.clz32(number);
}

/** The hash of a leaf. */
export function leafOf(index: number, prekey: OneTimePrekey): Bytes {
  const content = lp(numberBytes(index), prekey.id, prekey.ecdh.encoded, prekey.mlKem.encoded);
  return Hash.SHA_256.of(concat(LEAF, content));
}

/** The root that a leaf and its path lead to. */
export function climb(leaf: Bytes, index: number, path: readonly Bytes[]): Bytes {
  return path.reduce(
    (hash, sibling, height) =>
      ((index >> height) & 1) === 1 ? nodeOf(sibling, hash) : nodeOf(hash, sibling),
    leaf,
  );
}

function joined(below: Bytes[]): Bytes[] {
  const above: Bytes[] = [];
  for (let i = 0; i < below.length; i += 2) {
    above.push(nodeOf(at(below, i), at(below, i + 1)));
  }
  return above;
}

function nodeOf(left: Bytes, right: Bytes): Bytes {
  return Hash.SHA_256.of(concat(NODE, left, right));
}

function at(level: readonly Bytes[], place: number): Bytes {
  const hash = level[place];
  if (hash === undefined) {
    throw new RangeError(`The tree has no place ${place}`);
  }
  return hash;
}
