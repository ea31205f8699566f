import { describe, expect, it } from 'vitest';
import type { Row, Schema, Store } from './store';

/** A schema that has all that schemas can have. */
export const CONTRACT_SCHEMA: Schema = {
  notes: { key: ['id'], indexes: { byTime: ['time'], byKind: ['kind', 'time'] } },
  lines: { key: ['chat', 'place'], indexes: {} },
};

const note = (id: string | number, time?: number, more: Row = {}): Row => ({
  id,
  ...(time !== undefined && { time }),
  ...more,
});

/** What every store has to do; `open` gives an empty one. */
export function contract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    it('gives back rows of all kinds of values as they were', async () => {
      const store = await open();
      const row = {
        id: 'a',
        text: 'ü\ud800\0"',
        list: [1, -0.5, null, true, { deep: new Uint8Array([1, 2, 3]) }],
        empty: new Uint8Array(),
        '\0': { '\0b': 1, '\0\0': new Uint8Array([9]) },
        __proto__: null,
        nothing: undefined,
      };

      await store.commit([{ op: 'put', table: 'notes', row }]);

      const { nothing: _, ...rest } = row;
      expect(await store.get('notes', 'a')).toEqual(rest);
    });

    it('keeps Blobs, in order', async () => {
      const store = await open();
      const row = { id: 'a', one: new Blob(['one']), more: [new Blob(['two'], { type: 'a/b' })] };

      await store.commit([{ op: 'put', table: 'notes', row }]);

      const found = (await store.get('notes', 'a')) as typeof row;
      expect(await found.one.text()).toBe('one');
      expect(await found.more[0]?.text()).toBe('two');
      expect(found.more[0]?.type).toBe('a/b');
    });

    it('refuses what would not come back as it was', async () => {
      const store = await open();
      for (const bad of [Number.NaN, 1n, new Date(), new Map(), () => 1, [undefined]]) {
        const change = { op: 'put', table: 'notes', row: note('a', 1, { bad }) } as const;
        await expect(store.commit([change])).rejects.toThrow(TypeError);
      }
      await expect(store.commit([{ op: 'put', table: 'notes', row: {} }])).rejects.toThrow(
        TypeError,
      );
      await expect(store.get('none', 'a')).rejects.toThrow(TypeError);
      expect(await store.count('notes')).toBe(0);
    });

    it('takes rows as they are at the call, and gives copies', async () => {
      const store = await open();
      const row = note('a', 1, { list: [1], bytes: new Uint8Array([1]) });
      const committed = store.commit([{ op: 'put', table: 'notes', row }]);
      (row.list as number[]).push(2);
      (row.bytes as Uint8Array)[0] = 9;
      row.id = 'b';
      await committed;

      const found = await store.get('notes', 'a');
      expect(found).toEqual(note('a', 1, { list: [1], bytes: new Uint8Array([1]) }));
      (found?.list as number[] | undefined)?.push(3);
      expect((await store.get('notes', 'a'))?.list).toEqual([1]);
    });

    it('lists numbers before texts, by key or index, both ways', async () => {
      const store = await open();
      const ids = ['b', 2, 'a', 10, 'B'];
      await store.commit(
        ids.map((id, at) => ({ op: 'put', table: 'notes', row: note(id, 9 - at) })),
      );
      const listed = async (listing: object) =>
        (await store.list('notes', listing)).map((it) => it.id);

      expect(await listed({})).toEqual([2, 10, 'B', 'a', 'b']);
      expect(await listed({ descending: true })).toEqual(['b', 'a', 'B', 10, 2]);
      expect(await listed({ descending: true, limit: 2 })).toEqual(['b', 'a']);
      expect(await listed({ limit: 2 })).toEqual([2, 10]);
      expect(await listed({ limit: 0 })).toEqual([]);
      expect(await listed({ index: 'byTime' })).toEqual(['B', 10, 'a', 2, 'b']);
      expect(await listed({ index: 'byTime', after: 5, before: 8 })).toEqual([10, 'a']);
      expect(await listed({ index: 'byTime', after: 8, before: 5 })).toEqual([]);
      expect(await listed({ prefix: ['a'] })).toEqual(['a']);
      expect(await store.count('notes', { index: 'byTime', after: 6 })).toBe(3);
      await expect(store.list('notes', { index: 'byNone' })).rejects.toThrow();
    });

    it('leaves rows without a field of an index out of it', async () => {
      const store = await open();
      await store.commit([
        { op: 'put', table: 'notes', row: note('a', 1, { kind: 'x' }) },
        { op: 'put', table: 'notes', row: note('b', 2) },
        { op: 'put', table: 'notes', row: note('c', undefined, { kind: 'x' }) },
        { op: 'put', table: 'notes', row: note('d', 3, { kind: 'x' }) },
      ]);

      const found = await store.list('notes', { index: 'byKind', prefix: ['x'] });
      expect(found.map((it) => it.id)).toEqual(['a', 'd']);
      await store.commit([{ op: 'put', table: 'notes', row: note('a', 1) }]);
      expect(await store.count('notes', { index: 'byKind', prefix: ['x'] })).toBe(1);
    });

    it('pages through a prefix of a key of several fields', async () => {
      const store = await open();
      const line = (chat: string, place: number): Row => ({ chat, place, text: `${chat}${place}` });
      const rows = ['a', 'ab', 'b'].flatMap((chat) => [1, 2, 3, 4].map((it) => line(chat, it)));
      await store.commit(rows.map((row) => ({ op: 'add', table: 'lines', row })));
      const texts = async (listing: object) =>
        (await store.list('lines', { prefix: ['a'], ...listing })).map((it) => it.text);

      expect(await texts({ after: 2 })).toEqual(['a3', 'a4']);
      expect(await texts({ before: 3, descending: true, limit: 1 })).toEqual(['a2']);
      expect(await store.count('lines', { prefix: ['ab'] })).toBe(4);
      expect(await store.get('lines', ['ab', 3])).toEqual(line('ab', 3));
      expect(
        await store.getMany('lines', [
          ['b', 1],
          ['c', 1],
          ['a', 1],
        ]),
      ).toEqual([line('b', 1), undefined, line('a', 1)]);
      await store.commit([{ op: 'deleteAll', table: 'lines', prefix: ['a'] }]);
      expect(await store.count('lines')).toBe(8);
      await store.commit([{ op: 'deleteAll', table: 'lines', prefix: [] }]);
      expect(await store.count('lines')).toBe(0);
    });

    it('stores all of a commit or nothing', async () => {
      const store = await open();
      await store.commit([{ op: 'add', table: 'notes', row: note('a', 1) }]);

      await expect(
        store.commit([
          { op: 'put', table: 'notes', row: note('b', 2) },
          { op: 'delete', table: 'notes', key: 'a' },
          { op: 'put', table: 'lines', row: { chat: 'x', place: 1 } },
          { op: 'add', table: 'notes', row: note('b', 3) },
        ]),
      ).rejects.toMatchObject({ name: 'StoreError', code: 'exists' });

      expect(await store.list('notes')).toEqual([note('a', 1)]);
      expect(await store.count('lines')).toBe(0);
      await store.commit([]);
    });

    it('makes changes in their order, deletions of many too', async () => {
      const store = await open();
      const put = (id: string, kind: string) =>
        ({ op: 'put', table: 'notes', row: note(id, 1, { kind }) }) as const;
      await store.commit([put('old', 'x'), put('other', 'y')]);

      await store.commit([
        put('before', 'x'),
        { op: 'deleteAll', table: 'notes', index: 'byKind', prefix: ['x'] },
        put('after', 'x'),
        { op: 'delete', table: 'notes', key: 'none' },
        { op: 'add', table: 'notes', row: note('old', 2) },
      ]);

      expect((await store.list('notes')).map((it) => it.id)).toEqual(['after', 'old', 'other']);
    });

    it('keeps the order of commits that nobody waited for', async () => {
      const store = await open();
      const counts = Array.from({ length: 20 }, (_, at) => at);
      await Promise.all(
        counts.map((it) => store.commit([{ op: 'put', table: 'notes', row: note('n', it) }])),
      );

      expect(await store.get('notes', 'n')).toEqual(note('n', 19));
    });

    it('is gone once it is closed', async () => {
      const store = await open();
      store.close();

      await expect(store.get('notes', 'a')).rejects.toMatchObject({ code: 'gone' });
      await expect(
        store.commit([{ op: 'put', table: 'notes', row: note('a') }]),
      ).rejects.toMatchObject({ code: 'gone' });
    });
  });
}
