import { shake128, shake256 } from '@noble/hashes/sha3.js';
import { type Bytes, concat, copyOf, isSame } from './bytes';
import { ML_DSA_SIGNATURE_SIZE } from './mlDsa';

/**
 * Verification of ML-DSA-65 (FIPS 204, algorithms 3 and 8) with what a key's 1952 bytes stand for
 * kept: a sender's key verifies many messages, and to expand it takes most of the time. All of it is
 * public, and nothing here depends on a secret.
 *
 * Numbers are doubles: products of two of 23 bits are exact, and so are sums of a few dozen.
 */

const N = 256;
const Q = 8380417;
const ROOT_OF_UNITY = 1753;
const OF_Q = 1 / Q;
/** 256^-1 mod q. */
const SCALE = 8347681;
const ROWS = 6;
const COLUMNS = 5;
const GAMMA1 = 2 ** 19;
const ALPHA = (Q - 1) / 16;
const HALF_ALPHA = ALPHA / 2;
const TAU = 49;
const BETA = TAU * 4;
const OMEGA = 55;
const DROPPED = 2 ** 13;

const RHO_SIZE = 32;
const T1_SIZE = 320;
const TR_SIZE = 64;
const MU_SIZE = 64;
const CHALLENGE_SIZE = 48;
const Z_SIZE = 640;
const W1_SIZE = 128;
const HINTS = CHALLENGE_SIZE + COLUMNS * Z_SIZE;
const BLOCK = 168;
const XOF_BLOCK = 136;

/** No context: pure ML-DSA, of an empty one. */
const PURE = new Uint8Array(2);

/** ζ^brv(k) mod q. */
const ZETAS = zetas();

/** A verification key, expanded. */
interface Expanded {
  /** H(pk). */
  tr: Bytes;
  /** Â, row by row, and t1 · 2^d, both transformed. */
  matrix: Int32Array[];
  t1: Int32Array[];
}

/** Expanded keys that are kept, of 37 kB each. */
const MOST_EXPANDED = 64;

const expandedKeys = new Map<object, Expanded>();

/** Verifies by one key: so many that were used last are kept expanded. */
export class MlDsaVerification {
  readonly #encoded: Bytes;

  /** @param encoded 1952 bytes */
  constructor(encoded: Uint8Array) {
    this.#encoded = copyOf(encoded);
  }

  verifies(message: Uint8Array, signature: Uint8Array): boolean {
    return signature.length === ML_DSA_SIGNATURE_SIZE && isGood(this.#key(), message, signature);
  }

  #key(): Expanded {
    const key = expandedKeys.get(this) ?? expanded(this.#encoded);
    expandedKeys.delete(this);
    expandedKeys.set(this, key);
    const [oldest] = expandedKeys.keys();
    if (oldest && expandedKeys.size > MOST_EXPANDED) {
      expandedKeys.delete(oldest);
    }
    return key;
  }
}

function isGood(key: Expanded, message: Uint8Array, signature: Uint8Array): boolean {
  const challenge = signature.subarray(0, CHALLENGE_SIZE);
  const hints = readHints(signature.subarray(HINTS));
  const z = Array.from({ length: COLUMNS }, (_, i) =>
    readZ(signature.subarray(CHALLENGE_SIZE + i * Z_SIZE, CHALLENGE_SIZE + (i + 1) * Z_SIZE)),
  );
  if (!hints || !z.every(isShort)) {
    return false;
  }
  const c = sampleInBall(challenge);
  for (const polynomial of [c, ...z]) {
    transform(polynomial);
    reduce(polynomial);
  }
  const w1 = new Uint8Array(ROWS * W1_SIZE);
  for (let row = 0; row < ROWS; row++) {
    const w = product(key, row, z, c);
    transformBack(w);
    packHighBits(w, hints[row] ?? NO_HINTS, w1.subarray(row * W1_SIZE));
  }
  const mu = shake256(concat(key.tr, PURE, message), { dkLen: MU_SIZE });
  return isSame(challenge, shake256(concat(mu, w1), { dkLen: CHALLENGE_SIZE }));
}

/** A row of Â · z - c · t1 · 2^d, transformed: in all six products, far below 2^53. */
function product(key: Expanded, row: number, z: Float64Array[], c: Float64Array): Float64Array {
  const w = new Float64Array(N);
  const t1 = key.t1[row] as Int32Array;
  for (let i = 0; i < N; i++) {
    w[i] = -at(c, i) * at(t1, i);
  }
  for (let column = 0; column < COLUMNS; column++) {
    const of = key.matrix[row * COLUMNS + column] as Int32Array;
    const by = z[column] as Float64Array;
    for (let i = 0; i < N; i++) {
      w[i] = at(w, i) + at(of, i) * at(by, i);
    }
  }
  reduce(w);
  return w;
}

function expanded(encoded: Bytes): Expanded {
  const rho = encoded.subarray(0, RHO_SIZE);
  const matrix: Int32Array[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      matrix.push(sampleUniform(concat(rho, Uint8Array.of(column, row))));
    }
  }
  const t1 = Array.from({ length: ROWS }, (_, row) => {
    const at = RHO_SIZE + row * T1_SIZE;
    const polynomial = readT1(encoded.subarray(at, at + T1_SIZE));
    transform(polynomial);
    reduce(polynomial);
    return Int32Array.from(polynomial);
  });
  return { tr: shake256(encoded, { dkLen: TR_SIZE }) as Bytes, matrix, t1 };
}

/** Algorithm 30, RejNTTPoly. */
function sampleUniform(seed: Uint8Array): Int32Array {
  const sampled = new Int32Array(N);
  const xof = shake128.create({}).update(seed);
  const block = new Uint8Array(BLOCK);
  for (let count = 0; count < N; ) {
    xof.xofInto(block);
    for (let i = 0; i < BLOCK && count < N; i += 3) {
      const value = at(block, i) | (at(block, i + 1) << 8) | ((at(block, i + 2) & 0x7f) << 16);
      if (value < Q) {
        sampled[count++] = value;
      }
    }
  }
  return sampled;
}

/** Algorithm 29, SampleInBall. */
function sampleInBall(seed: Uint8Array): Float64Array {
  const c = new Float64Array(N);
  const xof = shake256.create({}).update(seed);
  const block = new Uint8Array(XOF_BLOCK);
  xof.xofInto(block);
  const signs = block.slice(0, 8);
  let position = 8;
  for (let i = N - TAU, sign = 0; i < N; i++, sign++) {
    let j = N;
    while (j > i) {
      if (position === XOF_BLOCK) {
        xof.xofInto(block);
        position = 0;
      }
      j = at(block, position++);
    }
    c[i] = at(c, j);
    c[j] = (at(signs, sign >> 3) >> (sign & 7)) & 1 ? -1 : 1;
  }
  return c;
}

/** Coefficients of 10 bits, times 2^d. */
function readT1(bytes: Uint8Array): Float64Array {
  const t1 = new Float64Array(N);
  for (let i = 0; i < N; i++) {
    const from = (i * 10) >> 3;
    const pair = at(bytes, from) | (at(bytes, from + 1) << 8);
    t1[i] = ((pair >> ((i * 10) & 7)) & 0x3ff) * DROPPED;
  }
  return t1;
}

/** Coefficients of 20 bits, each γ1 less it. */
function readZ(bytes: Uint8Array): Float64Array {
  const z = new Float64Array(N);
  for (let i = 0, from = 0; i < N; i += 2, from += 5) {
    const middle = at(bytes, from + 2);
    z[i] = GAMMA1 - (at(bytes, from) | (at(bytes, from + 1) << 8) | ((middle & 15) << 16));
    z[i + 1] = GAMMA1 - ((middle >> 4) | (at(bytes, from + 3) << 4) | (at(bytes, from + 4) << 12));
  }
  return z;
}

function isShort(z: Float64Array): boolean {
  return z.every((coefficient) => Math.abs(coefficient) < GAMMA1 - BETA);
}

const NO_HINTS = new Uint8Array(N);

/** Algorithm 21, HintBitUnpack: of each hint there is one encoding. */
function readHints(bytes: Uint8Array): Uint8Array[] | undefined {
  const hints: Uint8Array[] = [];
  let index = 0;
  for (let row = 0; row < ROWS; row++) {
    const end = at(bytes, OMEGA + row);
    if (end < index || end > OMEGA) {
      return undefined;
    }
    const hint = new Uint8Array(N);
    for (const first = index; index < end; index++) {
      if (index > first && at(bytes, index - 1) >= at(bytes, index)) {
        return undefined;
      }
      hint[at(bytes, index)] = 1;
    }
    hints.push(hint);
  }
  return bytes.subarray(index, OMEGA).every((byte) => byte === 0) ? hints : undefined;
}

/** UseHint (algorithm 40) of each coefficient, four bits each. */
function packHighBits(w: Float64Array, hints: Uint8Array, packed: Uint8Array): void {
  for (let i = 0; i < N; i += 2) {
    packed[i >> 1] =
      highBits(at(w, i), at(hints, i)) | (highBits(at(w, i + 1), at(hints, i + 1)) << 4);
  }
}

/** @param r from 0 to q - 1 */
function highBits(r: number, hint: number): number {
  // By the low part of -α/2 < r0 <= α/2; what would be the 17th step wraps around to the first.
  const high = Math.ceil((r - HALF_ALPHA) / ALPHA);
  const low = high === 16 ? r - Q : r - high * ALPHA;
  return (high + (hint === 0 ? 0 : low > 0 ? 1 : 15)) & 15;
}

/** Algorithm 41, NTT, of at most q each: nine times as much afterwards, for it reduces no sums. */
function transform(w: Float64Array): void {
  for (let length = N / 2, m = 1; length >= 1; length >>= 1) {
    for (let start = 0; start < N; start += 2 * length, m++) {
      const zeta = at(ZETAS, m);
      for (let j = start; j < start + length; j++) {
        const t = reduced(zeta * at(w, j + length));
        w[j + length] = at(w, j) - t;
        w[j] = at(w, j) + t;
      }
    }
  }
}

/** Algorithm 42, NTT^-1, of at most q each; from 0 to q - 1 afterwards. */
function transformBack(w: Float64Array): void {
  for (let length = 1, m = N - 1; length < N; length <<= 1) {
    if (length === 16) {
      // Each round may double a sum: beyond sixteen times q, products wouldn't be exact.
      reduce(w);
    }
    for (let start = 0; start < N; start += 2 * length, m--) {
      const zeta = Q - at(ZETAS, m);
      for (let j = start; j < start + length; j++) {
        const t = at(w, j);
        w[j] = t + at(w, j + length);
        w[j + length] = reduced(zeta * (t - at(w, j + length)));
      }
    }
  }
  for (let i = 0; i < N; i++) {
    const scaled = reduced(SCALE * at(w, i));
    w[i] = scaled === Q ? 0 : scaled;
  }
}

function reduce(w: Float64Array): void {
  for (let i = 0; i < N; i++) {
    w[i] = reduced(at(w, i));
  }
}

/**
 * What is left by q of a whole number below 2^50 or so, from 0 to q, both included: the quotient's
 * rounding is less than 1/q, so that the whole part is off only where q divides it.
 */
function reduced(value: number): number {
  return value - Math.floor(value * OF_Q) * Q;
}

function zetas(): Float64Array {
  const all = new Float64Array(N);
  let power = 1;
  for (let exponent = 0; exponent < N; exponent++) {
    let reversed = 0;
    for (let bit = 0; bit < 8; bit++) {
      reversed |= ((exponent >> bit) & 1) << (7 - bit);
    }
    all[reversed] = power;
    power = (power * ROOT_OF_UNITY) % Q;
  }
  return all;
}

/** Of an array that is known to be long enough. */
function at(values: Float64Array | Int32Array | Uint8Array, index: number): number {
  return values[index] as number;
}
