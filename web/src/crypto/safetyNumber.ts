import { sha512 } from '@noble/hashes/sha2.js';
import { type Bytes, compare, concat, isSame, unshared } from './bytes';
import type { Identity } from './identity';
import { requireSize } from './refused';
import { idBytes, lp } from './transcript';

const LABEL = 'QuantChat-safety-number';
const ROUNDS = 5200;
const HALF_SIZE = 64;
const GROUPS = 6;
const GROUP_BYTES = 5;
const GROUP_VALUES = 100_000;
const QR_FORMAT = 1;
const QR_HALF_SIZE = 32;

/**
 * The number that two people compare to know that nobody stands between them: made of both identity
 * keys of both, and the same on both ends. Each side's half is SHA-512 5200 times over.
 *
 * The code that one shows for the other to scan says who shows it: so nobody takes a picture of
 * their own screen for the other's.
 */
export class SafetyNumber {
  readonly #own: Bytes;
  readonly #others: Bytes;

  private constructor(own: Bytes, others: Bytes) {
    this.#own = own;
    this.#others = others;
  }

  /**
   * The number of two people. Its digits are the same in whichever order; its code is what the
   * first one shows.
   *
   * @throws {RangeError} where both are one account: nobody stands between
   */
  static of(ownId: string, own: Identity, othersId: string, others: Identity): SafetyNumber {
    if (ownId === othersId) {
      throw new RangeError('A safety number is of two people: there is none with oneself.');
    }
    return new SafetyNumber(half(ownId, own), half(othersId, others));
  }

  /**
   * A number that another part of the same program has made.
   *
   * @param bytes of {@link toBytes}
   * @throws {Refused} TRUNCATED or EXTENDED
   */
  static fromBytes(bytes: Uint8Array): SafetyNumber {
    requireSize('safety_number', bytes.length, 2 * HALF_SIZE);
    const all = new Uint8Array(bytes);
    return new SafetyNumber(all.slice(0, HALF_SIZE), all.slice(HALF_SIZE));
  }

  /** All of it, one's own half first, for another part of the same program. */
  toBytes(): Bytes {
    return concat(this.#own, this.#others);
  }

  /** 60 digits. */
  digits(): string {
    const isOwnFirst = compare(this.#own, this.#others) <= 0;
    return isOwnFirst
      ? digitsOf(this.#own) + digitsOf(this.#others)
      : digitsOf(this.#others) + digitsOf(this.#own);
  }

  /** The digits as people read them out: twelve groups of five. */
  spacedDigits(): string {
    return this.digits().replace(/.{5}(?=.)/g, '$& ');
  }

  /**
   * The content of the QR code to show: a format's number, then the first 32 bytes of the other's
   * half, then of one's own.
   */
  qrCode(): Bytes {
    return code(this.#others, this.#own);
  }

  /**
   * Whether a code that was scanned on the other's screen is of the same number.
   *
   * @throws {RangeError} where it is the code that is shown here: it proves nothing
   */
  matches(scanned: Uint8Array): boolean {
    if (isSame(this.qrCode(), scanned)) {
      throw new RangeError(
        "This is your own code, which always matches: scan the one on the other's screen.",
      );
    }
    return isSame(code(this.#own, this.#others), scanned);
  }
}

function code(first: Bytes, second: Bytes): Bytes {
  const halves = [first, second].map((half) => half.subarray(0, QR_HALF_SIZE));
  return concat(Uint8Array.of(QR_FORMAT), ...halves);
}

function half(userId: string, identity: Identity): Bytes {
  const { ecdsa, mlDsa } = identity;
  const first = sha512(lp(LABEL, idBytes(userId), ecdsa.encoded, mlDsa.encoded));
  let hash = first;
  for (let round = 1; round < ROUNDS; round++) {
    hash = sha512(concat(hash, first));
  }
  return unshared(hash);
}

function digitsOf(bytes: Bytes): string {
  let digits = '';
  for (let group = 0; group < GROUPS; group++) {
    const of = bytes.subarray(group * GROUP_BYTES, (group + 1) * GROUP_BYTES);
    const value = of.reduce((number, byte) => number * 256 + byte, 0);
    digits += String(value % GROUP_VALUES).padStart(5, '0');
  }
  return digits;
}
