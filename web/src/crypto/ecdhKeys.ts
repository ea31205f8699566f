import { type Bytes, copyOf, type Random } from './bytes';
import { type KeyId, keyIdOf } from './keyId';
import { importPoint, newScalar, POINT_SIZE, pairOf, requirePoint, requireScalar } from './p256';

const ALGORITHM = 'ECDH-P256';
const SECRET_BITS = 256;

/** The public half of an agreement: a signed prekey, an ephemeral key, half of a one-time pair. */
export class EcdhPublicKey {
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

  /** As the browser's cryptography takes it. */
  imported(): Promise<CryptoKey> {
    this.#imported ??= importPoint('ECDH', this.encoded);
    return this.#imported;
  }
}

/** Agrees by ECDH over P-256 (NIST SP 800-56A rev. 3 §5.7.1.2). Kept as its scalar. */
export class EcdhPrivateKey {
  readonly publicKey: EcdhPublicKey;
  readonly #scalar: Bytes;
  readonly #key: CryptoKey;

  private constructor(scalar: Bytes, key: CryptoKey, publicKey: EcdhPublicKey) {
    this.#scalar = scalar;
    this.#key = key;
    this.publicKey = publicKey;
  }

  static generate(random: Random): Promise<EcdhPrivateKey> {
    return EcdhPrivateKey.of(newScalar(random));
  }

  /**
   * @param scalar 32 bytes, big endian
   * @throws {Refused} TRUNCATED, EXTENDED or INVALID_KEY
   */
  static async of(scalar: Uint8Array): Promise<EcdhPrivateKey> {
    requireScalar(ALGORITHM, scalar);
    const own = copyOf(scalar);
    const { privateKey, point } = await pairOf('ECDH', own);
    return new EcdhPrivateKey(own, privateKey, new EcdhPublicKey(point));
  }

  /** The scalar, a copy. */
  toBytes(): Bytes {
    return copyOf(this.#scalar);
  }

  /** The shared secret: the x coordinate, 32 bytes. */
  async agree(other: EcdhPublicKey): Promise<Bytes> {
    const how = { name: 'ECDH', public: await other.imported() };
    return new Uint8Array(await crypto.subtle.deriveBits(how, this.#key, SECRET_BITS));
  }
}
