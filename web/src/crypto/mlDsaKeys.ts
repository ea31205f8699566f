import { type Bytes, copyOf, type Random } from './bytes';
import { type KeyId, keyIdOf } from './keyId';
import {
  ML_DSA_KEY_SIZE,
  ML_DSA_SEED_SIZE,
  ML_DSA_SIGNATURE_SIZE,
  type MlDsaKey,
  type MlDsaVerifier,
  mlDsa,
} from './mlDsa';
import { requireSize } from './refused';

const ALGORITHM = 'ML-DSA-65';

/** Verifies ML-DSA-65 (FIPS 204). */
export class MlDsaPublicKey {
  static readonly SIZE = ML_DSA_KEY_SIZE;

  readonly algorithm = ALGORITHM;
  readonly encoded: Bytes;
  readonly id: KeyId;
  #verifier: Promise<MlDsaVerifier> | undefined;

  /**
   * @param encoded 1952 bytes: each is a key
   * @throws {Refused} TRUNCATED or EXTENDED
   */
  constructor(encoded: Uint8Array) {
    requireSize(ALGORITHM, encoded.length, ML_DSA_KEY_SIZE);
    this.encoded = copyOf(encoded);
    this.id = keyIdOf(ALGORITHM, this.encoded);
  }

  async verifies(message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    if (signature.length !== ML_DSA_SIGNATURE_SIZE) {
      return false;
    }
    const { verifier } = await mlDsa();
    this.#verifier ??= verifier(this.encoded);
    const verify = await this.#verifier;
    return verify(message, signature);
  }
}

/** Signs with ML-DSA-65, hedged. Kept as its seed `ξ`. */
export class MlDsaPrivateKey {
  readonly publicKey: MlDsaPublicKey;
  readonly #seed: Bytes;
  readonly #key: MlDsaKey;

  private constructor(seed: Bytes, key: MlDsaKey) {
    this.#seed = seed;
    this.#key = key;
    this.publicKey = new MlDsaPublicKey(key.encoded);
  }

  static generate(random: Random): Promise<MlDsaPrivateKey> {
    return MlDsaPrivateKey.of(random(ML_DSA_SEED_SIZE));
  }

  /**
   * @param seed 32 bytes
   * @throws {Refused} TRUNCATED or EXTENDED
   */
  static async of(seed: Uint8Array): Promise<MlDsaPrivateKey> {
    requireSize(ALGORITHM, seed.length, ML_DSA_SEED_SIZE);
    const own = copyOf(seed);
    return new MlDsaPrivateKey(own, await (await mlDsa()).key(own));
  }

  /** The seed, a copy. */
  toBytes(): Bytes {
    return copyOf(this.#seed);
  }

  sign(message: Uint8Array, random: Random): Promise<Bytes> {
    return this.#key.sign(message, random);
  }
}
