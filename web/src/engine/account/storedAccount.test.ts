import { describe, expect, it } from 'vitest';
import { MemoryDisk, MemoryStore } from '../../store/memory';
import { identityChange, StoredAccount } from './storedAccount';
import { ACCOUNT_TABLES } from './tables';

const ADA = {
  userId: '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21',
  email: 'ada@example.com',
  username: 'ada',
  fullName: 'Ada Lovelace',
  emailVerified: true,
};
const GRACE = { ...ADA, userId: '3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40' };
const TOKENS = { access: 'a', refresh: 'r', expires: 7 };

function setUp() {
  const disk = new MemoryDisk();
  const store = new MemoryStore(ACCOUNT_TABLES, disk);
  const again = () => new StoredAccount(new MemoryStore(ACCOUNT_TABLES, disk));
  return { store, stored: new StoredAccount(store), again };
}

describe('what is stored of the account', () => {
  it('is nothing at first', async () => {
    const { stored } = setUp();

    expect([await stored.account(), await stored.tokens(), await stored.identity()]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is there at the next start', async () => {
    const { stored, again } = setUp();
    await stored.opened(ADA, TOKENS, 'elsewhere');

    expect([await again().account(), await again().tokens(), await again().identity()]).toEqual([
      ADA,
      TOKENS,
      'elsewhere',
    ]);
  });

  it('is all there or not at all, wherever the program ends', async () => {
    for (const kill of ['before', 'after'] as const) {
      const { store, stored, again } = setUp();
      store.at(1, { kill });

      await stored.opened(ADA, TOKENS, 'elsewhere').catch(() => undefined);

      const there = [await again().account(), await again().tokens(), await again().identity()];
      expect(new Set(there.map((it) => it === undefined)).size).toBe(1);
    }
  });

  it("never becomes another account's", async () => {
    const { stored } = setUp();
    await stored.opened(ADA, TOKENS, 'free');

    await expect(stored.opened(GRACE, TOKENS, 'free')).rejects.toMatchObject({ code: 'damaged' });
    await expect(stored.keepAccount(GRACE)).rejects.toMatchObject({ code: 'damaged' });
    expect(await stored.account()).toEqual(ADA);
  });

  it('has no tokens any more once they are forgotten, and all else', async () => {
    const { stored, again } = setUp();
    await stored.opened(ADA, TOKENS, 'here');
    await stored.forget();

    expect(await again().tokens()).toBeUndefined();
    expect(await again().account()).toEqual(ADA);
    expect(await again().identity()).toBe('here');
  });

  it('learns where the identity is with the keys that are committed', async () => {
    const { store, stored, again } = setUp();
    await stored.opened(ADA, TOKENS, 'elsewhere');
    await store.commit([identityChange('here')]);

    expect(await again().identity()).toBe('here');
  });

  it('that no program of ours has written is no account', async () => {
    const { store, stored } = setUp();
    await store.commit([
      { op: 'put', table: 'account', row: { name: 'owner', userId: 'ada' } },
      { op: 'put', table: 'account', row: { name: 'tokens', access: 7 } },
      { op: 'put', table: 'account', row: { name: 'identity', place: 'moon' } },
    ]);

    await expect(stored.account()).rejects.toMatchObject({ code: 'damaged' });
    expect(await stored.tokens()).toBeUndefined();
    expect(await stored.identity()).toBeUndefined();
  });
});
