import type { Bundle } from './bundle';
import type { MaybePromise } from './bytes';
import type { EcdhPrivateKey } from './ecdhKeys';
import type { MessageKey } from './envelope';
import type { RecipientSecrets } from './keyAgreement';
import type { KeyId } from './keyId';
import type { KeyStatus } from './listedKey';
import type { MlKemPrivateKey } from './mlKemKeys';
import type { OneTimeKeys } from './oneTimeKeys';
import { Refused, require } from './refused';
import { type PrekeyIds, SESSION_KEY_FIELD } from './sessionKey';

/** A private key, and where it is in its life. */
export interface Held<K> {
  readonly key: K;
  readonly status: KeyStatus;
}

/** The keys that a recipient keeps. */
export interface Keyring {
  /**
   * One of the recipient's own bundles, by its version; each is kept until the last message to it
   * can have come.
   */
  bundle(version: number): MaybePromise<Bundle | undefined>;
  /** A signed prekey's private part; none once it was deleted. */
  signedPrekey(id: KeyId): MaybePromise<Held<EcdhPrivateKey> | undefined>;
  /** A last-resort key's private part; none once it was deleted. */
  lastResort(id: KeyId): MaybePromise<Held<MlKemPrivateKey> | undefined>;
  /** A one-time prekey's private parts; none once it has opened a message. */
  oneTime(id: KeyId): MaybePromise<OneTimeKeys | undefined>;
  /**
   * Whether the recipient has revoked a prekey of a bundle whose private part is gone: a message to
   * it is refused for that, and not as one to a key that never was.
   */
  isRevoked(id: KeyId): MaybePromise<boolean>;
  /** Whether a message was received and settled before. */
  hasReceived(message: MessageKey): MaybePromise<boolean>;
}

/**
 * Takes the private parts of the prekeys that a message names.
 *
 * @param own the bundle that its sender says it had
 * @throws {Refused} UNKNOWN_PREKEY, REVOKED_KEY, or WRONG_KEY for a last-resort key that the bundle
 *     doesn't list
 */
export async function recipientSecrets(
  keyring: Keyring,
  ids: PrekeyIds,
  own: Bundle,
): Promise<RecipientSecrets> {
  const id = ids.signedPrekey;
  const signedPrekey = await usable(keyring, id, await keyring.signedPrekey(id), 'spk');
  if (ids.oneTime !== undefined) {
    const pair = await keyring.oneTime(ids.oneTime);
    require(pair !== undefined, 'UNKNOWN_PREKEY', `${SESSION_KEY_FIELD}opk`);
    return {
      signedPrekey,
      oneTime: pair.ecdh,
      kem: ids.kem === undefined ? undefined : pair.mlKem,
    };
  }
  if (ids.kem === undefined) {
    return { signedPrekey, oneTime: undefined, kem: undefined };
  }
  require(own.keys.find(ids.kem) !== undefined, 'WRONG_KEY', `${SESSION_KEY_FIELD}kem_key`);
  const held = await keyring.lastResort(ids.kem);
  const kem = await usable(keyring, ids.kem, held, 'kem_key');
  return { signedPrekey, oneTime: undefined, kem };
}

async function usable<K>(
  keyring: Keyring,
  id: KeyId,
  held: Held<K> | undefined,
  member: string,
): Promise<K> {
  const isRevoked = held ? held.status === 'revoked' : await keyring.isRevoked(id);
  require(!isRevoked, 'REVOKED_KEY', SESSION_KEY_FIELD + member);
  if (held === undefined) {
    throw new Refused('UNKNOWN_PREKEY', SESSION_KEY_FIELD + member);
  }
  return held.key;
}
