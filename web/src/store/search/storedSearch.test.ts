import { expect, it } from 'vitest';
import { storeError } from '../faults';
import { MemoryDisk, MemoryStore } from '../memory';
import type { Change, Key, Listing, Row, Schema } from '../store';
import { newestFirst } from './block';
import { StoredSearch } from './storedSearch';
import { SEARCH_TABLES } from './tables';
import type { FindOptions, SearchText } from './types';
import { rangesIn } from './words';

const SCHEMA: Schema = { messages: { key: ['id'], indexes: {} }, ...SEARCH_TABLES };

/** A store some of whose tables can be spoilt. */
class Spoilt extends MemoryStore {
  readonly tables = new Set<string>();

  override async getMany(table: string, keys: readonly Key[]): Promise<(Row | undefined)[]> {
    this.#check(table);
    return super.getMany(table, keys);
  }

  override async list(table: string, listing?: Listing): Promise<Row[]> {
    this.#check(table);
    return super.list(table, listing);
  }

  override async commit(changes: Change[]): Promise<void> {
    await super.commit(changes);
    for (const change of changes) {
      if (change.op === 'deleteAll') {
        this.tables.delete(change.table);
      }
    }
  }

  #check(table: string): void {
    if (this.tables.has(table)) {
      throw storeError('damaged');
    }
  }
}

/** A program with messages and their search, as the engine has it. */
class Program {
  readonly store: Spoilt;
  readonly search: StoredSearch;
  time = 0;

  private constructor(store: Spoilt, search: StoredSearch) {
    this.store = store;
    this.search = search;
  }

  static async start(disk = new MemoryDisk()): Promise<Program> {
    const store = new Spoilt(SCHEMA, disk);
    const search = await StoredSearch.open(store, () => pages(store), { now: () => 0 });
    return new Program(store, search);
  }

  async write(...messages: SearchText[]): Promise<void> {
    const rows = messages.map(
      (row) => ({ op: 'put', table: 'messages', row: { ...row } }) as const,
    );
    await this.store.commit([...rows, ...this.search.changesFor(messages)]);
  }

  async delete(...messages: SearchText[]): Promise<void> {
    const rows = messages.map((it) => ({ op: 'delete', table: 'messages', key: it.id }) as const);
    await this.retried(async () => [...rows, ...(await this.search.remove(messages))]);
  }

  async deleteConversation(contactId: string): Promise<void> {
    await this.retried(async () => {
      const rows = (await this.messages()).filter((it) => it.contactId === contactId);
      const changes = await this.search.removeConversation(contactId);
      return [
        ...rows.map((it) => ({ op: 'delete', table: 'messages', key: it.id }) as const),
        ...changes,
      ];
    });
  }

  async retried(changes: () => Promise<Change[]>): Promise<void> {
    for (;;) {
      try {
        return await this.store.commit(await changes());
      } catch (error) {
        if ((error as { code?: string }).code !== 'exists') {
          throw error;
        }
      }
    }
  }

  async messages(): Promise<SearchText[]> {
    return (await this.store.list('messages')) as unknown as SearchText[];
  }

  /** All pages of an answer. */
  async find(query: string, options: Partial<FindOptions> = {}): Promise<string[]> {
    const ids: string[] = [];
    let next: string | undefined;
    let progress = 0;
    do {
      const found = await this.search.find(query, {
        limit: 7,
        ...options,
        ...(next !== undefined && { next }),
      });
      expect(found.progress).toBeGreaterThanOrEqual(0);
      expect(found.progress).toBeLessThanOrEqual(1);
      ids.push(...found.ids);
      next = found.next;
      progress = found.progress;
    } while (next !== undefined);
    expect(progress).toBe(1);
    return ids;
  }

  /** What looking at every message one by one finds. */
  async scanned(query: string, contactId?: string): Promise<string[]> {
    return (await this.messages())
      .filter((it) => contactId === undefined || it.contactId === contactId)
      .filter((it) => rangesIn(it.text, query).length > 0)
      .sort(newestFirst)
      .map((it) => it.id);
  }
}

async function* pages(store: MemoryStore): AsyncGenerator<SearchText[]> {
  let after: string | undefined;
  for (;;) {
    const rows = (await store.list('messages', {
      limit: 100,
      ...(after !== undefined && { after }),
    })) as unknown as SearchText[];
    if (rows.length === 0) {
      return;
    }
    yield rows;
    after = rows.at(-1)?.id;
  }
}

const message = (id: string, time: number, text: string, contactId = 'c'): SearchText => ({
  id,
  contactId,
  time,
  text,
});

const many = (count: number, from = 0, text = 'word'): SearchText[] =>
  Array.from({ length: count }, (_, at) =>
    message(`m${from + at}`, from + at, `${text} ${from + at}`),
  );

it('finds what was just written, changed and deleted, newest first', async () => {
  const program = await Program.start();
  await program.write(message('a', 1, 'Grüße aus Köln'), message('b', 2, 'gruss, KOLN'));
  expect(await program.find('köln')).toEqual(['b', 'a']);
  await program.write(message('a', 1, 'nothing'));
  expect(await program.find('köln')).toEqual(['b']);
  await program.delete(message('b', 2, ''));
  expect(await program.find('köln')).toEqual([]);
  expect(await program.find('NOTHING')).toEqual(['a']);
});

it('finds in blocks what it found in the tail, and what replaces it', async () => {
  const program = await Program.start();
  for (let from = 0; from < 3000; from += 500) {
    await program.write(...many(500, from));
    await program.search.fold();
  }
  expect(await program.store.count('searchTail')).toBeLessThan(256);
  expect(await program.store.count('searchBlocks')).toBeGreaterThan(2);

  expect(await program.find('word 29')).toEqual(await program.scanned('word 29'));
  expect(await program.find('"word 17"', { limit: 1000 })).toEqual(
    await program.scanned('"word 17"'),
  );
  await program.write(message('m17', 17, 'other'));
  expect(await program.find('other')).toEqual(['m17']);
  expect(await program.find('"word 1234"')).toEqual(['m1234']);
  await program.delete(message('m1234', 1234, ''));
  expect(await program.find('1234')).toEqual([]);
  await program.write(...many(300, 3000));
  await program.search.fold();
  expect(await program.find('other')).toEqual(['m17']);
  expect(await program.find('word', { limit: 5000 })).toEqual(await program.scanned('word'));
});

it('misses nothing where messages of the same time are in several blocks', async () => {
  const program = await Program.start();
  for (const [id, newest] of [
    ['b', 5],
    ['a', 6],
    ['c', 7],
  ] as const) {
    const times = (at: number) => (at < 500 ? newest : 5);
    const messages = Array.from({ length: 1024 }, (_, at) => message(`${id}${at}`, times(at), 'x'));
    await program.write(...messages);
    await program.search.fold();
  }
  expect(await program.store.count('searchTail')).toBe(0);

  for (const limit of [100, 500, 501, 1500, 3000]) {
    expect(await program.find('x', { limit, budget: 0 })).toEqual(await program.scanned('x'));
  }
});

it('leaves no text of a deleted message in any of its tables', async () => {
  const program = await Program.start();
  await program.write(...many(600), message('secret', 300, 'hidden treasure', 'x'));
  await program.search.fold();
  await program.delete(message('secret', 300, ''));
  await program.write(message('s2', 301, 'hidden again', 'x'));
  await program.deleteConversation('x');

  for (const table of ['searchTail', 'searchBlocks']) {
    for (const row of await program.store.list(table)) {
      const { text } = row;
      expect(text instanceof Uint8Array ? new TextDecoder().decode(text) : '').not.toContain(
        'hidden',
      );
      expect(JSON.stringify(row)).not.toContain('hidden');
    }
  }
});

it('takes messages and whole conversations out in one commit', async () => {
  const program = await Program.start();
  await program.write(...many(600), message('x1', 5, 'word', 'x'), message('y1', 6, 'word', 'y'));
  await program.search.fold();
  await program.write(message('x2', 700, 'word', 'x'), message('y2', 701, 'word', 'y'));
  await program.retried(async () => [
    ...['x1', 'x2', 'y1', 'y2', 'm3'].map(
      (key) => ({ op: 'delete', table: 'messages', key }) as const,
    ),
    ...(await program.search.remove([message('m3', 3, '')], ['x', 'y'])),
  ]);
  expect(await program.find('word')).toEqual(await program.scanned('word'));
});

it('says nothing to a query of nothing, and refuses to go on from nowhere', async () => {
  const program = await Program.start();
  await program.write(message('a', 1, 'text'));
  expect(await program.find(' "" \u0301')).toEqual([]);
  for (const next of ['', 'x', '12', '1:2:3'.slice(1)]) {
    await expect(program.search.find('text', { limit: 1, next })).rejects.toThrow(SyntaxError);
  }
});

it('answers with what it has when time is over, and comes to the end', async () => {
  const program = await Program.start();
  await program.write(...many(5000));
  await program.search.fold();
  let answers = 0;
  let next: string | undefined;
  const progress: number[] = [];
  do {
    const found = await program.search.find('never', {
      limit: 5,
      budget: 0,
      ...(next !== undefined && { next }),
    });
    next = found.next;
    progress.push(found.progress);
  } while (next !== undefined && ++answers < 100);

  expect(progress.length).toBeGreaterThan(1);
  expect(progress).toEqual([...progress].sort((one, other) => one - other));
  expect(progress.at(-1)).toBe(1);
});

it.each([['searchBlocks'], ['searchDirectory'], ['searchTail']])(
  'makes everything anew where %s is damaged or empty',
  async (table) => {
    const program = await Program.start();
    await program.write(...many(700));
    await program.search.fold();
    await program.write(message('new', 9999, 'word of the tail'));
    const all = await program.scanned('word');

    // What is opened already could still be used: another program has nothing yet.
    const other = await Program.start(program.store.disk);
    other.store.tables.add(table);
    expect(await other.find('word')).toEqual(all);
    other.store.tables.add(table);
    await other.delete(message('m5', 5, ''));
    const left = all.filter((it) => it !== 'm5');
    expect(await other.find('word')).toEqual(left);
    await other.write(...many(300, 20_000));
    other.store.tables.add(table);
    await other.search.fold();
    expect(await other.find('word')).toEqual(await other.scanned('word'));
    await other.delete(...many(300, 20_000));
    if (table !== 'searchTail') {
      await other.store.commit([{ op: 'deleteAll', table, prefix: [] }]);
      const third = await Program.start(other.store.disk);
      expect(await third.find('word')).toEqual(left);
    }
  },
);

it('makes everything of a store that never had a search, and of an import', async () => {
  const program = await Program.start();
  const rows = many(500).map((row) => ({ op: 'put', table: 'messages', row: { ...row } }) as const);
  await program.store.commit(rows);
  expect((await program.find('word')).length).toBe(500);

  const imported = many(500, 1000).map(
    (row) => ({ op: 'put', table: 'messages', row: { ...row } }) as const,
  );
  await program.retried(async () => [...imported, ...(await program.search.renew())]);
  expect((await program.find('word')).length).toBe(1000);
});

it('changes what it keeps only while nobody else does, where it is told how', async () => {
  const store = new MemoryStore(SCHEMA);
  let last: Promise<unknown> = Promise.resolve();
  let atWork = 0;
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(async () => {
      atWork++;
      try {
        return await work();
      } finally {
        atWork--;
      }
    });
    last = result.catch(() => {});
    return result;
  };
  const commit = store.commit.bind(store);
  const search = await StoredSearch.open(store, () => pages(store), { now: () => 0, alone });
  store.commit = (changes) => {
    expect(atWork).toBe(1);
    return commit(changes);
  };
  const write = (messages: SearchText[]) =>
    alone(() =>
      store.commit([
        ...messages.map((row) => ({ op: 'put', table: 'messages', row: { ...row } }) as const),
        ...search.changesFor(messages),
      ]),
    );
  const remove = (id: string, time: number) =>
    alone(async () =>
      store.commit([
        { op: 'delete', table: 'messages', key: id },
        ...(await search.remove([{ id, time }])),
      ]),
    );

  await write(many(700));
  await Promise.all([
    search.find('word', { limit: 1 }),
    remove('m1', 1),
    search.fold(),
    search.rebuild(),
    remove('m2', 2),
    write(many(300, 700)),
    search.fold(),
    remove('m701', 701),
  ]);

  const { ids } = await search.find('word', { limit: 2000 });
  expect(ids).toHaveLength(997);
  expect(ids).not.toContain('m701');
});

it('refuses a deletion on old ground, and stores nothing of it', async () => {
  const program = await Program.start();
  const messages = many(600);
  await program.write(...messages);
  expect((await program.find('word')).length).toBe(600);
  const changes = await program.search.remove([message('m3', 3, '')]);
  await program.search.fold();
  await program.delete(message('m4', 4, ''));

  await expect(program.store.commit(changes)).rejects.toMatchObject({ code: 'exists' });
  expect(await program.find('"word 3"', { limit: 1000 })).toContain('m3');
});

it('tells of a making anew that takes longer than the time there is', async () => {
  const store = new MemoryStore(SCHEMA);
  let goOn: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function* slow(): AsyncGenerator<SearchText[]> {
    yield many(10);
    await held;
    yield many(10, 10);
  }
  const search = await StoredSearch.open(store, slow, { now: () => 0, wait: async () => {} });
  const found = await search.find('word', { limit: 5 });
  expect(found).toMatchObject({ ids: [], next: expect.any(String) });
  expect(found.progress).toBeLessThan(1);
  goOn();
  await search.rebuild();
  const { next = '' } = found;
  expect((await search.find('word', { limit: 5, next })).ids).toEqual([
    'm19',
    'm18',
    'm17',
    'm16',
    'm15',
  ]);
});

it('leaves out what is deleted while everything is made anew', async () => {
  const program = await Program.start();
  await program.write(...many(500), message('x', 3, 'word', 'gone'));
  const rebuilt = program.search.rebuild();
  await program.delete(message('m7', 7, ''));
  await program.deleteConversation('gone');
  await program.write(message('late', 8, 'word late'));
  await rebuilt;

  expect(await program.find('word')).toEqual(await program.scanned('word'));
});

const ROUNDS = process.env.QUANTCHAT_SLOW ? 200 : 60;

const WORDS = ['tea', 'Tea', 'café', 'cafe', 'straße', '東京', 'ab', 'abc', '👍🏽', 'مرحبا', 'x'];
const QUERIES = ['te', 'CAFÉ', 'strasse tea', '"tea cafe"', '東', '👍', 'مرحبا', 'abc', 'no such'];

it('finds what looking at each message finds, after anything, wherever the program ended', async () => {
  const first = Number(process.env.QUANTCHAT_SEED ?? Date.now()) >>> 0;
  console.info(`QUANTCHAT_SEED=${first}`);
  let seed = first;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const some = <T>(from: readonly T[]): T => from[random(from.length)] as T;
  let program = await Program.start();
  let written = 0;
  const fresh = (): SearchText => {
    const text = Array.from({ length: 1 + random(5) }, () => some(WORDS)).join(' ');
    // Mostly in order, with times that are the same, and old ones as after an import.
    const time = random(10) === 0 ? random(1 + written) : (written >> 1) + random(5);
    return message(`id${String(written++).padStart(6, '0')}`, time, text, some(['a', 'b', 'c']));
  };
  for (let round = 0; round < ROUNDS; round++) {
    const isEnding = random(8) === 0;
    if (isEnding) {
      program.store.at(1 + random(3), { kill: some(['before', 'after'] as const) });
    }
    const known = await program.messages();
    const chosen = known.length > 0 ? some(known) : fresh();
    const step = [
      () => program.write(...Array.from({ length: 1 + random(400) }, fresh)),
      () => program.write({ ...chosen, text: some(WORDS) }),
      () => program.delete(chosen, some(known.length > 0 ? known : [chosen])),
      () =>
        random(10) === 0 ? program.deleteConversation(chosen.contactId) : program.search.fold(),
      () => Promise.all([program.search.fold(), program.delete(chosen), program.write(fresh())]),
      () => (random(10) === 0 ? program.search.rebuild() : program.find('te')),
    ][random(6)];
    try {
      await step?.();
    } catch (error) {
      expect(error).toMatchObject({ code: 'gone' });
    }
    if (isEnding) {
      program = await Program.start(program.store.disk);
    }
    if (round % 5 === 0) {
      const query = some(QUERIES);
      const contactId = some([undefined, 'a']);
      const options = { limit: 1 + random(50), ...(contactId && { contactId }) };
      expect(await program.find(query, options), `${first} ${round}`).toEqual(
        await program.scanned(query, contactId),
      );
    }
  }
});
