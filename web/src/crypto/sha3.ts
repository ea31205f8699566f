import type { Bytes } from './bytes';

/** Bytes of the hash. */
const SIZE = 32;
/** Lanes of 64 bits in a state of 5 rows; each is two numbers here, the lower half first. */
const ROW = 10;
const STATE = 5 * ROW;
const ROUNDS = 24;
/** Bytes that a block takes in: what its state has beyond twice the hash. */
export const SHA3_256_BLOCK = 4 * STATE - 2 * SIZE;

const { places, turns, constants } = schedule();

/** SHA3-256 (FIPS 202 §6.1), at once; browsers don't have it. */
export function sha3(bytes: Uint8Array): Bytes {
  const blocks = Math.floor(bytes.length / SHA3_256_BLOCK) + 1;
  const padded = new Uint8Array(blocks * SHA3_256_BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x06;
  padded[padded.length - 1] = (padded.at(-1) as number) | 0x80;
  const view = new DataView(padded.buffer);
  const state = new Int32Array(STATE);
  const parities = new Int32Array(ROW);
  for (let at = 0; at < padded.length; at += SHA3_256_BLOCK) {
    for (let i = 0; 4 * i < SHA3_256_BLOCK; i++) {
      state[i] = half(state, i) ^ view.getInt32(at + 4 * i, true);
    }
    permute(state, parities);
  }
  const hash = new DataView(new ArrayBuffer(SIZE));
  for (let at = 0; at < SIZE; at += 4) {
    hash.setInt32(at, half(state, at / 4), true);
  }
  return new Uint8Array(hash.buffer);
}

/** Keccak-f[1600] (§3.3); the names of its steps are the standard's. */
function permute(state: Int32Array, row: Int32Array): void {
  for (let round = 0; round < ROUNDS; round++) {
    // θ
    for (let i = 0; i < ROW; i++) {
      row[i] =
        half(state, i) ^
        half(state, i + ROW) ^
        half(state, i + 2 * ROW) ^
        half(state, i + 3 * ROW) ^
        half(state, i + 4 * ROW);
    }
    for (let x = 0; x < ROW; x += 2) {
      const before = x === 0 ? ROW - 2 : x - 2;
      const after = x === ROW - 2 ? 0 : x + 2;
      const low = half(row, after);
      const high = half(row, after + 1);
      const lower = half(row, before) ^ ((low << 1) | (high >>> 31));
      const upper = half(row, before + 1) ^ ((high << 1) | (low >>> 31));
      for (let at = x; at < STATE; at += ROW) {
        state[at] = half(state, at) ^ lower;
        state[at + 1] = half(state, at + 1) ^ upper;
      }
    }
    // ρ and π: each lane goes, turned, to where the next one was.
    let low = half(state, 2);
    let high = half(state, 3);
    for (let i = 0; i < ROUNDS; i++) {
      const place = half(places, i);
      const turn = half(turns, i);
      const nextLow = half(state, place);
      const nextHigh = half(state, place + 1);
      // A shift takes its lowest 5 bits: 32 - turn is right for turns beyond 32, too.
      const one = (low << turn) | (high >>> (32 - turn));
      const other = (high << turn) | (low >>> (32 - turn));
      state[place] = turn < 32 ? one : other;
      state[place + 1] = turn < 32 ? other : one;
      low = nextLow;
      high = nextHigh;
    }
    // χ
    for (let y = 0; y < STATE; y += ROW) {
      for (let at = y; at < y + 2; at++) {
        const a = half(state, at);
        const b = half(state, at + 2);
        const c = half(state, at + 4);
        const d = half(state, at + 6);
        const e = half(state, at + 8);
        state[at] = a ^ (~b & c);
        state[at + 2] = b ^ (~c & d);
        state[at + 4] = c ^ (~d & e);
        state[at + 6] = d ^ (~e & a);
        state[at + 8] = e ^ (~a & b);
      }
    }
    // ι
    state[0] = half(state, 0) ^ half(constants, 2 * round);
    state[1] = half(state, 1) ^ half(constants, 2 * round + 1);
  }
}

/** Where lanes go and by how much they turn (§3.2.2, §3.2.3), and each round's constant (§3.2.5). */
function schedule() {
  const places = new Int32Array(ROUNDS);
  const turns = new Int32Array(ROUNDS);
  const constants = new Int32Array(2 * ROUNDS);
  let x = 1;
  let y = 0;
  let register = 1;
  for (let i = 0; i < ROUNDS; i++) {
    [x, y] = [y, (2 * x + 3 * y) % 5];
    places[i] = ROW * y + 2 * x;
    turns[i] = (((i + 1) * (i + 2)) / 2) % 64;
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1;
      if (register & 1) {
        const at = 2 * i + (bit >> 5);
        constants[at] = half(constants, at) | (1 << bit);
      }
      register = register & 0x80 ? (register << 1) ^ 0x171 : register << 1;
    }
  }
  return { places, turns, constants };
}

function half(of: Int32Array, at: number): number {
  return of[at] as number;
}
