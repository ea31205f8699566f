import { expect, it } from 'vitest';
import { FakeClock, settled } from '../../protocol/testing/fakeClock';
import { MemoryStore } from '../../store/memory';
import { People } from './people';
import { PEOPLE_TABLES } from './tables';

const ADA = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';

function setUp() {
  const told: string[] = [];
  const store = new MemoryStore(PEOPLE_TABLES);
  const clock = new FakeClock();
  const people = new People({
    relay: {
      contacts: async () => [],
      addContact: () => Promise.reject(new Error('Not asked for')),
      addContactById: () => Promise.reject(new Error('Not asked for')),
      removeContact: async () => {},
      block: async () => {},
    },
    store,
    clock,
    changed: (id) => told.push(id),
    contactAdded: (id, username) => told.push(`added by ${username} ${id}`),
    sendTyping: (id, on) => told.push(`typing ${id} ${on}`),
    failed: (failure) => told.push(`failed: ${(failure as Error).message}`),
  });
  return { people, store, clock, news: () => told.splice(0) };
}

it('knows who is there and who types, until the socket is gone', () => {
  const { people } = setUp();
  people.take({ kind: 'presence', userId: ADA, isOnline: true });
  people.take({ kind: 'typing', userId: ADA, isTyping: true });
  expect([people.presence.isOnline(ADA), people.theirTyping.isTyping(ADA)]).toEqual([true, true]);

  people.lost();
  expect([people.presence.isOnline(ADA), people.theirTyping.isTyping(ADA)]).toEqual([false, false]);
});

it('takes nobody for typing who has gone', () => {
  const { people, clock } = setUp();
  people.take({ kind: 'typing', userId: ADA, isTyping: true });
  people.take({ kind: 'presence', userId: ADA, isOnline: false });

  expect(people.theirTyping.isTyping(ADA)).toBe(false);
  expect(clock.delays).toEqual([]);
});

it('tells who has added the account once their name is stored', async () => {
  const { people, news } = setUp();
  people.take({ kind: 'contact_added', contactId: ADA, username: 'ada' });
  await settled();

  expect((await people.contacts.find(ADA))?.username).toBe('ada');
  expect(news()).toEqual([ADA, `added by ada ${ADA}`]);
});

it('says where that cannot be stored', async () => {
  const { people, store, news } = setUp();
  store.down('full');
  people.take({ kind: 'contact_added', contactId: ADA, username: 'ada' });
  await settled();

  expect(news()).toEqual([expect.stringMatching(/^failed: /)]);
});

it("sees from the list of contacts who isn't there any more", async () => {
  const { people } = setUp();
  people.take({ kind: 'presence', userId: ADA, isOnline: true });
  await people.contacts.refresh();

  expect(people.presence.isOnline(ADA)).toBe(false);
});
