import { expect, it } from 'vitest';
import { CONTRACT_SCHEMA, contract } from './contract';
import { MemoryStore } from './memory';

contract('MemoryStore', async () => new MemoryStore(CONTRACT_SCHEMA));

const put = (id: string) => ({ op: 'put', table: 'notes', row: { id } }) as const;

it('fails the commit it is told to, and stores nothing of it', async () => {
  const store = new MemoryStore(CONTRACT_SCHEMA);
  store.at(2, { fail: 'full' });

  await store.commit([put('a')]);
  await expect(store.commit([put('b')])).rejects.toMatchObject({ code: 'full' });
  await store.commit([put('c')]);

  expect((await store.list('notes')).map((it) => it.id)).toEqual(['a', 'c']);
});

it.each([
  ['before', ['a']],
  ['after', ['a', 'b']],
] as const)('ends %s a commit, and leaves its disk to the next', async (kill, left) => {
  const store = new MemoryStore(CONTRACT_SCHEMA);
  await store.commit([put('a')]);
  store.at(1, { kill });

  await expect(store.commit([put('b')])).rejects.toMatchObject({ code: 'gone' });
  await expect(store.get('notes', 'a')).rejects.toMatchObject({ code: 'gone' });

  const next = new MemoryStore(CONTRACT_SCHEMA, store.disk);
  expect((await next.list('notes')).map((it) => it.id)).toEqual(left);
});

it('is down until it is up again', async () => {
  const store = new MemoryStore(CONTRACT_SCHEMA);
  store.down('full');
  await expect(store.list('notes')).rejects.toMatchObject({ code: 'full' });
  store.down();
  expect(await store.list('notes')).toEqual([]);
});

it('has rows that cannot be opened, until they are put again', async () => {
  const store = new MemoryStore(CONTRACT_SCHEMA);
  await store.commit([
    { op: 'put', table: 'notes', row: { id: 'a', time: 7, text: 'lost' } },
    put('b'),
  ]);
  store.damage('notes', 'a');

  await expect(store.get('notes', 'a')).rejects.toMatchObject({ code: 'damaged' });
  await expect(store.list('notes')).rejects.toMatchObject({ code: 'damaged' });
  expect(await store.list('notes', { damaged: 'mark' })).toEqual([
    { id: 'a', time: 7, damaged: true },
    { id: 'b' },
  ]);
  await store.commit([put('a')]);
  expect(await store.get('notes', 'a')).toEqual({ id: 'a' });
});
