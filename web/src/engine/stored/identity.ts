import { EcdsaPrivateKey, IdentityKeys, MlDsaPrivateKey } from '../../crypto';
import { identityChange } from '../account/storedAccount';
import type { Reads, Transaction } from '../transaction';
import { keepValue, valueNamed } from './state';

/** The account's own identity, if it is here. */
export async function identity(reads: Reads): Promise<IdentityKeys | undefined> {
  const kept = await valueNamed(reads, 'identity');
  return (
    kept &&
    new IdentityKeys(await EcdsaPrivateKey.of(kept.ecdsa), await MlDsaPrivateKey.of(kept.mlDsa))
  );
}

/** Keeps an identity, and that it is here from now on. */
export function keepIdentity(transaction: Transaction, keys: IdentityKeys): void {
  keepValue(transaction, 'identity', {
    ecdsa: keys.ecdsa.toBytes(),
    mlDsa: keys.mlDsa.toBytes(),
  });
  transaction.apply([identityChange('here')]);
}

/**
 * Keeps an identity that an account file brought: before anything goes out with it, nothing is used
 * that another program may have used, and what came since is asked for.
 */
export function keepCopiedIdentity(transaction: Transaction, keys: IdentityKeys): void {
  keepIdentity(transaction, keys);
  keepValue(transaction, 'copied', true);
}
