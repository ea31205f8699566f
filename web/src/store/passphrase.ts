import { derive } from './argon2';
import { storeError } from './faults';
import { StoreError } from './store';
import type { Argon2Cost } from './vault';

const MOST_MEMORY_KIB = 1024 * 1024;
const MOST_ITERATIONS = 64;
const MOST_LANES = 64;
/** KiB, once for each iteration: what takes seconds, and not hours. */
const MOST_WORK = 4 * MOST_MEMORY_KIB;

/**
 * The key that wraps the data key.
 *
 * @throws StoreError `broken_text`, or `locked` without the memory that it takes
 */
export async function derived(
  passphrase: string,
  salt: Uint8Array,
  cost: Argon2Cost,
): Promise<CryptoKey> {
  const secret = passphraseBytes(passphrase);
  const bytes = await derive(secret, salt, cost).catch((error: unknown) => {
    throw new StoreError(
      'locked',
      'There is too little memory to open what is stored here. Close other tabs, then try again.',
      { cause: error },
    );
  });
  secret.fill(0);
  const key = await crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, [
    'wrapKey',
    'unwrapKey',
  ]);
  bytes.fill(0);
  return key;
}

/** @throws StoreError `damaged` where trying would take hours */
export function bounded(cost: Argon2Cost): Argon2Cost {
  if (!isBounded(cost)) {
    throw storeError('damaged');
  }
  return cost;
}

/** Whether trying a passphrase takes seconds, and not hours. */
export function isBounded({ memoryKib, iterations, lanes }: Argon2Cost): boolean {
  return (
    [memoryKib, iterations, lanes].every(Number.isInteger) &&
    lanes >= 1 &&
    lanes <= MOST_LANES &&
    iterations >= 1 &&
    iterations <= MOST_ITERATIONS &&
    memoryKib >= 8 * lanes &&
    memoryKib <= MOST_MEMORY_KIB &&
    memoryKib * iterations <= MOST_WORK
  );
}

/**
 * NFKC: the same passphrase from every keyboard.
 *
 * @throws StoreError `broken_text` for one with half of a character in it
 */
export function passphraseBytes(passphrase: string): Uint8Array {
  if (/\p{Surrogate}/u.test(passphrase)) {
    throw storeError('broken_text');
  }
  return new TextEncoder().encode(passphrase.normalize('NFKC'));
}
