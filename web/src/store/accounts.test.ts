import 'fake-indexeddb/auto';
import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Accounts } from './accounts';
import { databaseOf, IndexedDbStore } from './indexedDbStore';
import type { Schema } from './store';
import { RECOMMENDED } from './vault';

/** Nothing that anybody would wait for. */
const CHEAP = { memoryKib: 32, iterations: 1, lanes: 4 };
const SCHEMA: Schema = { notes: { key: ['id'], indexes: {} } };

beforeEach(() => {
  vi.stubGlobal('indexedDB', new FakeFactory());
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const open = () => Accounts.open({ cost: CHEAP });

async function storeOf(userId: string, key: CryptoKey): Promise<IndexedDbStore> {
  return IndexedDbStore.open({ name: databaseOf(userId), schema: SCHEMA, migrations: [], key });
}

/** Whether the key opens what `write` has left. */
async function canRead(userId: string, key: CryptoKey): Promise<boolean> {
  const store = await storeOf(userId, key);
  try {
    return (await store.get('notes', 'a'))?.text === 'kept';
  } finally {
    store.close();
  }
}

async function write(userId: string, key: CryptoKey): Promise<void> {
  const store = await storeOf(userId, key);
  await store.commit([{ op: 'put', table: 'notes', row: { id: 'a', text: 'kept' } }]);
  store.close();
}

it('opens what it sealed in the next program, without a passphrase', async () => {
  const accounts = await open();
  await write('u', await accounts.create('u', 'u@example.org'));
  await accounts.setCurrent('u');
  accounts.close();

  const next = await open();
  const account = { userId: 'u', email: 'u@example.org', hasPassphrase: false };
  expect(await next.current()).toEqual(account);
  expect(await next.all()).toEqual([account]);
  const key = await next.unlock('u');
  expect(key.extractable).toBe(false);
  expect(await canRead('u', key)).toBe(true);
});

it('sets, changes and takes off a passphrase over the same rows', async () => {
  const accounts = await open();
  await write('u', await accounts.create('u', 'u@example.org'));

  await accounts.changePassphrase('u', undefined, 'first');
  expect((await accounts.all())[0]?.hasPassphrase).toBe(true);
  await expect(accounts.unlock('u')).rejects.toMatchObject({ code: 'locked' });
  await expect(accounts.unlock('u', 'First')).rejects.toMatchObject({ code: 'wrong_passphrase' });
  await accounts.changePassphrase('u', 'first', 'ﬁrst ①');
  await expect(accounts.unlock('u', 'first')).rejects.toMatchObject({ code: 'wrong_passphrase' });
  // Typed on another keyboard: the same by NFKC.
  expect(await canRead('u', await accounts.unlock('u', 'first 1'))).toBe(true);
  await expect(accounts.changePassphrase('u', 'x', undefined)).rejects.toMatchObject({
    code: 'wrong_passphrase',
  });
  await expect(accounts.changePassphrase('u', undefined, 'x')).rejects.toMatchObject({
    code: 'locked',
  });
  await accounts.changePassphrase('u', 'first 1', undefined);
  expect(await canRead('u', await accounts.unlock('u'))).toBe(true);
});

it('refuses a passphrase with half of a character in it, and keeps the former', async () => {
  const accounts = await open();
  await accounts.create('u', 'u@example.org', 'first');
  await expect(accounts.changePassphrase('u', 'first', 'a\ud800')).rejects.toMatchObject({
    code: 'broken_text',
  });
  await accounts.unlock('u', 'first');
  await expect(accounts.create('v', 'v@example.org', '\udc00')).rejects.toMatchObject({
    code: 'broken_text',
  });
});

it('derives as Argon2id does: the vector of RFC 9106 without its secret and data', async () => {
  const { derive } = await import('./argon2');
  const cost = { memoryKib: 32, iterations: 3, lanes: 4 };
  const tag = await derive(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), cost);
  // As the reference implementation and Bouncy Castle give it.
  expect(Buffer.from(tag).toString('hex')).toBe(
    '03aab965c12001c9d7d0d2de33192c0494b684bb148196d73c1df1acaf6d0c2e',
  );
  expect(RECOMMENDED).toEqual({ memoryKib: 65536, iterations: 3, lanes: 4 });
});

it.each([
  { memoryKib: 2 ** 31, iterations: 1, lanes: 1 },
  { memoryKib: 1024 * 1024, iterations: 5, lanes: 1 },
  { memoryKib: 8, iterations: 1, lanes: 4 },
  { memoryKib: 32, iterations: 65, lanes: 4 },
  { memoryKib: 32.5, iterations: 1, lanes: 4 },
])('refuses a cost that somebody put in its place: %j', async (cost) => {
  const accounts = await open();
  await accounts.create('u', 'u@example.org', 'first');
  const raw = await openDB('quantchat');
  const record = await raw.get('accounts', 'u');
  await raw.put('accounts', { ...record, vault: { ...record.vault, cost } });
  raw.close();

  await expect(accounts.unlock('u', 'first')).rejects.toMatchObject({ code: 'damaged' });
});

it('takes no account for another', async () => {
  const accounts = await open();
  await accounts.create('u', 'u@example.org');
  await accounts.create('v', 'v@example.org');
  const raw = await openDB('quantchat');
  const record = await raw.get('accounts', 'v');
  await raw.put('accounts', { ...record, userId: 'u' });
  raw.close();

  await expect(accounts.unlock('u')).rejects.toMatchObject({ code: 'damaged' });
  await expect(accounts.unlock('w')).rejects.toMatchObject({ code: 'gone' });
  await expect(accounts.create('u', 'u@example.org')).rejects.toMatchObject({ code: 'exists' });
});

it('deletes all of one account, also what another tab holds, and of no other', async () => {
  const accounts = await open();
  const key = await accounts.create('u', 'u@example.org');
  await write('u', key);
  await write('v', await accounts.create('v', 'v@example.org'));
  await accounts.setCurrent('u');
  const held = await storeOf('u', key);

  await accounts.deleteStored('u');
  await accounts.deleteStored('nobody');

  expect(await accounts.current()).toBeUndefined();
  expect((await accounts.all()).map((it) => it.userId)).toEqual(['v']);
  expect((await indexedDB.databases()).map((it) => it.name)).not.toContain('quantchat-u');
  await expect(held.get('notes', 'a')).rejects.toMatchObject({ code: 'gone' });
  expect(await canRead('v', await accounts.unlock('v'))).toBe(true);
});

it('leaves a deletion that a tab holds up to the next start', async () => {
  const accounts = await open();
  await write('u', await accounts.create('u', 'u@example.org'));
  // A tab that doesn't let go.
  const holding = await openDB('quantchat-u');

  await accounts.deleteStored('u');

  expect(await accounts.all()).toEqual([]);
  await expect(accounts.unlock('u')).rejects.toMatchObject({ code: 'gone' });
  await expect(accounts.create('u', 'u@example.org')).rejects.toMatchObject({ code: 'blocked' });
  accounts.close();
  holding.close();
  const next = await open();
  expect(await next.all()).toEqual([]);
  expect((await indexedDB.databases()).map((it) => it.name)).not.toContain('quantchat-u');
  await next.create('u', 'u@example.org');
});

/** Ends the program at its nth write from now on; gives back how many it would have been. */
function endAt(count: number): () => number {
  let writes = 0;
  for (const method of ['put', 'delete'] as const) {
    const real = IDBObjectStore.prototype[method];
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
      this: IDBObjectStore,
      ...given: unknown[]
    ) {
      if (++writes > count) {
        this.transaction.abort();
        throw new DOMException('ended', 'AbortError');
      }
      return Reflect.apply(real, this, given);
    });
  }
  return () => writes;
}

it.each([
  ['set', undefined, 'new'],
  ['changed', 'old', 'new'],
  ['taken off', 'old', undefined],
] as const)(
  'opens with the old or the new passphrase where one is %s and the program ends',
  async (_what, old, next) => {
    for (let steps = 0; ; steps++) {
      const userId = `u${steps}`;
      const accounts = await open();
      await write(userId, await accounts.create(userId, 'u@example.org', old));
      const written = endAt(steps);
      const changed = await accounts.changePassphrase(userId, old, next).then(
        () => true,
        () => false,
      );
      const isWhole = written() <= steps;
      vi.restoreAllMocks();
      accounts.close();

      const later = await open();
      const key = await later.unlock(userId, changed ? next : old);
      expect(await canRead(userId, key)).toBe(true);
      later.close();
      if (isWhole) {
        expect(changed).toBe(true);
        break;
      }
    }
  },
);

it('never leaves a deleted account half there, wherever the program ends', async () => {
  for (let steps = 0; ; steps++) {
    const userId = `u${steps}`;
    const accounts = await open();
    await write(userId, await accounts.create(userId, 'u@example.org'));
    await accounts.setCurrent(userId);
    const written = endAt(steps);
    await accounts.deleteStored(userId).catch(() => {});
    const isWhole = written() <= steps;
    vi.restoreAllMocks();
    accounts.close();

    const later = await open();
    const left = await later.current();
    if (left) {
      expect(await canRead(userId, await later.unlock(userId))).toBe(true);
    } else {
      const names = (await indexedDB.databases()).map((it) => it.name);
      expect(names).not.toContain(databaseOf(userId));
    }
    later.close();
    if (isWhole) {
      expect(left).toBeUndefined();
      break;
    }
  }
});
