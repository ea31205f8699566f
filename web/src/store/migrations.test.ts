import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { IndexedDbStore } from './indexedDbStore';
import { type Migration, migrate, type Progress, type Rewritten } from './migrations';
import type { Change, Row, Schema } from './store';

const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
  'encrypt',
  'decrypt',
]);
let databases = 0;

/** What release 1 had. */
const FIRST: Schema = { notes: { key: ['id'], indexes: { byTime: ['time'] } } };
/** Release 2 sorts by another field, and release 3 keeps titles in a table of their own. */
const SECOND: Schema = { notes: { key: ['id'], indexes: { byLength: ['length'] } } };
const THIRD: Schema = { ...SECOND, titles: { key: ['note'], indexes: {} } };

const MEASURE: Migration = {
  rewrite: {
    notes: (row) => [
      { op: 'put', table: 'notes', row: { ...row, length: (row.text as string).length } },
    ],
  },
};
const TITLE: Migration = {
  rewrite: {
    notes: (row) => [
      {
        op: 'add',
        table: 'titles',
        row: { note: row.id, title: (row.text as string).slice(0, 1) },
      },
    ],
  },
};

async function firstRelease(count: number): Promise<string> {
  const name = `migrated-${++databases}`;
  const store = await IndexedDbStore.open({ name, schema: FIRST, migrations: [], key });
  const changes = Array.from({ length: count }, (_, at): Change => {
    const row = { id: at, time: -at, text: 'x'.repeat(at % 5), bytes: new Uint8Array([at % 256]) };
    return { op: 'put', table: 'notes', row };
  });
  await store.commit(changes);
  store.close();
  return name;
}

it('brings what the first release wrote to the third, and keeps every row', async () => {
  const name = await firstRelease(450);

  const store = await IndexedDbStore.open({
    name,
    schema: THIRD,
    migrations: [MEASURE, TITLE],
    key,
  });

  expect(await store.count('notes')).toBe(450);
  expect(await store.count('titles')).toBe(450);
  const longest = await store.list('notes', { index: 'byLength', prefix: [4] });
  expect(longest).toHaveLength(90);
  expect(longest[0]).toEqual({
    id: 4,
    time: -4,
    text: 'xxxx',
    length: 4,
    bytes: new Uint8Array([4]),
  });
  await expect(store.list('notes', { index: 'byTime' })).rejects.toThrow();
  store.close();
});

it('brings it there release by release, too, and makes no step twice', async () => {
  const name = await firstRelease(3);
  const second = await IndexedDbStore.open({ name, schema: SECOND, migrations: [MEASURE], key });
  second.close();

  for (let opened = 0; opened < 2; opened++) {
    const migrations = [MEASURE, TITLE];
    const third = await IndexedDbStore.open({ name, schema: THIRD, migrations, key });
    // A step that was made twice would fail here: its rows are added.
    expect(await third.count('titles')).toBe(3);
    third.close();
  }
});

it('leaves everything to be tried again where a step fails', async () => {
  const name = await firstRelease(3);
  const failing: Migration = {
    rewrite: {
      notes: () => {
        throw new RangeError('not this row');
      },
    },
  };
  const opening = { name, schema: SECOND, key };

  await expect(IndexedDbStore.open({ ...opening, migrations: [failing] })).rejects.toThrow(
    'not this row',
  );

  const store = await IndexedDbStore.open({ ...opening, migrations: [MEASURE] });
  expect(await store.count('notes', { index: 'byLength' })).toBe(3);
  store.close();
});

/** A store of plain rows that ends the program at one commit. */
class Ending implements Rewritten {
  readonly rows = new Map(Array.from({ length: 450 }, (_, at) => [at, { id: at, changed: 0 }]));
  now: Progress = { version: 1 };
  left = Number.POSITIVE_INFINITY;

  async progress(): Promise<Progress> {
    return this.now;
  }

  async page(table: string, after: (number | string)[] | undefined, limit: number) {
    const first = after === undefined ? 0 : Number(after[0]) + 1;
    return table === 'a'
      ? [...this.rows.values()].slice(first, first + limit).map((row) => ({ key: [row.id], row }))
      : [];
  }

  async commit(changes: Change[], progress: Progress): Promise<void> {
    if (--this.left < 0) {
      throw new Error('ended');
    }
    for (const change of changes) {
      if (change.op === 'put') {
        this.rows.set(change.row.id as number, change.row as { id: number; changed: number });
      }
    }
    this.now = progress;
  }
}

it('changes each row once, wherever the program was ended', async () => {
  const change = (row: Row): Change[] => [
    { op: 'put', table: 'a', row: { ...row, changed: (row.changed as number) + 1 } },
  ];
  const steps: Migration[] = [
    { rewrite: { b: () => [], a: change } },
    {},
    { rewrite: { a: change } },
  ];
  for (let commits = 0; commits < 12; commits++) {
    const store = new Ending();
    store.left = commits;
    await migrate(steps, store).catch(() => {});
    store.left = Number.POSITIVE_INFINITY;
    await migrate(steps, store);

    expect(store.now).toEqual({ version: 4 });
    expect(new Set([...store.rows.values()].map((row) => row.changed))).toEqual(new Set([2]));
  }
});
