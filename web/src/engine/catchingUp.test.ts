import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../protocol/testing/fakeClock';
import { Inbox, type InboxParts } from './inbox';
import { seedOfRun } from './testing/seeded';
import { World } from './testing/world';

const seed = seedOfRun();

/** Lets everybody work until something is so, and no time go by. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((done) => setTimeout(done, 1));
  }
}

describe('catching up', () => {
  afterEach(() => vi.restoreAllMocks());

  it('comes before receipts and new prekeys, which both follow', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    ben.program.kill();
    const { pending, prekeys } = world.relay.account(ben.userId);
    for (let count = 0; count < 60; count++) {
      await ann.program.chat.send(ben.userId, `message ${count}`, []);
    }
    await world.until(() => pending.size === 60 && prekeys.length === 0);

    const did: string[] = [];
    ben.program.killAt = (step) => {
      did.push(step);
      return false;
    };
    const came = world.relay.came.bind(world.relay);
    vi.spyOn(world.relay, 'came').mockImplementation((end, text) => {
      const { type } = JSON.parse(text);
      if (end.userId === ben.userId && type !== 'ping') {
        did.push(type);
      }
      came(end, text);
    });
    await ben.program.start();
    await until(() => did.includes('batch_uploaded'));
    await until(() => did.filter((it) => it === 'delivery_confirmation').length === 60);

    const over = did.lastIndexOf('settled');
    expect(did.slice(0, over).filter((it) => it === 'opened')).toHaveLength(60);
    expect(did.indexOf('batch_kept')).toBeGreaterThan(over);
    expect(did.indexOf('delivery_confirmation')).toBeGreaterThan(over);
    expect([...ann.program.faults, ...ben.program.faults]).toEqual([]);
  });

  it('keeps others waiting only so long', async () => {
    const clock = new FakeClock();
    const inbox = new Inbox({
      shared: { clock },
      relay: { pending: () => new Promise(() => {}) },
      askings: { beginLook: () => {} },
    } as unknown as InboxParts);
    await inbox.calm();
    void inbox.catchUp();
    let isCalm = false;
    const calm = inbox.calm().then(() => {
      isCalm = true;
    });
    await clock.pass(9_000);

    expect(isCalm).toBe(false);
    expect(inbox.isCatchingUp).toBe(true);
    await clock.pass(1_000);
    await calm;
    expect(clock.delays).toEqual([]);
  });

  it('that fails keeps nobody waiting', async () => {
    const clock = new FakeClock();
    const inbox = new Inbox({
      shared: { clock },
      relay: { pending: () => Promise.reject(new Error('away')) },
      askings: { beginLook: () => {} },
    } as unknown as InboxParts);

    const catchingUp = inbox.catchUp();
    await Promise.all([inbox.calm(), expect(catchingUp).rejects.toThrow('away')]);
    expect(inbox.isCatchingUp).toBe(false);
    expect(clock.delays).toEqual([]);
  });
});
