import { type Bytes, copyOf, type Random } from './bytes';
import { type KeyId, keyIdOf } from './keyId';
import { type Encapsulation, type MlKemKey, mlKem } from './mlKem';
import { require, requireSize } from './refused';

const ALGORITHM = 'ML-KEM-768';
const SIZE = 1184;
const SEED_SIZE = 64;
/** Bytes of a ciphertext. */
export const CIPHERTEXT_SIZE = 1088;

/** The modulus q, and the bytes of a key that hold coefficients: the rest is a seed (FIPS 203). */
const MODULUS = 3329;
const COEFFICIENT_BYTES = SIZE - 32;

/** What is encapsulated to: a last-resort key, half of a one-time pair. */
export class MlKemPublicKey {
  static readonly SIZE = SIZE;

  readonly algorithm = ALGORITHM;
  readonly encoded: Bytes;
  readonly id: KeyId;

  /**
   * @param encoded 1184 bytes whose coefficients are all below the modulus (FIPS 203 §7.2)
   * @throws {Refused} TRUNCATED, EXTENDED or INVALID_KEY
   */
  constructor(encoded: Uint8Array) {
    requireSize(ALGORITHM, encoded.length, SIZE);
    require(areCoefficientsReduced(encoded), 'INVALID_KEY', ALGORITHM);
    this.encoded = copyOf(encoded);
    this.id = keyIdOf(ALGORITHM, this.encoded);
  }

  async encapsulate(random: Random): Promise<Encapsulation> {
    return (await mlKem()).encapsulate(this.encoded, random);
  }
}

/** A decapsulation key of ML-KEM-768. Kept as its seed `d ‖ z`. */
export class MlKemPrivateKey {
  readonly publicKey: MlKemPublicKey;
  readonly #seed: Bytes;
  readonly #key: MlKemKey;

  private constructor(seed: Bytes, key: MlKemKey) {
    this.#seed = seed;
    this.#key = key;
    this.publicKey = new MlKemPublicKey(key.encoded);
  }

  static generate(random: Random): Promise<MlKemPrivateKey> {
    return MlKemPrivateKey.of(random(SEED_SIZE));
  }

  /**
   * @param seed 64 bytes
   * @throws {Refused} TRUNCATED or EXTENDED
   */
  static async of(seed: Uint8Array): Promise<MlKemPrivateKey> {
    requireSize(ALGORITHM, seed.length, SEED_SIZE);
    const own = copyOf(seed);
    return new MlKemPrivateKey(own, await (await mlKem()).key(own));
  }

  /** The seed, a copy. */
  toBytes(): Bytes {
    return copyOf(this.#seed);
  }

  /**
   * The secret in the ciphertext. For a forged one it is another, without a sign of it (implicit
   * rejection, FIPS 203 §6.3).
   *
   * @throws {Refused} TRUNCATED or EXTENDED
   */
  async decapsulate(ciphertext: Uint8Array): Promise<Bytes> {
    requireSize('ML-KEM-768 ciphertext', ciphertext.length, CIPHERTEXT_SIZE);
    return this.#key.decapsulate(ciphertext);
  }
}

/** Coefficients are of 12 bits each, two in three bytes, little endian. */
function areCoefficientsReduced(encoded: Uint8Array): boolean {
  let areReduced = true;
  for (let i = 0; i < COEFFICIENT_BYTES; i += 3) {
    const middle = encoded[i + 1] ?? 0;
    const first = (encoded[i] ?? 0) | ((middle & 15) << 8);
    const second = (middle >> 4) | ((encoded[i + 2] ?? 0) << 4);
    areReduced &&= first < MODULUS && second < MODULUS;
  }
  return areReduced;
}
