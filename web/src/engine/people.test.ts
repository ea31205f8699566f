import { describe, expect, it } from 'vitest';
import { OfferedPrekeys } from '../crypto';
import { problem } from './testing/relay';
import { seedOfRun } from './testing/seeded';
import { lineOf, type Person, World } from './testing/world';

const seed = seedOfRun();

async function texts(of: Person, contact: Person): Promise<string[]> {
  return (await of.program.messages(contact.userId)).map(({ text }) => text);
}

describe('the outbox', () => {
  it('keeps what is written offline, in its order, over a restart', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    ann.program.online = false;
    ann.program.cut();

    await ann.program.chat.send(ben.userId, 'first', []);
    await ann.program.chat.send(ben.userId, 'second', []);
    ann.program.kill();
    await ann.program.start();
    expect(await texts(ann, ben)).toEqual(['first', 'second']);
    ann.program.online = true;
    await ann.program.chat.wake();

    await world.until(async () => (await texts(ben, ann)).length === 2);
    expect(await texts(ben, ann)).toEqual(['first', 'second']);
    expect([...ann.program.faults, ...ben.program.faults]).toEqual([]);
  });

  it('waits as long as the relay asks, and leaves others alone', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const cem = await world.person('cem');
    await ann.program.chat.addContact(cem.email);
    let refusals = 0;
    world.relay.rules.push((_method, path, body) => {
      if (path !== '/relay/send' || body.recipient_id !== ben.userId || refusals >= 2) {
        return undefined;
      }
      refusals++;
      return {
        ...problem(429, 'Their inbox is full.', { code: 'inbox_full' }),
        headers: { 'Retry-After': '15' },
      };
    });

    await ann.program.chat.send(ben.userId, 'later', []);
    await ann.program.chat.send(cem.userId, 'now', []);

    await world.until(async () => (await texts(cem, ann)).length === 1);
    expect(await texts(ben, ann)).toEqual([]);
    await world.until(async () => (await texts(ben, ann)).length === 1);
    expect(refusals).toBe(2);
    expect((await ann.program.messages(ben.userId))[0]?.state).not.toBe('failed');
  });

  it('says that an account is gone, also once no key of theirs is left to take', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'there', []);
    await world.until(async () => (await texts(ben, ann)).length === 1);
    ben.program.kill();
    world.relay.leave(ben.userId);
    const count = OfferedPrekeys.MOST + 2;

    for (let i = 0; i < count; i++) {
      await ann.program.chat.send(ben.userId, 'gone', []);
    }

    await world.until(async () => (await lineOf(ann, ben.userId))?.failed === count);
    const failed = (await ann.program.messages(ben.userId)).slice(1);
    for (const { details } of failed) {
      expect(details.failure).toMatch(/no such account any more/);
    }
    expect((await lineOf(ann, ben.userId))?.held).toBeUndefined();
  });

  it('fails in its place what the relay never takes, and sends it again when asked', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    let isRefusing = true;
    world.relay.rules.push((_method, path) =>
      path === '/relay/send' && isRefusing ? problem(422, 'That can not be taken.') : undefined,
    );

    const sent = await ann.program.chat.send(ben.userId, 'again', []);
    await world.until(async () => (await ann.program.messages(ben.userId))[0]?.state === 'failed');
    const [failed] = await ann.program.messages(ben.userId);
    expect(failed?.details.failure).toBe('That can not be taken.');
    expect(await lineOf(ann, ben.userId)).toMatchObject({ failed: 1 });
    isRefusing = false;
    const again = await ann.program.chat.retry(sent.id);

    expect(again.id).not.toBe(sent.id);
    expect(again.place).toBe(sent.place);
    await world.until(async () => (await texts(ben, ann)).length === 1);
    expect(await lineOf(ann, ben.userId)).toMatchObject({ failed: 0 });
    expect(ann.program.told.some(({ event }) => event === 'reissued')).toBe(true);
  });

  it('refuses texts that are too long, broken or empty, and stores none of them', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const { chat } = ann.program;

    await expect(chat.send(ben.userId, 'x'.repeat(65_536), [])).rejects.toMatchObject({
      code: 'too_long',
    });
    await expect(chat.send(ben.userId, 'a\ud83d', [])).rejects.toMatchObject({
      code: 'broken_text',
    });
    await expect(chat.send(ben.userId, '', [])).rejects.toMatchObject({ code: 'too_short' });
    expect(await texts(ann, ben)).toEqual([]);

    const longest = '\u00e9'.repeat(32_767);
    await chat.send(ben.userId, longest, []);
    await world.until(async () => (await texts(ben, ann)).length === 1);
    expect(await texts(ben, ann)).toEqual([longest]);
  });

  it('holds messages to somebody with another identity until its number is accepted', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'before', []);
    await world.until(async () => (await texts(ben, ann)).length === 1);
    const anew = await world.elsewhere(ben);
    await anew.program.chat.beginAnew();
    await world.until(() => Number(world.relay.account(ben.userId).bundle?.bundle_version) > 1);

    expect(await ann.program.chat.checkIdentity(ben.userId)).toBe(true);
    await ann.program.chat.send(ben.userId, 'after', []);
    await world.until(async () => (await lineOf(ann, ben.userId))?.held === 'IDENTITY_CHANGED');
    expect(await lineOf(ann, ben.userId)).toMatchObject({ identityChanged: true });
    await ann.program.chat.markVerified(ben.userId, true);
    await expect(ann.program.chat.acceptIdentity(ben.userId, '1'.repeat(60))).rejects.toMatchObject(
      { code: 'IDENTITY_CHANGED' },
    );
    const { digits } = await ann.program.chat.safetyNumber(ben.userId);
    expect((await anew.program.chat.safetyNumber(ann.userId)).digits).toBe(digits);
    await ann.program.chat.acceptIdentity(ben.userId, digits);

    await world.until(async () => (await texts(anew, ann)).includes('after'));
    expect(await lineOf(ann, ben.userId)).toMatchObject({
      identityChanged: false,
      verified: false,
    });
    expect((await lineOf(ann, ben.userId))?.held).toBeUndefined();
  });

  it('seals nothing by a clock that is off, and says so', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    ann.program.ahead = 3_600_000;

    await ann.program.chat.send(ben.userId, 'early', []);
    await world.pass(20_000, 1_000);
    expect(await texts(ben, ann)).toEqual([]);
    expect((await ann.program.messages(ben.userId))[0]?.state).toBe('sending');
    await world.until(() => ann.program.told.some(({ event }) => event === 'clockOff'));
    ann.program.ahead = 0;
    await ann.program.chat.wake();

    await world.until(async () => (await texts(ben, ann)).length === 1);
    expect(await texts(ben, ann)).toEqual(['early']);
  });
});

describe('the inbox', () => {
  it('keeps for a look what was tampered with, and goes on with the rest', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    ben.program.online = false;
    ben.program.cut();
    await ann.program.chat.send(ben.userId, 'true', []);
    await ann.program.chat.send(ben.userId, 'altered', []);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 2);
    const [, second] = world.relay.pendingOf(ben.userId);
    if (second) {
      const content = String(second.encrypted_content);
      second.encrypted_content = `${content.slice(0, -8)}AAAAAAA=`;
    }
    ben.program.online = true;
    await ben.program.chat.wake();

    await world.until(async () => (await ben.program.chat.quarantine()).length === 1);
    expect(await texts(ben, ann)).toEqual(['true']);
    const [refused] = await ben.program.chat.quarantine();
    expect(refused).toMatchObject({ senderId: ann.userId, reason: 'BAD_SIGNATURE' });
    expect(refused?.detail).not.toBe('');
    // What was opened is acknowledged, and what was refused isn't.
    await world.until(() => world.relay.pendingOf(ben.userId).length === 1);

    expect(await ben.program.chat.discardRefused()).toBe(1);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 0);
    expect(await ben.program.chat.quarantine()).toEqual([]);
  });

  it('takes a message once, also where the relay hands it over for ever', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'once', []);
    await world.until(async () => (await texts(ben, ann)).length === 1);
    const [text] = [...world.relay.sent.values()].slice(-1);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 0);

    world.relay.replay(ben.userId, ann.userId, String(text));
    ben.program.cut();
    await world.until(() => world.relay.pendingOf(ben.userId).length === 0);

    expect(await texts(ben, ann)).toEqual(['once']);
    expect(await ben.program.chat.quarantine()).toEqual([]);
  });

  it('notices what the relay has lost, and has it sent again', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'first', []);
    await world.until(async () => (await texts(ben, ann)).length === 1);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 0);
    ben.program.online = false;
    ben.program.cut();
    await ann.program.chat.send(ben.userId, 'lost', []);
    await ann.program.chat.send(ben.userId, 'third', []);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 2);
    world.relay.lose(ben.userId, String(world.relay.pendingOf(ben.userId)[0]?.id));
    ben.program.online = true;
    await ben.program.chat.wake();

    await world.until(async () => (await lineOf(ben, ann.userId))?.missing === 1);
    await world.pass(60_000, 1_000);
    ben.program.cut();
    await world.until(async () => (await texts(ben, ann)).length === 3);
    expect((await texts(ben, ann)).sort()).toEqual(['first', 'lost', 'third']);
    await world.until(async () => (await lineOf(ben, ann.userId))?.missing === 0);
    expect(await texts(ann, ben)).toEqual(['first', 'lost', 'third']);
  });

  it('shows the newest conversation first when it catches up', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const cem = await world.person('cem');
    await cem.program.chat.addContact(ben.email);
    ben.program.online = false;
    ben.program.cut();
    for (let i = 0; i < 30; i++) {
      await ann.program.chat.send(ben.userId, `ann ${i}`, []);
    }
    await world.until(() => world.relay.pendingOf(ben.userId).length === 30);
    await world.pass(1000);
    await cem.program.chat.send(ben.userId, 'cem', []);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 31);
    ben.program.told.length = 0;
    ben.program.online = true;
    await ben.program.chat.wake();
    await world.until(async () => (await texts(ben, ann)).length === 30);

    const first = ben.program.told.find(({ event }) => event === 'messages');
    expect(first?.told).toMatchObject({ contactId: cem.userId });
    expect(await lineOf(ben, cem.userId)).toMatchObject({ isContact: false, unread: 1 });
    const left = ben.program.told.filter(({ event }) => event === 'catchingUp');
    expect(left.at(0)?.told).toEqual({ left: 31 });
    expect(left.at(-1)?.told).toEqual({ left: 0 });
  });
});

describe('receipts and typing', () => {
  it('tells nobody what was read where a person wants it so', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ben.program.chat.changeSettings({ receipts: false });
    await ann.program.chat.send(ben.userId, 'quiet', []);
    await world.until(async () => (await texts(ben, ann)).length === 1);
    await ben.program.chat.markRead(ann.userId);
    await world.pass(40_000, 1_000);

    expect((await ann.program.messages(ben.userId))[0]?.state).toBe('delivered');
    expect(await lineOf(ben, ann.userId)).toMatchObject({ unread: 0 });
  });

  it('shows typing while it lasts', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await world.until(async () => (await lineOf(ben, ann.userId))?.online === true);

    await ann.program.chat.typing(ben.userId, true);
    await world.until(async () => (await lineOf(ben, ann.userId))?.typing === true);
    await world.until(async () => (await lineOf(ben, ann.userId))?.typing === false);
  });
});
