import type { Bytes } from './bytes';
import { EcdhPublicKey } from './ecdhKeys';
import { EcdsaPublicKey } from './ecdsaKeys';
import type { KeyId } from './keyId';
import { MlDsaPublicKey } from './mlDsaKeys';
import { MlKemPublicKey } from './mlKemKeys';

/** The purpose of a key. Each has one encoding of its public keys, the raw one, of one size. */
export type KeyAlgorithm = 'ECDSA-P256' | 'ML-DSA-65' | 'ECDH-P256' | 'ML-KEM-768';

export interface PublicKey {
  readonly algorithm: KeyAlgorithm;
  readonly id: KeyId;
  /** The raw key. */
  readonly encoded: Bytes;
}

interface Kind {
  /** Bytes of a public key. */
  readonly SIZE: number;
  /** Refused: TRUNCATED, EXTENDED or INVALID_KEY. */
  new (encoded: Uint8Array): PublicKey;
}

/** By the names that stand in a key's `algorithm`. */
export const PUBLIC_KEYS: ReadonlyMap<string, Kind> = new Map<KeyAlgorithm, Kind>([
  ['ECDSA-P256', EcdsaPublicKey],
  ['ML-DSA-65', MlDsaPublicKey],
  ['ECDH-P256', EcdhPublicKey],
  ['ML-KEM-768', MlKemPublicKey],
]);
