import { randomBytes, randomUUID } from 'node:crypto';
import {
  Bundle,
  Capabilities,
  EcdhPrivateKey,
  IdentityKeys,
  KeySet,
  ListedKey,
  MlKemPrivateKey,
  OneTimeKeys,
  PrekeyBatch,
  SignedBundle,
} from '../../../crypto';

const random = (size: number) => new Uint8Array(randomBytes(size));

/** A new identity, with the first bundle that it signs. */
export async function newKeys(userId: string) {
  const created = Date.now();
  const identity = await IdentityKeys.generate(random);
  const keys = [
    identity.ecdsa,
    identity.mlDsa,
    await EcdhPrivateKey.generate(random),
    await MlKemPrivateKey.generate(random),
  ].map((key) => ListedKey.of(key.publicKey, created, 'active'));
  const bundle = new Bundle({
    userId,
    version: 1,
    created,
    expires: created + Bundle.LONGEST_LIFE,
    capabilities: Capabilities.ofThisProgram(),
    keys: new KeySet(keys),
  });
  return { identity, bundle: await SignedBundle.sign(bundle, identity, random) };
}

/** One-time prekeys that it signs. */
export async function newPrekeys(userId: string, identity: IdentityKeys, count: number) {
  const pairs = await Promise.all(
    Array.from({ length: count }, () => OneTimeKeys.generate(random)),
  );
  const prekeys = pairs.map((pair) => pair.prekey);
  const batch = { userId, batchId: randomUUID(), created: Date.now(), prekeys };
  return PrekeyBatch.sign(batch, identity, random);
}
