import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../store/memory';
import type { Events } from './api';
import { ENGINE_TABLES } from './tables';
import { seedOfRun } from './testing/seeded';
import { lineOf, type Person, World } from './testing/world';

const seed = seedOfRun();

/** Something has altered a row on somebody's disk. */
function damage(person: Person, table: string, key: (string | number)[]): void {
  const disk = person.program.browser.accounts.get(person.userId)?.disk;
  new MemoryStore(ENGINE_TABLES, disk).damage(table, key);
}

describe('a store without room', () => {
  it('loses nothing: the relay keeps what comes, and a person is told', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await world.pass(1000);
    ben.program.store.down('full');

    await ann.program.chat.send(ben.userId, 'waits', []);
    await world.until(() =>
      ben.program.told.some(
        ({ event, told }) =>
          event === 'failed' && (told as Events['failed']).code === 'storage_full',
      ),
    );
    expect(world.relay.pendingOf(ben.userId)).toHaveLength(1);
    await expect(ben.program.chat.send(ann.userId, 'no room', [])).rejects.toMatchObject({
      code: 'storage_full',
    });
    ben.program.store.down();
    ben.program.cut();

    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 0);
    expect((await ben.program.messages(ann.userId)).map(({ text }) => text)).toEqual(['waits']);
    expect(ben.program.faults).toEqual([]);
  });

  it('that another program has opened is left to it', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await world.pass(1000);
    ben.program.store.down('taken');

    await ann.program.chat.send(ben.userId, 'for the other', []);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 1);
    await world.until(async () => (await ben.program.chat.connection()) === 'offline');

    await world.pass(5_000);
    expect(world.relay.pendingOf(ben.userId)).toHaveLength(1);
    expect(ben.program.faults).toEqual([]);
  });
});

describe('a row that was altered', () => {
  it('is shown as a message that can not be read, among the others', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const sent = [];
    for (const text of ['one', 'two', 'three']) {
      sent.push(await ann.program.chat.send(ben.userId, text, []));
    }
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 3);

    damage(ben, 'messages', [ann.userId, sent[1]?.id ?? '']);

    const shown = await ben.program.messages(ann.userId);
    expect(shown.map(({ text, details }) => [text, details.damaged])).toEqual([
      ['one', undefined],
      ['', true],
      ['three', undefined],
    ]);
    await ben.program.chat.markRead(ann.userId);
    expect(await lineOf(ben, ann.userId)).toMatchObject({ unread: 0 });
    await ben.program.chat.deleteMessages(ann.userId, [sent[1]?.id ?? '']);
    expect(await ben.program.messages(ann.userId)).toHaveLength(2);
    expect(ben.program.faults).toEqual([]);
  });

  it('of the list is made anew of its messages', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'kept', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);

    damage(ben, 'conversations', [ann.userId]);

    expect(await lineOf(ben, ann.userId)).toMatchObject({ unread: 1, last: { text: 'kept' } });
    await ann.program.chat.send(ben.userId, 'more', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 2);
    expect(await lineOf(ben, ann.userId)).toMatchObject({ unread: 2, last: { text: 'more' } });
  });

  it('of the outbox fails its message, and hinders no other', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    ann.program.online = false;
    ann.program.cut();
    await ann.program.chat.send(ben.userId, 'broken', []);
    await ann.program.chat.send(ben.userId, 'whole', []);

    damage(ann, 'outbox', [1]);
    ann.program.online = true;
    await ann.program.chat.wake();

    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);
    const [broken] = await ann.program.messages(ben.userId);
    expect(broken).toMatchObject({ text: 'broken', state: 'failed' });
    expect(broken?.details.failure).toContain('write it again');
    expect(ann.program.faults).toEqual([]);
  });

  it('is left out of an account file, which has the rest and says how many there were', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const broken = await ann.program.chat.send(ben.userId, 'broken', []);
    await ann.program.chat.send(ben.userId, 'whole', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 2);
    damage(ben, 'messages', [ann.userId, broken.id]);
    damage(ben, 'received', [ann.userId, broken.id]);
    damage(ben, 'conversations', [ann.userId]);

    const { file, leftOut } = await ben.program.chat.exportAccountFile('a passphrase');

    expect(leftOut).toBe(3);
    const elsewhere = await world.elsewhere(ben);
    await elsewhere.program.chat.importAccountFile(file, 'a passphrase');
    const brought = await elsewhere.program.messages(ann.userId);
    expect(brought.map(({ text }) => text)).toEqual(['whole']);
    expect(elsewhere.program.faults).toEqual([]);
  });
});
