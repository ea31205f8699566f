import { Accounts } from '../../src/store/accounts';
import { CONTRACT_SCHEMA, contract } from '../../src/store/contract';
import { databaseOf, IndexedDbStore } from '../../src/store/indexedDbStore';
import type { Change, Row, Schema } from '../../src/store/store';
import { tests } from './vitest';

/** What the tests of the store call in the page. */

const SCHEMA: Schema = { notes: { key: ['id'], indexes: {} } };

async function randomKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Each test's name, and what went wrong. */
async function runContract(): Promise<[string, string | undefined][]> {
  const key = await randomKey();
  contract('IndexedDbStore', async () =>
    IndexedDbStore.open({
      name: `contract-${crypto.randomUUID()}`,
      schema: CONTRACT_SCHEMA,
      migrations: [],
      key,
    }),
  );
  const results: [string, string | undefined][] = [];
  for (const { name, body } of tests) {
    const failure = await body().then(
      () => undefined,
      (error: unknown) => String(error),
    );
    results.push([name, failure]);
  }
  return results;
}

let store: IndexedDbStore | undefined;
let accounts: Accounts | undefined;
const lost: string[] = [];

/** The code of what it fails with, else what it gives. */
async function codeOf<T>(call: () => Promise<T>): Promise<T | string> {
  try {
    return await call();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

async function openAccount(userId: string, passphrase?: string, migrations = 0): Promise<string> {
  return (
    (await codeOf(async () => {
      accounts ??= await Accounts.open();
      const isHere = (await accounts.all()).some((it) => it.userId === userId);
      const key = isHere
        ? await accounts.unlock(userId, passphrase)
        : await accounts.create(userId, 'a@example.org', passphrase);
      store = await IndexedDbStore.open({
        name: databaseOf(userId),
        schema: SCHEMA,
        migrations: Array.from({ length: migrations }, () => ({})),
        key,
        lost: (error) => lost.push(error.code),
      });
      return 'open';
    })) ?? ''
  );
}

async function put(ids: string[], bytes: number): Promise<string> {
  const changes = ids.map((id): Change => {
    const row: Row = { id, filling: new Uint8Array(bytes) };
    return { op: 'put', table: 'notes', row };
  });
  return codeOf(async () => {
    await store?.commit(changes);
    return 'stored';
  });
}

/** As a person deletes something: with a row that says so. */
async function makeRoom(ids: string[]): Promise<string> {
  const deletions = ids.map((key): Change => ({ op: 'delete', table: 'notes', key }));
  const row: Row = { id: 'deleted', ids };
  return codeOf(async () => {
    await store?.commit([...deletions, { op: 'put', table: 'notes', row }], true);
    return 'stored';
  });
}

const page = {
  runContract,
  makeRoom,
  openAccount,
  put,
  count: () => codeOf(async () => (await store?.count('notes')) ?? -1),
  changePassphrase: (userId: string, current: string | undefined, next: string | undefined) =>
    codeOf(async () => accounts?.changePassphrase(userId, current, next)),
  deleteStored: (userId: string) => codeOf(async () => accounts?.deleteStored(userId)),
  lost: () => lost,
};

export type StorePage = typeof page;

Object.assign(globalThis, { page });
