import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EcdhPrivateKey, MlKemPrivateKey } from '../../crypto';
import { MemoryStore } from '../../store/memory';
import { ENGINE_TABLES } from '../tables';
import { Transactions } from '../transaction';
import { OwnBundleStore } from './ownBundles';
import { OwnKeyring, rotate, wipe } from './ownKeys';

const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));

describe('the keyring', () => {
  let keyring: OwnKeyring;
  let transactions: Transactions;
  let signed: EcdhPrivateKey;
  let lastResort: MlKemPrivateKey;

  beforeEach(async () => {
    vi.restoreAllMocks();
    const store = new MemoryStore(ENGINE_TABLES);
    transactions = new Transactions(store, ENGINE_TABLES, {
      complete: async () => {},
      tell: async () => {},
    });
    signed = await EcdhPrivateKey.generate(random);
    lastResort = await MlKemPrivateKey.generate(random);
    await transactions.run((transaction) => rotate(transaction, signed, lastResort, 1));
    keyring = new OwnKeyring(store, new OwnBundleStore());
  });

  it('makes the keys of a bundle once for what comes together, and then lets go of them', async () => {
    const ecdh = vi.spyOn(EcdhPrivateKey, 'of');
    const mlKem = vi.spyOn(MlKemPrivateKey, 'of');
    const take = () =>
      Promise.all(
        [1, 2, 3].flatMap(() => [
          keyring.signedPrekey(signed.publicKey.id),
          keyring.lastResort(lastResort.publicKey.id),
        ]),
      );

    const keys = await take();
    expect(keys.map((it) => it?.key.publicKey.id)).toEqual(
      [1, 2, 3].flatMap(() => [signed.publicKey.id, lastResort.publicKey.id]),
    );
    expect([ecdh, mlKem].map((it) => it.mock.calls.length)).toEqual([1, 1]);

    keyring.rest();
    await take();
    expect([ecdh, mlKem].map((it) => it.mock.calls.length)).toEqual([2, 2]);
  });

  it('has none that is stored no more, and says what it is by now', async () => {
    const { id } = signed.publicKey;
    expect((await keyring.signedPrekey(id))?.status).toBe('active');

    const next = await EcdhPrivateKey.generate(random);
    await transactions.run((transaction) => rotate(transaction, next, lastResort, 2));
    expect((await keyring.signedPrekey(id))?.status).toBe('deprecated');

    await transactions.run(async (transaction) => wipe(transaction));
    expect(await keyring.signedPrekey(id)).toBeUndefined();
  });
});
