import type { Bytes, Random } from './bytes';
import { nativeMlKem } from './mlKemNative';

/** A decapsulation key of ML-KEM-768 that can be used. */
export interface MlKemKey {
  /** The encapsulation key, 1184 bytes. */
  readonly encoded: Bytes;
  /** For a forged ciphertext another secret, without a sign of it (FIPS 203 §6.3). */
  decapsulate(ciphertext: Uint8Array): Promise<Bytes>;
}

/** A secret of 32 bytes, and the ciphertext of 1088 that brings it to the owner of the key. */
export interface Encapsulation {
  readonly secret: Bytes;
  readonly ciphertext: Bytes;
}

/** ML-KEM-768 (FIPS 203). */
export interface MlKem {
  /** @param seed `d ‖ z`, 64 bytes */
  key(seed: Uint8Array): Promise<MlKemKey>;
  /** @param random is asked for 32 bytes by an implementation that takes its randomness */
  encapsulate(encoded: Uint8Array, random: Random): Promise<Encapsulation>;
}

let chosen: Promise<MlKem> | undefined;

/** The browser's where it has it, else noble's. */
export function mlKem(): Promise<MlKem> {
  chosen ??= detected().catch((failure) => {
    // Without a network, and a new release since: the next call tries again.
    chosen = undefined;
    throw failure;
  });
  return chosen;
}

/** Chooses one: for tests, which run with each. */
export function useMlKem(implementation: MlKem | undefined): void {
  chosen = implementation && Promise.resolve(implementation);
}

async function detected(): Promise<MlKem> {
  try {
    const key = await nativeMlKem.key(new Uint8Array(64));
    const { ciphertext } = await nativeMlKem.encapsulate(
      key.encoded,
      (size) => new Uint8Array(size),
    );
    await key.decapsulate(ciphertext);
    return nativeMlKem;
  } catch {
    return (await import('./mlKemNoble')).nobleMlKem;
  }
}
