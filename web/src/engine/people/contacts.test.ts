import { describe, expect, it } from 'vitest';
import { ServerRefusal, Unreachable } from '../../protocol/failures';
import type { Contact } from '../../protocol/relayApi';
import { FakeClock, settled } from '../../protocol/testing/fakeClock';
import { MemoryDisk, MemoryStore } from '../../store/memory';
import { Contacts } from './contacts';
import { PEOPLE_TABLES } from './tables';

const ADA = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';
const GRACE = '3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40';

function contact(id: string, more: Partial<Contact> = {}): Contact {
  const name = id === ADA ? 'ada' : 'grace';
  return {
    id,
    username: name,
    email: `${name}@example.com`,
    fullName: name.toUpperCase(),
    isOnline: false,
    blocked: false,
    created: 7,
    ...more,
  };
}

/** The server, as far as it has people. */
class ServerOfTest {
  listed: Contact[] = [];
  failure: Error | undefined;
  readonly calls: string[] = [];
  /** What the next answer waits for. */
  held: Promise<void> | undefined;

  async contacts() {
    const answer = [...this.listed];
    await this.#answer('contacts');
    return answer;
  }

  async addContact(email: string) {
    await this.#answer(`add ${email}`);
    const added = contact(email.startsWith('ada') ? ADA : GRACE, { email });
    this.listed = [...this.listed.filter((it) => it.id !== added.id), added];
    return added;
  }

  async addContactById(id: string) {
    await this.#answer(`add ${id}`);
    const added = contact(id, { email: '' });
    this.listed = [...this.listed, added];
    return added;
  }

  async removeContact(id: string) {
    await this.#answer(`remove ${id}`);
    this.listed = this.listed.filter((it) => it.id !== id);
  }

  async block(id: string, blocked: boolean) {
    await this.#answer(`block ${id} ${blocked}`);
    this.listed = this.listed.map((it) => (it.id === id ? { ...it, blocked } : it));
  }

  async #answer(call: string) {
    this.calls.push(call);
    const held = this.held;
    this.held = undefined;
    await held;
    if (this.failure) {
      throw this.failure;
    }
  }
}

function setUp() {
  const disk = new MemoryDisk();
  const store = new MemoryStore(PEOPLE_TABLES, disk);
  const server = new ServerOfTest();
  const clock = new FakeClock();
  const told: string[] = [];
  const events = {
    changed: (id: string) => told.push(id === ADA ? 'ada' : 'grace'),
    asked: () => {},
    online: (ids: string[]) => told.push(`online: ${ids.length}`),
  };
  const contacts = new Contacts(server, store, clock, events);
  const again = () => new Contacts(server, new MemoryStore(PEOPLE_TABLES, disk), clock, events);
  return { store, server, clock, contacts, again, news: () => told.splice(0) };
}

describe('contacts', () => {
  it('are as the server last said, at the next start and without it', async () => {
    const { contacts, server, again } = setUp();
    server.listed = [contact(ADA, { isOnline: true }), contact(GRACE, { blocked: true })];
    await contacts.refresh();
    server.failure = new Unreachable('Gone.');

    expect(await again().find(ADA)).toEqual({
      userId: ADA,
      username: 'ada',
      email: 'ada@example.com',
      fullName: 'ADA',
      isContact: true,
      blocked: false,
      since: 7,
    });
    expect((await again().known()).map((person) => person.blocked).sort()).toEqual([false, true]);
  });

  it('are told where they have changed, and only those', async () => {
    const { contacts, server, news } = setUp();
    server.listed = [contact(ADA, { isOnline: true }), contact(GRACE)];
    await contacts.refresh();
    expect(news().sort()).toEqual(['ada', 'grace', 'online: 1']);

    server.listed = [contact(ADA, { fullName: 'Ada King' }), contact(GRACE)];
    await contacts.refresh();
    expect(news()).toEqual(['ada', 'online: 0']);
  });

  it('that are gone at the server are known still, for what they wrote is here', async () => {
    const { contacts, server } = setUp();
    server.listed = [contact(ADA)];
    await contacts.refresh();
    server.listed = [];
    await contacts.refresh();

    expect(await contacts.find(ADA)).toMatchObject({ isContact: false, username: 'ada' });
  });

  it('stay as they were where the server is away', async () => {
    const { contacts, server, news } = setUp();
    server.listed = [contact(ADA)];
    await contacts.refresh();
    news();
    server.failure = new Unreachable('Gone.');

    await expect(contacts.refresh()).rejects.toBeInstanceOf(Unreachable);
    await expect(contacts.remove(ADA)).rejects.toBeInstanceOf(Unreachable);
    await expect(contacts.block(ADA, true)).rejects.toBeInstanceOf(Unreachable);

    expect(await contacts.find(ADA)).toMatchObject({ isContact: true, blocked: false });
    expect(news()).toEqual([]);
  });

  it('are added by their address, and again without harm', async () => {
    const { contacts, server, news } = setUp();

    expect(await contacts.add(' ada@example.com ')).toMatchObject({ userId: ADA });
    await contacts.add('ada@example.com');

    expect(server.calls).toEqual(['add ada@example.com', 'add ada@example.com']);
    expect(news()).toEqual(['ada']);
  });

  it('are added by their id where they wrote and their address is not known', async () => {
    const { contacts, server } = setUp();
    await contacts.met(ADA);

    expect(await contacts.addStranger(ADA)).toMatchObject({ isContact: true, email: '' });
    expect(await contacts.find(ADA)).toMatchObject({ isContact: true, username: 'ada' });
    expect(server.calls).toEqual([`add ${ADA}`]);
  });

  it('that nobody is are refused, and not stored', async () => {
    const { contacts, server } = setUp();
    server.failure = new ServerRefusal(404, 'There is no such user.');

    await expect(contacts.add('nobody@example.com')).rejects.toThrow('no such user');
    expect(await contacts.known()).toEqual([]);
  });

  it('that were added stay so, though an older list is on its way', async () => {
    const { contacts, server } = setUp();
    let release = () => {};
    server.held = new Promise((done) => {
      release = done;
    });
    const listing = contacts.refresh();
    const adding = contacts.add('ada@example.com');
    await settled();
    release();
    await Promise.all([listing, adding]);

    expect(await contacts.find(ADA)).toMatchObject({ isContact: true });
  });

  it('are removed and blocked; a block stays', async () => {
    const { contacts } = setUp();
    await contacts.add('ada@example.com');
    await contacts.block(ADA, true);
    await contacts.remove(ADA);

    expect(await contacts.find(ADA)).toMatchObject({ isContact: false, blocked: true });
    await contacts.block(ADA, false);
    expect(await contacts.find(ADA)).toMatchObject({ blocked: false });
  });

  it('that cannot be stored are not told of', async () => {
    const { contacts, server, store, news } = setUp();
    server.listed = [contact(ADA)];
    store.at(1, { fail: 'full' });

    await expect(contacts.refresh()).rejects.toMatchObject({ code: 'full' });
    expect(news()).toEqual([]);
    await contacts.refresh();
    expect(news()).toEqual(['ada', 'online: 0']);
  });
});

describe('strangers', () => {
  it('are known once they wrote, and by name once they say it', async () => {
    const { contacts, clock, news } = setUp();
    await contacts.met(GRACE);
    await contacts.met(GRACE);
    expect(await contacts.find(GRACE)).toMatchObject({
      username: '',
      isContact: false,
      since: clock.now(),
    });

    await contacts.met(GRACE, 'grace');
    expect(await contacts.find(GRACE)).toMatchObject({ username: 'grace', isContact: false });
    expect(news()).toEqual(['grace', 'grace']);
  });

  it("don't rename a contact", async () => {
    const { contacts } = setUp();
    await contacts.add('ada@example.com');
    await contacts.met(ADA, 'Your bank');

    expect(await contacts.find(ADA)).toMatchObject({ username: 'ada', isContact: true });
  });

  it('are blocked without being contacts; a list of contacts says nothing of that', async () => {
    const { contacts, server } = setUp();
    await contacts.block(GRACE, true);
    server.listed = [];
    await contacts.refresh();

    expect(await contacts.find(GRACE)).toMatchObject({ blocked: true, isContact: false });
  });
});
