import { type Bytes, copyOf, isSame, type Random } from './bytes';
import { EcdsaPrivateKey, type EcdsaPublicKey } from './ecdsaKeys';
import type { Hash } from './hash';
import { MlDsaPrivateKey, type MlDsaPublicKey } from './mlDsaKeys';
import { lp } from './transcript';

const LABEL = 'QuantChat-identity';

export type SignatureAlgorithm = 'ECDSA-P256-SHA256' | 'ML-DSA-65';

/** Who somebody is: both keys that sign for them, also where a suite uses only one. */
export class Identity {
  readonly ecdsa: EcdsaPublicKey;
  readonly mlDsa: MlDsaPublicKey;
  /** Every message is bound to two. */
  readonly #fingerprints = new Map<Hash, Bytes>();

  constructor(ecdsa: EcdsaPublicKey, mlDsa: MlDsaPublicKey) {
    this.ecdsa = ecdsa;
    this.mlDsa = mlDsa;
  }

  key(algorithm: SignatureAlgorithm): EcdsaPublicKey | MlDsaPublicKey {
    return algorithm === 'ML-DSA-65' ? this.mlDsa : this.ecdsa;
  }

  equals(other: Identity): boolean {
    return (
      isSame(this.ecdsa.encoded, other.ecdsa.encoded) &&
      isSame(this.mlDsa.encoded, other.mlDsa.encoded)
    );
  }

  /** FP, 32 bytes. */
  fingerprint(hash: Hash): Bytes {
    let fingerprint = this.#fingerprints.get(hash);
    if (fingerprint === undefined) {
      fingerprint = hash.of(lp(LABEL, this.ecdsa.encoded, this.mlDsa.encoded));
      this.#fingerprints.set(hash, fingerprint);
    }
    return copyOf(fingerprint);
  }
}

/** The private parts of an identity. */
export class IdentityKeys {
  readonly ecdsa: EcdsaPrivateKey;
  readonly mlDsa: MlDsaPrivateKey;
  readonly identity: Identity;

  constructor(ecdsa: EcdsaPrivateKey, mlDsa: MlDsaPrivateKey) {
    this.ecdsa = ecdsa;
    this.mlDsa = mlDsa;
    this.identity = new Identity(ecdsa.publicKey, mlDsa.publicKey);
  }

  static async generate(random: Random): Promise<IdentityKeys> {
    const ecdsa = await EcdsaPrivateKey.generate(random);
    return new IdentityKeys(ecdsa, await MlDsaPrivateKey.generate(random));
  }

  sign(algorithm: SignatureAlgorithm, message: Uint8Array, random: Random): Promise<Bytes> {
    return algorithm === 'ML-DSA-65' ? this.mlDsa.sign(message, random) : this.ecdsa.sign(message);
  }
}
