import { storeError } from './faults';

/**
 * The random key that seals an account's rows, wrapped (AES-256-GCM) in one of two ways.
 *
 * `device`: by a key that the browser keeps in IndexedDB and doesn't export. Nobody has to type
 * anything. It keeps rows from who gets hold of them alone; it doesn't keep them from script of
 * this page's origin, which can have the browser unwrap with it, nor from who can read the
 * browser's profile on the disk, where the browser keeps that key in clear.
 *
 * `passphrase`: by a key that Argon2id makes of a passphrase. Who reads the disk has to try
 * passphrases. While it is unlocked, script of this origin can still use the key.
 *
 * The data key itself stays the same when the wrapping changes: who has copied it, or a former
 * wrapping with what opened that, can read on. Browsers may keep erased pages on the disk for a
 * while; nothing here can overwrite them.
 */
export type Vault = DeviceVault | PassphraseVault;

interface Wrapped {
  nonce: Uint8Array<ArrayBuffer>;
  wrapped: Uint8Array<ArrayBuffer>;
}

export interface DeviceVault extends Wrapped {
  kind: 'device';
  key: CryptoKey;
}

export interface PassphraseVault extends Wrapped {
  kind: 'passphrase';
  salt: Uint8Array<ArrayBuffer>;
  cost: Argon2Cost;
}

/** What trying a passphrase costs (Argon2id); the bounds are the Java client's. */
export interface Argon2Cost {
  /** 8 for each lane to 1 GiB; times the iterations, to 4 GiB. */
  memoryKib: number;
  iterations: number;
  lanes: number;
}

/** RFC 9106 §4, the second recommended: 64 MiB. */
export const RECOMMENDED: Argon2Cost = { memoryKib: 64 * 1024, iterations: 3, lanes: 4 };

const SALT_SIZE = 16;
const NONCE_SIZE = 12;
const AES = { name: 'AES-GCM', length: 256 } as const;

/** A new data key. @throws StoreError `broken_text` for a passphrase with half of a character in it */
export async function makeVault(
  userId: string,
  passphrase: string | undefined,
  cost: Argon2Cost,
): Promise<Vault> {
  const key = await crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']);
  return wrap(userId, key, passphrase, cost);
}

/**
 * The data key; it can't be exported.
 *
 * @throws StoreError `locked` without a passphrase where there is one, `wrong_passphrase`, or
 *     `damaged` where the device's key doesn't open it or trying would take hours
 */
export function openVault(
  userId: string,
  vault: Vault,
  passphrase: string | undefined,
): Promise<CryptoKey> {
  return unwrap(userId, vault, passphrase, false);
}

/** The same data key, wrapped in another way. Fails as `openVault` and `makeVault`. */
export async function rewrapVault(
  userId: string,
  vault: Vault,
  current: string | undefined,
  next: string | undefined,
  cost: Argon2Cost,
): Promise<Vault> {
  if (next !== undefined) {
    const { passphraseBytes } = await import('./passphrase');
    passphraseBytes(next);
  }
  return wrap(userId, await unwrap(userId, vault, current, true), next, cost);
}

async function wrap(
  userId: string,
  dataKey: CryptoKey,
  passphrase: string | undefined,
  cost: Argon2Cost,
): Promise<Vault> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_SIZE));
  const wrapped = async (key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await crypto.subtle.wrapKey('raw', dataKey, key, parameters(userId, nonce)));
  if (passphrase === undefined) {
    const key = await crypto.subtle.generateKey(AES, false, ['wrapKey', 'unwrapKey']);
    return { kind: 'device', key, nonce, wrapped: await wrapped(key) };
  }
  const salt = crypto.getRandomValues(new Uint8Array(SALT_SIZE));
  const { derived } = await import('./passphrase');
  const key = await derived(passphrase, salt, cost);
  return { kind: 'passphrase', salt, cost, nonce, wrapped: await wrapped(key) };
}

async function unwrap(
  userId: string,
  vault: Vault,
  passphrase: string | undefined,
  extractable: boolean,
): Promise<CryptoKey> {
  if (vault.kind === 'passphrase' && passphrase === undefined) {
    throw storeError('locked');
  }
  const key = vault.kind === 'device' ? vault.key : await keyOf(vault, passphrase ?? '');
  try {
    // The browser compares the tag in constant time; Argon2id took its time before.
    return await crypto.subtle.unwrapKey(
      'raw',
      vault.wrapped,
      key,
      parameters(userId, vault.nonce),
      AES,
      extractable,
      ['encrypt', 'decrypt'],
    );
  } catch (error) {
    throw storeError(vault.kind === 'device' ? 'damaged' : 'wrong_passphrase', error);
  }
}

/** One account's key can't be passed off as another's. */
function parameters(userId: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  const additionalData = new TextEncoder().encode(JSON.stringify(['quantchat vault 1', userId]));
  return { name: 'AES-GCM', iv, additionalData };
}

async function keyOf({ salt, cost }: PassphraseVault, passphrase: string): Promise<CryptoKey> {
  const { bounded, derived } = await import('./passphrase');
  return derived(passphrase, salt, bounded(cost));
}
