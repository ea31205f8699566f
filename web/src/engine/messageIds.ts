import { MINUTE } from './surroundings';

/** The relay takes ids that are 5 minutes ahead of its clock. */
const AHEAD = 2 * MINUTE;

const VERSION = 0x70;
const VARIANT = 0x80;

/**
 * Mints UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random ones. Within a millisecond
 * the next is the last one plus one (§6.2, method 2), and so it is after the clock went back, as
 * far as the relay takes such ids: it hands messages over in the order of their ids. A clock that
 * jumps is followed, for nothing else goes by that order.
 */
export class MessageIds {
  readonly #random: (size: number) => Uint8Array;
  #lastMillis = -1;
  /** 74 bits. */
  #rest = 0n;

  constructor(random: (size: number) => Uint8Array) {
    this.#random = random;
  }

  /** By the clock here, and by the server's if that is known. */
  next(now: number, serverNow: number | undefined): string {
    const isFarAhead = this.#lastMillis > (serverNow ?? now) + AHEAD;
    if (now > this.#lastMillis || (now < this.#lastMillis && isFarAhead)) {
      this.#lastMillis = now;
      // The highest bit is left free, for the ids that follow.
      this.#rest = bits(this.#random(10)) & ((1n << 73n) - 1n);
    } else {
      this.#rest = (this.#rest + 1n) & ((1n << 74n) - 1n);
    }
    return written(this.#lastMillis, this.#rest);
  }
}

function bits(bytes: Uint8Array): bigint {
  return bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
}

function written(millis: number, rest: bigint): string {
  const high = (rest >> 62n) & 0xfffn;
  const low = rest & ((1n << 62n) - 1n);
  const hex = (
    (BigInt(millis) << 80n) |
    (BigInt(VERSION) << 72n) |
    (high << 64n) |
    (BigInt(VARIANT) << 56n) |
    low
  )
    .toString(16)
    .padStart(32, '0');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/** When an id says that it was minted. */
export function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Whether the relay hands the one over before the other. */
export function isBefore(one: string, other: string): boolean {
  return one < other;
}
