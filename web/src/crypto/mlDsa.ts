import type { Bytes, Random } from './bytes';
import { nativeMlDsa } from './mlDsaNative';

/** Bytes of a seed, a verification key and a signature. */
export const ML_DSA_SEED_SIZE = 32;
export const ML_DSA_KEY_SIZE = 1952;
export const ML_DSA_SIGNATURE_SIZE = 3309;

/** A signing key of ML-DSA-65 that can be used. */
export interface MlDsaKey {
  /** The verification key, 1952 bytes. */
  readonly encoded: Bytes;
  /** @param random is asked for the hedge of 32 bytes by one that takes its randomness */
  sign(message: Uint8Array, random: Random): Promise<Bytes>;
}

export type MlDsaVerifier = (message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/** ML-DSA-65 (FIPS 204): pure, hedged, with the empty context. */
export interface MlDsa {
  /** @param seed `ξ`, 32 bytes */
  key(seed: Uint8Array): Promise<MlDsaKey>;
  verifier(encoded: Uint8Array): Promise<MlDsaVerifier>;
}

let chosen: Promise<MlDsa> | undefined;

/** The browser's where it has it, else noble's. */
export function mlDsa(): Promise<MlDsa> {
  chosen ??= detected().catch((failure) => {
    // Without a network, and a new release since: the next call tries again.
    chosen = undefined;
    throw failure;
  });
  return chosen;
}

/** Chooses one: for tests, which run with each. */
export function useMlDsa(implementation: MlDsa | undefined): void {
  chosen = implementation && Promise.resolve(implementation);
}

async function detected(): Promise<MlDsa> {
  try {
    const key = await nativeMlDsa.key(new Uint8Array(ML_DSA_SEED_SIZE));
    await nativeMlDsa.verifier(key.encoded);
    return nativeMlDsa;
  } catch {
    return (await import('./mlDsaNoble')).nobleMlDsa;
  }
}
