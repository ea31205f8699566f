import { BrowserShelf } from '../../src/engine/browserShelf';
import { rowOf } from '../../src/engine/people/person';
import { RANK, type StoredMessage } from '../../src/engine/stored/message';
import { all } from '../../src/engine/stored/messageRows';
import * as messages from '../../src/engine/stored/messages';
import { ENGINE_TABLES } from '../../src/engine/tables';
import { searchText, Telling } from '../../src/engine/telling';
import { Transactions } from '../../src/engine/transaction';
import { StoredSearch } from '../../src/store/search/storedSearch';

/** What benches call in a page of the client's origin in order to fill the store of its account. */

const FAMILIES = ['Abara', 'Brandt', 'Costa', 'Dyer', 'Eklund', 'Faure', 'Greco', 'Haas'];
/** In one commit. */
const AT_ONCE = 500;
const SYLLABLES = ['ka', 'lo', 'mi', 'ten', 'ra', 'su', 'vor', 'el', 'qu', 'né'];

/** Numerical Recipes' generator: the same texts in each run. */
let seed = 20260101;
function random(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
}

function text(): string {
  const word = () => {
    const size = 1 + Math.floor(random() * 3);
    return Array.from({ length: size }, () => SYLLABLES[Math.floor(random() * 10)]).join('');
  };
  return Array.from({ length: 2 + Math.floor(random() ** 2 * 40) }, word).join(' ');
}

const uuid = (kind: number, at: number) =>
  `00000000-0000-4000-8${kind}00-${String(at).padStart(12, '0')}`;

const nameOf = (at: number) => `Person ${at} ${FAMILIES[at % FAMILIES.length]}`;

/** The messages are spread over the people; each conversation's last message is younger than the former's. */
async function fill(people: number, count: number): Promise<void> {
  const shelf = await BrowserShelf.open();
  const account = await shelf.current();
  if (!account) {
    throw new Error('Nobody is signed in here.');
  }
  const store = await shelf.open(account, () => {});
  const search = await StoredSearch.open(store, async function* () {
    for await (const rows of all(store)) {
      yield rows.map((row) => searchText(row, []));
    }
  });
  const telling = new Telling({
    emit: () => {},
    transfers: { shown: async () => [] },
    search,
    tellLine: async () => {},
  });
  const transactions = new Transactions(store, ENGINE_TABLES, {
    complete: (transaction) => telling.complete(transaction),
    tell: async () => {},
  });
  const now = Date.now();
  await store.commit(
    Array.from({ length: people }, (_, at) => ({
      op: 'put',
      table: 'people',
      row: rowOf({
        userId: uuid(1, at),
        username: `person${at}`,
        email: `person${at}@example.org`,
        fullName: nameOf(at),
        isContact: true,
        blocked: false,
        since: now,
      }),
    })),
  );
  for (let from = 0; from < count; from += AT_ONCE) {
    await transactions.run(async (transaction) => {
      for (let at = from; at < Math.min(count, from + AT_ONCE); at++) {
        await messages.add(transaction, message(account.userId, at, people, count, now));
      }
    });
  }
  await search.rebuild();
  store.close();
}

function message(
  ownId: string,
  at: number,
  people: number,
  count: number,
  now: number,
): Omit<StoredMessage, 'place'> {
  const contactId = uuid(1, at % people);
  const mine = Math.floor(at / people) % 3 === 0;
  const time = now - (count - at) * 20_000;
  return {
    senderId: mine ? ownId : contactId,
    id: uuid(2, at),
    contactId,
    created: time,
    arrived: time,
    rank: RANK.read,
    text: at === 777 ? `${text()} needle in the haystack` : text(),
    details: { crypto_version: 'v2', mode: 'x3dh' },
    times: { sent: time, delivered: time, read: time },
    fileCount: 0,
  };
}

const page = { fill };

export type SeedPage = typeof page;

Object.assign(globalThis, { page });
