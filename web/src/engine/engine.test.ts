import { describe, expect, it } from 'vitest';
import { seedOfRun } from './testing/seeded';
import { lineOf, World } from './testing/world';

describe('two people', () => {
  it('write to each other, and see how far messages are', async () => {
    const world = new World(seedOfRun());
    const [ann, ben] = await world.friends();

    const sent = await ann.program.chat.send(ben.userId, 'Hello, Ben', []);

    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);
    const [received] = await ben.program.messages(ann.userId);
    expect(received).toMatchObject({ id: sent.id, text: 'Hello, Ben', state: 'delivered' });
    expect(received?.details).toMatchObject({ crypto_version: 'v2', mode: 'spk+opk+kem' });
    await world.until(
      async () => (await ann.program.messages(ben.userId))[0]?.state === 'delivered',
    );
    expect(await lineOf(ben, ann.userId)).toMatchObject({ unread: 1, firstUnread: sent.id });

    await ben.program.chat.markRead(ann.userId, [sent.id]);

    await world.until(async () => (await ann.program.messages(ben.userId))[0]?.state === 'read');
    expect(await lineOf(ben, ann.userId)).toMatchObject({ unread: 0 });
    await world.until(() => world.relay.pendingOf(ben.userId).length === 0);
    expect(ann.program.faults).toEqual([]);
    expect(ben.program.faults).toEqual([]);
  });
});
