import 'fake-indexeddb/auto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { forceCloseDatabase } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, expect, it, vi } from 'vitest';
import { CONTRACT_SCHEMA, contract } from './contract';
import { IndexedDbStore, type StoreOptions } from './indexedDbStore';
import { RowCipher } from './rowCipher';
import type { StoreError } from './store';

const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
  'encrypt',
  'decrypt',
]);
let databases = 0;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function options(more: Partial<StoreOptions> = {}): StoreOptions {
  const name = `test-${++databases}`;
  return { name, schema: CONTRACT_SCHEMA, migrations: [], key, ...more };
}

contract('IndexedDbStore', () => IndexedDbStore.open(options()));

const put = (id: string, more: object = {}) =>
  ({ op: 'put', table: 'notes', row: { id, ...more } }) as const;

it('commits with strict durability', async () => {
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const store = await IndexedDbStore.open(options());
  await store.commit([put('a')]);
  expect(transaction).toHaveBeenLastCalledWith(['notes', 'writer'], 'readwrite', {
    durability: 'strict',
  });
});

it('holds nothing of what it has committed', async () => {
  const sealed: WeakRef<object>[] = [];
  const store = await IndexedDbStore.open(options());
  const { seal } = RowCipher.prototype;
  // No spy: that would hold all that was returned.
  RowCipher.prototype.seal = async function (...of) {
    const record = await seal.apply(this, of);
    sealed.push(new WeakRef(record));
    return record;
  };
  try {
    for (let at = 0; at < 20; at++) {
      await Promise.all([store.commit([put(`a${at}`)]), store.commit([put(`b${at}`)])]);
    }
  } finally {
    RowCipher.prototype.seal = seal;
  }
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  // References that were made in this turn are kept until the next one.
  await new Promise((resolve) => setTimeout(resolve));
  collect();

  expect(sealed).toHaveLength(40);
  // The last ones may be on the stack still.
  expect(sealed.slice(0, 30).filter((it) => it.deref() !== undefined)).toEqual([]);
});

it('begins one transaction for reads that are asked for together, and one for those meanwhile', async () => {
  const store = await IndexedDbStore.open(options());
  await store.commit([put('a', { n: 1, bytes: new Uint8Array([1, 2]) }), put('b', { n: 2 })]);
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const decrypt = vi.spyOn(crypto.subtle, 'decrypt');

  const first = Promise.all(['a', 'b', 'none', 'a', 'a'].map((id) => store.get('notes', id)));
  await Promise.resolve();
  const second = store.get('notes', 'b');
  const third = store.get('notes', 'a');
  const rows = await first;

  expect(rows.map((it) => it?.n)).toEqual([1, 2, undefined, 1, 1]);
  const [own] = rows;
  (own as { bytes: Uint8Array }).bytes.fill(0);
  expect(rows[3]?.bytes).toEqual(new Uint8Array([1, 2]));
  expect((await second)?.n).toBe(2);
  expect((await third)?.n).toBe(1);
  expect(transaction).toHaveBeenCalledTimes(2);
  expect(decrypt).toHaveBeenCalledTimes(4);
});

it('reads what was committed, though a read of before is still on its way', async () => {
  const store = await IndexedDbStore.open(options());
  await store.commit([put('a', { n: 0 })]);
  for (let n = 1; n <= 20; n++) {
    const before = Promise.all([store.get('notes', 'a'), store.get('notes', 'b')]);
    await store.commit([put('a', { n })]);
    expect((await store.get('notes', 'a'))?.n).toBe(n);
    await before;
  }
});

it('refuses what is no key, or damaged, to who asked for it and nobody else', async () => {
  const same = options();
  const store = await IndexedDbStore.open(same);
  await store.commit([put('a', { n: 1 }), put('b', { n: 2 })]);
  store.close();
  const raw = await openDB(same.name);
  const row = await raw.get('notes', ['b']);
  row.s[20] ^= 1;
  await raw.put('notes', row);
  raw.close();
  const again = await IndexedDbStore.open(same);

  const [bad, damaged, alsoDamaged, good] = await Promise.allSettled([
    again.get('notes', [Number.NaN]),
    again.get('notes', 'b'),
    again.get('notes', 'b'),
    again.get('notes', 'a'),
  ]);

  expect(bad).toMatchObject({ status: 'rejected' });
  expect(damaged).toMatchObject({ status: 'rejected', reason: { code: 'damaged' } });
  expect(alsoDamaged).toMatchObject({ status: 'rejected', reason: { code: 'damaged' } });
  expect(good).toMatchObject({ status: 'fulfilled', value: { n: 1 } });
});

it('writes nothing for who was there before another opened it', async () => {
  const same = options();
  const former = await IndexedDbStore.open(same);
  await former.commit([put('a')]);
  const next = await IndexedDbStore.open(same);

  await expect(former.commit([put('b'), put('c')])).rejects.toMatchObject({ code: 'taken' });

  await next.commit([put('d')]);
  expect((await next.list('notes')).map(({ id }) => id)).toEqual(['a', 'd']);
});

it('commits in the order of the calls, however long sealing takes', async () => {
  const store = await IndexedDbStore.open(options());
  let goOn: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const real = crypto.subtle.encrypt.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementationOnce(async (...given) => {
    await held;
    return real(...given);
  });
  const order: string[] = [];
  const first = store.commit([put('n', { text: 'first' })]).then(() => order.push('first'));
  await expect(store.commit([put('n', { text: 1n })])).rejects.toThrow(TypeError);
  const second = store.commit([put('n', { text: 'second' })]).then(() => order.push('second'));
  // Time enough for what doesn't wait.
  await store.count('notes');
  await store.count('notes');
  goOn();
  await Promise.all([first, second]);

  expect(order).toEqual(['first', 'second']);
  expect(await store.get('notes', 'n')).toMatchObject({ text: 'second' });
});

it('leaves nothing but keys and index fields in clear', async () => {
  const opening = options();
  const store = await IndexedDbStore.open(opening);
  await store.commit([put('the-id', { time: 7, text: 'secret', bytes: new Uint8Array([1]) })]);

  const raw = await openDB(opening.name);
  const record = await raw.get('notes', ['the-id']);
  expect(record).toEqual({ k: ['the-id'], i: { byTime: [7] }, s: expect.any(Uint8Array) });
  expect(new TextDecoder().decode(record.s)).not.toContain('secret');
  raw.close();
});

it.each([
  ['its key', (record) => ({ ...record, k: ['b'] })],
  ['an index entry', (record) => ({ ...record, i: { byTime: [8] } })],
  ['a byte', (record) => ({ ...record, s: record.s.map((it, at) => (at === 20 ? it ^ 1 : it)) })],
  ['its length', (record) => ({ ...record, s: record.s.slice(0, 5) })],
  ['everything', (record) => ({ k: record.k })],
] satisfies [string, (record: { k: string[]; i: object; s: Uint8Array }) => object][])(
  'notices a row with %s changed',
  async (_what, alter) => {
    const opening = options();
    const store = await IndexedDbStore.open(opening);
    await store.commit([put('a', { time: 7 })]);
    const raw = await openDB(opening.name);
    const record = await raw.get('notes', ['a']);
    await raw.clear('notes');
    await raw.put('notes', alter(record));
    raw.close();

    await expect(store.list('notes')).rejects.toMatchObject({ code: 'damaged' });
    expect(await store.list('notes', { damaged: 'mark' })).toEqual([
      expect.objectContaining({ id: expect.any(String), damaged: true }),
    ]);
  },
);

it('notices a row of another table, another database and another key', async () => {
  const one = options();
  const other = options();
  const from = await IndexedDbStore.open(one);
  const to = await IndexedDbStore.open(other);
  await from.commit([put('a')]);
  const source = await openDB(one.name);
  const record = await source.get('notes', ['a']);
  await source.put('lines', record);
  source.close();
  const target = await openDB(other.name);
  await target.put('notes', record);
  target.close();

  await expect(from.get('lines', 'a')).rejects.toMatchObject({ code: 'damaged' });
  await expect(to.get('notes', 'a')).rejects.toMatchObject({ code: 'damaged' });
  from.close();
  const foreign = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'decrypt',
  ]);
  const read = await IndexedDbStore.open({ ...one, key: foreign });
  await expect(read.get('notes', 'a')).rejects.toMatchObject({ code: 'damaged' });
});

it('stores nothing where there is no room, and goes on when there is', async () => {
  const store = await IndexedDbStore.open(options());
  const real = IDBObjectStore.prototype.put;
  const refuse = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    value,
  ) {
    if ((value as { k: string[] }).k[0] === 'b') {
      throw new DOMException('no room', 'QuotaExceededError');
    }
    return real.call(this, value);
  });
  await expect(store.commit([put('a'), put('b')])).rejects.toMatchObject({ code: 'full' });
  refuse.mockRestore();

  expect(await store.count('notes')).toBe(0);
  await store.commit([put('b')]);
  expect(await store.count('notes')).toBe(1);
});

it('says that it is full where the room runs out at the end', async () => {
  const store = await IndexedDbStore.open(options());
  const real = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (
    this: IDBDatabase,
    ...given
  ) {
    const transaction = real.apply(this, given);
    Object.defineProperty(transaction, 'error', {
      value: new DOMException('no room', 'QuotaExceededError'),
    });
    queueMicrotask(() => queueMicrotask(() => transaction.abort()));
    return transaction;
  });
  await expect(store.commit([put('a'), put('b')])).rejects.toMatchObject({ code: 'full' });
  expect(await store.count('notes')).toBe(0);
});

it('lets go when its database is deleted, and says so', async () => {
  const lost = vi.fn();
  const opening = options({ lost });
  const store = await IndexedDbStore.open(opening);
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(opening.name);
    request.onsuccess = resolve;
    request.onblocked = reject;
  });

  expect(lost).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'gone' }));
  await expect(store.commit([put('a')])).rejects.toMatchObject({ code: 'gone' });
});

it('says that the browser closed it under way', async () => {
  const opened = vi.spyOn(IDBFactory.prototype, 'open');
  let tell: (error: StoreError) => void = () => {};
  const told = new Promise<StoreError>((resolve) => {
    tell = resolve;
  });
  const store = await IndexedDbStore.open(options({ lost: tell }));
  const request = opened.mock.results[0]?.value as IDBOpenDBRequest;
  forceCloseDatabase(request.result as never);

  expect(await told).toMatchObject({ code: 'gone' });
  await expect(store.get('notes', 'a')).rejects.toMatchObject({ code: 'gone' });
});

it('gives way to a newer release, and opens nothing newer', async () => {
  const lost = vi.fn();
  const opening = options({ lost });
  const store = await IndexedDbStore.open(opening);
  const newer = await IndexedDbStore.open({ ...opening, migrations: [{}] });

  expect(lost).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'newer' }));
  await expect(store.get('notes', 'a')).rejects.toMatchObject({ code: 'newer' });
  await expect(IndexedDbStore.open(opening)).rejects.toMatchObject({ code: 'newer' });
  newer.close();
});

it('says that an older release holds it, and holds nothing when that is over', async () => {
  const opening = options();
  const old = await openDB(opening.name, 1);

  await expect(IndexedDbStore.open({ ...opening, migrations: [{}] })).rejects.toMatchObject({
    code: 'blocked',
  });

  old.close();
  const store = await IndexedDbStore.open({ ...opening, migrations: [{}] });
  await store.commit([put('a')]);
  store.close();
});

it.each(['SecurityError', 'InvalidStateError', 'UnknownError'])(
  'says that nothing can be stored here when opening fails with %s',
  async (name) => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no', name);
    });
    await expect(IndexedDbStore.open(options())).rejects.toMatchObject({ code: 'missing' });
  },
);

it('says that nothing can be stored here where IndexedDB is not there', async () => {
  vi.stubGlobal('indexedDB', undefined);
  await expect(IndexedDbStore.open(options())).rejects.toMatchObject({ code: 'missing' });
});

/** A disk on which nothing can be put until something is deleted alone, and then so many rows. */
function fullDisk(roomOfReserve: number) {
  let room = 0;
  const { put: realPut, delete: realDelete } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...given: Parameters<IDBObjectStore['put']>
  ) {
    if (room === 0) {
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    }
    room--;
    return realPut.apply(this, given);
  });
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (
    this: IDBObjectStore,
    key: IDBValidKey | IDBKeyRange,
  ) {
    if (JSON.stringify(key) === '["reserve"]') {
      room = roomOfReserve;
    }
    return realDelete.call(this, key);
  });
}

it('without room is opened to be read, and to delete from by its reserve', async () => {
  const same = options();
  const former = await IndexedDbStore.open(same);
  await former.commit([put('a'), put('b'), put('c')]);
  fullDisk(2);
  const store = await IndexedDbStore.open(same);

  expect(await store.count('notes')).toBe(3);
  await expect(store.commit([put('d')])).rejects.toMatchObject({ code: 'full' });
  await store.commit([{ op: 'delete', table: 'notes', key: 'a' }, put('b')], true);

  expect((await store.list('notes')).map(({ id }) => id)).toEqual(['b', 'c']);
  await expect(former.commit([put('e')])).rejects.toMatchObject({ code: 'taken' });
  // What the deletion has left is for the next one, not for messages.
  await expect(store.commit([put('f')])).rejects.toMatchObject({ code: 'full' });
  vi.restoreAllMocks();
  await store.commit([put('f')]);
  expect(await store.count('notes')).toBe(3);
});

it('without room is left to who has opened it since', async () => {
  const same = options();
  const first = await IndexedDbStore.open(same);
  await first.commit([put('a')]);
  fullDisk(2);
  const waiting = await IndexedDbStore.open(same);
  vi.restoreAllMocks();
  const next = await IndexedDbStore.open(same);

  await expect(
    waiting.commit([{ op: 'delete', table: 'notes', key: 'a' }], true),
  ).rejects.toMatchObject({ code: 'taken' });
  expect(await next.count('notes')).toBe(1);
});
