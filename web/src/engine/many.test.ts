import { expect, it } from 'vitest';
import { MemoryStore } from '../store/memory';
import type { Listing, Row } from '../store/store';
import { conversation } from './stored/conversations';
import { RANK, type StoredMessage } from './stored/message';
import * as messages from './stored/messages';
import { ENGINE_TABLES } from './tables';
import { seedOfRun } from './testing/seeded';
import { World } from './testing/world';
import { Transactions } from './transaction';

/** A store that counts the rows that are read of each table. */
class CountedStore extends MemoryStore {
  readonly read = new Map<string, number>();

  override async list(table: string, listing?: Listing): Promise<Row[]> {
    const rows = await super.list(table, listing);
    this.read.set(table, (this.read.get(table) ?? 0) + rows.length);
    return rows;
  }

  override async get(table: string, key: Parameters<MemoryStore['get']>[1]) {
    this.read.set(table, (this.read.get(table) ?? 0) + 1);
    return super.get(table, key);
  }
}

const CONTACT = '00000000-0000-4000-8000-000000000001';

function incoming(i: number): Omit<StoredMessage, 'place'> {
  return {
    senderId: CONTACT,
    id: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    contactId: CONTACT,
    created: i,
    arrived: i,
    rank: RANK.delivered,
    text: `text ${i}`,
    details: {},
    times: {},
    fileCount: 0,
  };
}

it('a message that comes in reads a few rows, however many there are and come with it', async () => {
  const store = new CountedStore(ENGINE_TABLES);
  const transactions = new Transactions(store, ENGINE_TABLES, {
    complete: async () => undefined,
    tell: async () => undefined,
  });
  const add = (from: number, count: number) =>
    transactions.run(async (transaction) => {
      for (let i = from; i < from + count; i++) {
        await messages.add(transaction, incoming(i));
      }
    });
  await add(0, 500);
  store.read.clear();

  await add(500, 100);

  expect(store.read.get('messages') ?? 0).toBeLessThanOrEqual(200);
  expect(await conversation(store, CONTACT)).toMatchObject({
    unread: 600,
    firstUnread: incoming(0).id,
    last: { text: 'text 599' },
  });

  store.read.clear();
  const shown = (await store.list('messages')) as unknown as StoredMessage[];
  store.read.clear();
  await transactions.run((transaction) => messages.read(transaction, shown, 1, true));
  expect(store.read.get('messages') ?? 0).toBeLessThanOrEqual(1);
  expect((await conversation(store, CONTACT)).firstUnread).toBeUndefined();
});

it('the list is opened without reading a message', async () => {
  const world = new World(seedOfRun());
  const [ann, ben] = await world.friends();
  for (let i = 0; i < 20; i++) {
    await ann.program.chat.send(ben.userId, `text ${i}`, []);
  }
  const disk = ann.program.browser.accounts.get(ann.userId)?.disk;
  const rows = disk?.tables.get('messages');
  const kept = new Map(rows);
  rows?.clear();

  const [line] = await ann.program.chat.conversations();

  expect(line).toMatchObject({ contactId: ben.userId, last: { text: 'text 19' } });
  for (const [key, row] of kept) {
    rows?.set(key, row);
  }
});

it('messages that come at once of somebody who wrote never before are each opened once, and their keys asked for once', async () => {
  const world = new World(seedOfRun());
  const [ann, ben] = [await world.person('ann'), await world.person('ben')];
  await ann.program.chat.addContact(ben.email);
  ben.program.kill();
  for (let i = 0; i < 12; i++) {
    await ann.program.chat.send(ben.userId, `text ${i}`, []);
  }
  await world.until(() => world.relay.pendingOf(ben.userId).length === 12);
  let opened = 0;
  ben.program.killAt = (step) => {
    opened += Number(step === 'opened');
    return false;
  };
  const asked = world.relay.calls.length;

  await ben.program.start();
  await world.until(() => world.relay.pendingOf(ben.userId).length === 0);

  const texts = (await ben.program.messages(ann.userId)).map(({ text }) => text);
  expect(texts).toEqual(Array.from({ length: 12 }, (_, i) => `text ${i}`));
  expect(opened).toBe(12);
  const ofAnn = world.relay.calls.slice(asked).filter((it) => it.includes(`/keys/${ann.userId}`));
  expect(ofAnn).toHaveLength(1);
});
