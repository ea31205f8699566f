import { type Bytes, copyOf, type Random, unshared } from './bytes';
import { type KeyId, keyIdOf } from './keyId';
import { importPoint, newScalar, POINT_SIZE, pairOf, requirePoint, requireScalar } from './p256';

const ALGORITHM = 'ECDSA-P256';
const HOW = { name: 'ECDSA', hash: 'SHA-256' };

/** Bytes of a signature: `r ‖ s`. */
export const ECDSA_SIGNATURE_SIZE = 64;

/** Verifies ECDSA over P-256 with SHA-256 (FIPS 186-5); of s also the high one. */
export class EcdsaPublicKey {
  static readonly SIZE = POINT_SIZE;

  readonly algorithm = ALGORITHM;
  readonly encoded: Bytes;
  readonly id: KeyId;
  #imported: Promise<CryptoKey> | undefined;

  /**
   * @param encoded 65 bytes, SEC 1, uncompressed
   * @throws {Refused} TRUNCATED, EXTENDED or INVALID_KEY
   */
  constructor(encoded: Uint8Array) {
    requirePoint(ALGORITHM, encoded);
    this.encoded = copyOf(encoded);
    this.id = keyIdOf(ALGORITHM, this.encoded);
  }

  async verifies(message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    if (signature.length !== ECDSA_SIGNATURE_SIZE) {
      return false;
    }
    this.#imported ??= importPoint('ECDSA', this.encoded);
    const key = await this.#imported;
    return crypto.subtle.verify(HOW, key, unshared(signature), unshared(message));
  }
}

/** Signs with ECDSA over P-256 with SHA-256; the browser takes the nonces. Kept as its scalar. */
export class EcdsaPrivateKey {
  readonly publicKey: EcdsaPublicKey;
  readonly #scalar: Bytes;
  readonly #key: CryptoKey;

  private constructor(scalar: Bytes, key: CryptoKey, publicKey: EcdsaPublicKey) {
    this.#scalar = scalar;
    this.#key = key;
    this.publicKey = publicKey;
  }

  static generate(random: Random): Promise<EcdsaPrivateKey> {
    return EcdsaPrivateKey.of(newScalar(random));
  }

  /**
   * @param scalar 32 bytes, big endian
   * @throws {Refused} TRUNCATED, EXTENDED or INVALID_KEY
   */
  static async of(scalar: Uint8Array): Promise<EcdsaPrivateKey> {
    requireScalar(ALGORITHM, scalar);
    const own = copyOf(scalar);
    const { privateKey, point } = await pairOf('ECDSA', own);
    return new EcdsaPrivateKey(own, privateKey, new EcdsaPublicKey(point));
  }

  /** The scalar, a copy. */
  toBytes(): Bytes {
    return copyOf(this.#scalar);
  }

  async sign(message: Uint8Array): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.sign(HOW, this.#key, unshared(message)));
  }
}
