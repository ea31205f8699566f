import { type IDBPDatabase, openDB } from 'idb';
import { IndexedDbStore } from '../src/store/indexedDbStore';
import { normal } from '../src/store/search/normal';
import { StoredSearch } from '../src/store/search/storedSearch';
import { SEARCH_TABLES } from '../src/store/search/tables';
import type { SearchText } from '../src/store/search/types';
import type { Change, Row, Schema } from '../src/store/store';

/** What the bench calls in the page. Each measure is of the sealed store, and of plain `idb` rows. */
interface Measured {
  sealed: number;
  plain?: number;
}

const SCHEMA: Schema = {
  messages: { key: ['id'], indexes: { byPlace: ['contactId', 'place'] } },
  ...SEARCH_TABLES,
};

/** The words of a language by their rank: a few are everywhere, most are rare. */
const SYLLABLES = [
  'ka',
  'lo',
  'mi',
  'ten',
  'ra',
  'su',
  'né',
  'vor',
  'да',
  'мир',
  '東',
  '語',
  'el',
  'qu',
];
const WORDS = Array.from({ length: 6000 }, (_, rank) => {
  const n = SYLLABLES.length;
  const at = [rank % n, Math.floor(rank / n) % n, Math.floor(rank / n / n) % n, (rank * 7) % n];
  return at.map((it) => SYLLABLES[it]).join('');
});

let seed = 20260101;
function random(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
}

function text(): string {
  const length = 3 + Math.floor(random() ** 2 * 30);
  const words = Array.from({ length }, () => WORDS[Math.floor(WORDS.length ** random())] ?? '');
  return words.join(' ');
}

const uuid = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const RARE = 'needle in the haystack';

function message(at: number): SearchText & Row {
  return {
    id: uuid(at),
    contactId: `contact-${at % 20}`,
    senderId: uuid(at % 20),
    place: at,
    created: at,
    arrived: at,
    state: 'delivered',
    time: 1_700_000_000_000 + 1000 * at,
    text: at === 777 ? `${text()} ${RARE}` : text(),
    details: { crypto_version: 'v2', mode: 'x3dh', kdf_algorithm: 'HKDF-SHA3-256' },
  };
}

/** The same in each tab. */
const keys = await openDB('keys', 1, { upgrade: (fresh) => void fresh.createObjectStore('keys') });
const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
  'encrypt',
  'decrypt',
]);
const key: CryptoKey = (await keys.get('keys', 'data')) ?? made;
await keys.put('keys', key, 'data');

const openStore = () =>
  IndexedDbStore.open({ name: 'sealed', schema: SCHEMA, migrations: [], key });
let store = await openStore();
const plain: IDBPDatabase = await openDB('plain', 1, {
  upgrade: (fresh) => {
    fresh
      .createObjectStore('messages', { keyPath: 'id' })
      .createIndex('byPlace', ['contactId', 'place']);
  },
});
const startSearch = () =>
  StoredSearch.open(store, async function* () {
    let after: string | undefined;
    for (;;) {
      const rows = await store.list('messages', {
        limit: 500,
        ...(after !== undefined && { after }),
      });
      if (rows.length === 0) {
        return;
      }
      yield rows as unknown as SearchText[];
      after = rows.at(-1)?.id as string;
    }
  });
let search = await startSearch();

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function putPlain(messages: Row[]): Promise<void> {
  const transaction = plain.transaction('messages', 'readwrite', { durability: 'strict' });
  for (const it of messages) {
    void transaction.store.put(it);
  }
  await transaction.done;
}

const putSealed = (messages: (SearchText & Row)[]) =>
  store.commit([
    ...messages.map((row): Change => ({ op: 'put', table: 'messages', row })),
    ...search.changesFor(messages),
  ]);

/** Rows a second; the sealed ones with their row of the search. The two take turns. */
async function commits(count: number, size: number): Promise<Measured> {
  let [sealed, unsealed] = [0, 0];
  for (let at = 0; at < count; at++) {
    const messages = Array.from({ length: size }, (_, it) => message(1_000_000 + at * size + it));
    sealed += await seconds(() => putSealed(messages));
    unsealed += await seconds(() => putPlain(messages));
  }
  await store.commit(
    ['messages', 'searchTail'].map((table) => ({ op: 'deleteAll', table, prefix: [] })),
  );
  await plain.clear('messages');
  return { sealed: (count * size) / sealed, plain: (count * size) / unsealed };
}

async function fill(count: number): Promise<Measured> {
  const size = 500;
  let [sealed, unsealed] = [0, 0];
  for (let from = 0; from < count; from += size) {
    const messages = Array.from({ length: size }, (_, it) => message(from + it));
    sealed += await seconds(async () => {
      await putSealed(messages);
      await search.fold();
    });
    unsealed += await seconds(() => putPlain(messages));
  }
  return { sealed, plain: unsealed };
}

/** Milliseconds, the median of many. */
async function median(work: () => Promise<unknown>, times = 21): Promise<number> {
  const taken: number[] = [];
  for (let at = 0; at < times; at++) {
    taken.push(1000 * (await seconds(work)));
  }
  return taken.sort((one, other) => one - other)[times >> 1] ?? 0;
}

async function lastPage(limit: number): Promise<Measured> {
  const listing = { index: 'byPlace', prefix: ['contact-3'], descending: true, limit };
  return {
    sealed: await median(() => store.list('messages', listing)),
    plain: await median(async () => {
      const range = IDBKeyRange.bound(['contact-3'], ['contact-3', []]);
      let cursor = await plain
        .transaction('messages')
        .store.index('byPlace')
        .openCursor(range, 'prev');
      for (let at = 1; at < limit && cursor; at++) {
        cursor = await cursor.continue();
      }
    }),
  };
}

/** To the first results: nothing is opened before where it says "first". */
async function searches(): Promise<Record<string, Measured>> {
  const results: Record<string, Measured> = {};
  const common = WORDS[1] ?? '';
  const queries = {
    'a common word': common,
    'two words': `${common} ${WORDS[900] ?? ''}`,
    'a rare phrase': `"${RARE}"`,
    'a word that is not there': 'nowhere',
  };
  for (const [name, query] of Object.entries(queries)) {
    store.close();
    store = await openStore();
    search = await startSearch();
    const first = 1000 * (await seconds(() => firstHits(query)));
    results[`${name}, first`] = { sealed: first, plain: 1000 * (await seconds(() => scan(query))) };
    results[`${name}, again`] = { sealed: await median(() => firstHits(query), 7) };
  }
  return results;
}

async function firstHits(query: string): Promise<string[]> {
  let next: string | undefined;
  do {
    const found = await search.find(query, { limit: 20, ...(next !== undefined && { next }) });
    if (found.ids.length > 0) {
      return found.ids;
    }
    next = found.next;
  } while (next !== undefined);
  return [];
}

/** Newest rows first, until twenty have the words. */
async function scan(query: string): Promise<void> {
  const words = query.startsWith('"') ? [RARE] : query.split(' ').map(normal);
  let found = 0;
  let cursor = await plain.transaction('messages').store.openCursor(null, 'prev');
  while (cursor && found < 20) {
    const whole = normal((cursor.value as SearchText).text);
    found += words.every((it) => whole.includes(it)) ? 1 : 0;
    cursor = await cursor.continue();
  }
}

async function deletion(): Promise<Measured> {
  let at = 50_000;
  const sealed = await median(async () => {
    const target = message(at);
    at += 500;
    await store.commit([
      { op: 'delete', table: 'messages', key: target.id },
      ...(await search.remove([target])),
    ]);
  });
  const unsealed = await median(() => {
    at += 500;
    return plain.delete('messages', uuid(at));
  });
  return { sealed, plain: unsealed };
}

async function rebuild(): Promise<Measured> {
  return { sealed: await seconds(() => search.rebuild()) };
}

async function searchAll(): Promise<void> {
  await firstHits('nowhere');
}

const page = { commits, fill, lastPage, searches, searchAll, deletion, rebuild };

export type StoreBench = typeof page;

Object.assign(globalThis, { page });
