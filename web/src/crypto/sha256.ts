import type { Bytes } from './bytes';

const WORDS = 16;
const ROUNDS = 64;
/** Bytes of a block, and of the message's length at the end of the last one. */
export const SHA_256_BLOCK = 4 * WORDS;
const LENGTH_SIZE = 8;

/** First bits of the fractional parts of the roots of primes (FIPS 180-4 §4.2.2, §5.3.3). */
const PRIMES = firstPrimes(ROUNDS);
const CONSTANTS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const INITIAL = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

/** SHA-256 (FIPS 180-4 §6.2), at once, which the browser's own is not. */
export function sha256(bytes: Uint8Array): Bytes {
  const blocks = Math.ceil((bytes.length + 1 + LENGTH_SIZE) / SHA_256_BLOCK);
  const padded = new Uint8Array(blocks * SHA_256_BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - LENGTH_SIZE, BigInt(bytes.length) * 8n);
  const state = INITIAL.slice();
  const words = new Int32Array(ROUNDS);
  for (let at = 0; at < padded.length; at += SHA_256_BLOCK) {
    for (let i = 0; i < WORDS; i++) {
      words[i] = view.getInt32(at + 4 * i);
    }
    compress(state, words);
  }
  const hash = new DataView(new ArrayBuffer(4 * state.length));
  state.forEach((word, i) => {
    hash.setInt32(4 * i, word);
  });
  return new Uint8Array(hash.buffer);
}

/** @param words the block's 16, and room for those made of them */
function compress(state: Int32Array, words: Int32Array): void {
  for (let i = WORDS; i < ROUNDS; i++) {
    const near = word(words, i - 2);
    const far = word(words, i - 15);
    words[i] =
      (turned(near, 17) ^ turned(near, 19) ^ (near >>> 10)) +
      word(words, i - 7) +
      (turned(far, 7) ^ turned(far, 18) ^ (far >>> 3)) +
      word(words, i - 16);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < ROUNDS; i++) {
    const first =
      h +
      (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
      ((e & f) ^ (~e & g)) +
      word(CONSTANTS, i) +
      word(words, i);
    const second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((now, i) => {
    state[i] = word(state, i) + now;
  });
}

function word(words: Int32Array, at: number): number {
  return words[at] as number;
}

function turned(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let next = 2; primes.length < count; next++) {
    if (primes.every((prime) => next % prime !== 0)) {
      primes.push(next);
    }
  }
  return primes;
}

function fraction(root: number): number {
  return (root % 1) * 2 ** 32;
}
