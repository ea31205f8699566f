import { describe, expect, it } from 'vitest';
import { OfferedPrekeys } from '../crypto';
import type { Events, Phase } from './api';
import { DAY, HOUR, SECOND } from './surroundings';
import { problem } from './testing/relay';
import { seedOfRun } from './testing/seeded';
import { lineOf, World } from './testing/world';

const seed = seedOfRun();

describe('an account', () => {
  it('asks for its account file, or to begin anew, where its identity is elsewhere', async () => {
    const world = new World(seed);
    const ann = await world.person('ann');
    const before = world.relay.account(ann.userId).bundle;

    const elsewhere = await world.elsewhere(ann);

    expect(await elsewhere.program.chat.phase()).toMatchObject({ name: 'identity_needed' });
    await world.pass(5_000);
    expect(world.relay.account(ann.userId).bundle).toBe(before);
    await expect(elsewhere.program.chat.send(ann.userId, 'x', [])).rejects.toMatchObject({
      name: 'EngineError',
      code: 'login_required',
    });
    elsewhere.program.kill();
    await elsewhere.program.start();
    expect(await elsewhere.program.chat.phase()).toMatchObject({ name: 'identity_needed' });

    await elsewhere.program.chat.beginAnew();
    expect(await elsewhere.program.chat.phase()).toMatchObject({ name: 'ready' });
    await world.until(() => world.relay.account(ann.userId).bundle !== before);
    expect(elsewhere.program.faults).toEqual([]);
  });

  it('goes on where it was after a restart, also without a network', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'kept', []);
    await ann.program.chat.saveDraft(ben.userId, 'half a');
    await world.until(async () => (await ann.program.messages(ben.userId))[0]?.state !== 'sending');
    await ann.program.chat.arrange(ben.userId, { pinned: true });
    ann.program.kill();
    ann.program.online = false;

    await ann.program.start();

    expect(await ann.program.chat.phase()).toMatchObject({ name: 'ready', loginRequired: false });
    expect(await lineOf(ann, ben.userId)).toMatchObject({
      username: 'ben',
      pinned: true,
      draft: 'half a',
      online: false,
      last: { text: 'kept', mine: true },
    });
  });

  it('knows contacts by their new names once a person comes back to it, over the same socket', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await world.pass(1000);
    const opened = () =>
      world.relay.calls.filter((call) => call === 'POST /auth/socket-ticket').length;
    const before = opened();
    world.relay.account(ben.userId).username = 'benjamin';
    // In steps in which the socket's pings are answered.
    for (let passed = 0; passed < HOUR; passed += 5 * SECOND) {
      await world.clock.pass(5 * SECOND);
      await new Promise((done) => setTimeout(done));
    }

    await ann.program.chat.wake();

    await world.until(async () => (await lineOf(ann, ben.userId))?.username === 'benjamin');
    expect(
      ann.program.told.some(
        ({ event, told }) =>
          event === 'conversation' &&
          (told as Events['conversation']).conversation?.username === 'benjamin',
      ),
    ).toBe(true);
    expect(opened()).toBe(before);
  });

  it('says that the session has ended, and shows what is stored', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    world.relay.rules.push((_method, path, _body, userId) =>
      userId === ann.userId || path === '/auth/refresh' ? problem(401, 'Sign in.') : undefined,
    );

    ann.program.cut();
    const isEnded = (phase: Phase) => phase.name === 'ready' && phase.loginRequired;
    await world.until(async () => isEnded(await ann.program.chat.phase()));
    await ann.program.chat.send(ben.userId, 'waits', []);
    expect(await ann.program.messages(ben.userId)).toHaveLength(1);

    world.relay.rules.length = 0;
    await ann.program.chat.login(ann.email, 'a long password');
    expect(await ann.program.chat.phase()).toMatchObject({ name: 'ready', loginRequired: false });
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);
  });

  it('refuses a wrong password by the words of the server', async () => {
    const world = new World(seed);
    const ann = await world.person('ann');
    await ann.program.chat.logout({ deleteStored: false });
    expect(await ann.program.chat.phase()).toEqual({ name: 'signed_out', email: ann.email });

    await expect(ann.program.chat.login(ann.email, 'wrong')).rejects.toMatchObject({
      name: 'EngineError',
      detail: 'Address or password are wrong.',
    });
    await ann.program.chat.login(ann.email, 'a long password');
    expect(await ann.program.chat.phase()).toMatchObject({ name: 'ready' });
  });

  it('keeps apart what two people have stored here', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'mine', []);
    await ann.program.chat.logout({ deleteStored: false });
    await ann.program.chat.register('cem@example.org', 'a long password', 'cem', 'cem');

    expect(await ann.program.chat.conversations()).toEqual([]);
    await ann.program.chat.logout({ deleteStored: true });
    await ann.program.chat.login(ann.email, 'a long password');

    expect((await ann.program.messages(ben.userId)).map(({ text }) => text)).toEqual(['mine']);
    expect(ann.program.browser.accounts.size).toBe(1);
  });

  it('locks by a passphrase, by itself where nobody is there', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const { chat } = ann.program;
    await chat.changePassphrase(undefined, 'open sesame');
    await chat.changeSettings({ lockAfter: 5 });
    await world.pass(200_000, 5_000);
    await chat.wake();
    await world.pass(200_000, 5_000);
    expect(await chat.phase()).toMatchObject({ name: 'ready' });
    await world.pass(301_000, 5_000);

    expect(await chat.phase()).toEqual({ name: 'locked', email: ann.email });
    await expect(chat.messages(ben.userId, { at: 'end' }, 10)).rejects.toMatchObject({
      name: 'EngineError',
    });
    await expect(chat.unlock('wrong')).rejects.toMatchObject({ code: 'wrong_passphrase' });
    await chat.unlock('open sesame');
    expect(await chat.phase()).toMatchObject({ name: 'ready' });
    await chat.send(ben.userId, 'open', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);
  });

  it('is gone when it is deleted, and what was stored of it too', async () => {
    const world = new World(seed);
    const ann = await world.person('ann');
    world.relay.rules.push((method, path) =>
      method === 'DELETE' && path === '/users/me' ? { status: 204 } : undefined,
    );

    await ann.program.chat.deleteAccount('a long password');

    expect(await ann.program.chat.phase()).toMatchObject({
      name: 'signed_out',
      reason: 'account_deleted',
    });
    expect(ann.program.browser.accounts.size).toBe(0);
  });
});

describe('conversations', () => {
  it('are read in stretches, from the first unread on', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const texts = Array.from({ length: 25 }, (_, i) => `${i}`);
    for (const text of texts) {
      await ann.program.chat.send(ben.userId, text, []);
    }
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 25);
    const { chat } = ben.program;
    const all = await ben.program.messages(ann.userId);
    await chat.markRead(
      ann.userId,
      all.slice(0, 10).map(({ id }) => id),
    );
    const textsOf = (page: { messages: { text: string }[] }) =>
      page.messages.map(({ text }) => text);

    const end = await chat.messages(ann.userId, { at: 'end' }, 5);
    expect([textsOf(end), end.hasEarlier, end.hasLater]).toEqual([texts.slice(20), true, false]);
    const before = await chat.messages(ann.userId, { before: end.messages[0]?.place ?? 0 }, 20);
    expect([textsOf(before), before.hasEarlier]).toEqual([texts.slice(0, 20), false]);
    const after = await chat.messages(ann.userId, { after: all[21]?.place ?? 0 }, 20);
    expect([textsOf(after), after.hasLater]).toEqual([texts.slice(22), false]);
    const unread = await chat.messages(ann.userId, { at: 'first_unread' }, 6);
    expect(textsOf(unread)).toContain('10');
    expect(unread.messages).toHaveLength(6);
    expect([unread.hasEarlier, unread.hasLater]).toEqual([true, true]);
    expect(await lineOf(ben, ann.userId)).toMatchObject({
      unread: 15,
      firstUnread: all[10]?.id,
    });
  });

  it('are deleted here alone, and what came once does not come again', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'one', []);
    await ann.program.chat.send(ben.userId, 'two', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 2);
    const [one] = await ben.program.messages(ann.userId);

    await ben.program.chat.deleteMessages(ann.userId, [one?.id ?? '']);
    expect((await ben.program.messages(ann.userId)).map(({ text }) => text)).toEqual(['two']);
    expect(await lineOf(ben, ann.userId)).toMatchObject({ unread: 1, last: { text: 'two' } });
    await ben.program.chat.deleteConversation(ann.userId);

    expect(await ben.program.messages(ann.userId)).toEqual([]);
    const line = await lineOf(ben, ann.userId);
    expect(line).toMatchObject({ unread: 0, isContact: true });
    expect(line?.last).toBeUndefined();
    expect(await ben.program.chat.search('two', { limit: 10 })).toMatchObject({ hits: [] });
    ben.program.cut();
    await world.pass(5_000);
    expect(await ben.program.messages(ann.userId)).toEqual([]);
    expect(await ann.program.messages(ben.userId)).toHaveLength(2);
  });

  it('are searched, exported and imported', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ann.program.chat.send(ben.userId, 'Crème brûlée for you', []);
    await ann.program.chat.send(ben.userId, 'and tea', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 2);

    const { hits } = await ben.program.chat.search('BRULEE', { limit: 10 });
    expect(hits.map(({ message, ranges }) => [message.text, ranges])).toEqual([
      ['Crème brûlée for you', [[6, 12]]],
    ]);
    const markdown = await ben.program.chat.exportMarkdown(ann.userId);
    await ben.program.chat.deleteConversation(ann.userId);
    const result = await ben.program.chat.importMarkdown(markdown);

    expect(result).toMatchObject({ added: 2, here: 0, unverified: 0, refused: [] });
    const again = await ben.program.messages(ann.userId);
    expect(again.map(({ text, state }) => [text, state])).toEqual([
      ['Crème brûlée for you', 'imported'],
      ['and tea', 'imported'],
    ]);
    expect(await ben.program.chat.importMarkdown(markdown)).toMatchObject({ added: 0, here: 2 });
    expect((await ben.program.chat.search('tea', { limit: 10 })).hits).toHaveLength(1);
    await expect(ben.program.chat.importMarkdown(new Blob(['hello']))).rejects.toMatchObject({
      code: 'no_export',
    });
  });

  it('say how a message was protected', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const sent = await ann.program.chat.send(ben.userId, 'safe', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);

    for (const [me, other] of [
      [ann, ben],
      [ben, ann],
    ] as const) {
      const sheet = await me.program.chat.security(other.userId, sent.id);
      expect(sheet).toMatchObject({
        suite: 'v2',
        mode: 'spk+opk+kem',
        prekey: 'one_time',
        sealedAgain: 0,
        proven: true,
        verifiedIdentity: false,
      });
      expect(sheet.signatures.map(({ algorithm }) => algorithm)).toEqual([
        'ECDSA-P256-SHA256',
        'ML-DSA-65',
      ]);
      expect(sheet.exposedUntil).toBeUndefined();
    }
  });

  it('say until when a message is exposed that was encrypted without a one-time key', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    ben.program.kill();
    world.relay.account(ben.userId).prekeys = [];
    const sent = await ann.program.chat.send(ben.userId, 'when none was left', []);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 1);
    await ben.program.start();
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);

    for (const [me, other] of [
      [ann, ben],
      [ben, ann],
    ] as const) {
      const sheet = await me.program.chat.security(other.userId, sent.id);
      expect(sheet).toMatchObject({ suite: 'v2', mode: 'spk+kem', prekey: 'last_resort' });
      expect(sheet.signatures).toHaveLength(2);
      expect(sheet.exposedUntil).toBe(sent.created + 15 * DAY);
      // It had none: nobody has withheld any.
      expect(sheet.oneTimeKeysOnOffer).toBeUndefined();
    }
  });

  it('say that one-time keys were on offer where the relay has withheld them', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    // What is on offer later may have been brought there after a message was written at the same time.
    await world.pass(SECOND);
    const { bundle, prekeys } = world.relay.account(ben.userId);
    world.relay.rules.push((method, path) =>
      method === 'GET' && path === `/keys/${ben.userId}`
        ? {
            status: 200,
            body: {
              ...new OfferedPrekeys(ben.userId, []).toMap(),
              user_id: ben.userId,
              bundle,
              last_resort_key_id: null,
            },
          }
        : undefined,
    );
    const sent = await ann.program.chat.send(ben.userId, 'withheld', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);

    expect(await ben.program.chat.security(ann.userId, sent.id)).toMatchObject({
      prekey: 'last_resort',
      oneTimeKeysOnOffer: prekeys.length,
    });
    const seenByAnn = await ann.program.chat.security(ben.userId, sent.id);
    expect(seenByAnn).toMatchObject({ prekey: 'last_resort' });
    expect(seenByAnn.oneTimeKeysOnOffer).toBeUndefined();
  });

  it('verify each other by what is scanned', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const { qr } = await ben.program.chat.safetyNumber(ann.userId);
    const own = await ann.program.chat.safetyNumber(ben.userId);

    await expect(ann.program.chat.checkScanned(ben.userId, own.qr)).rejects.toMatchObject({
      code: 'own_code',
    });
    expect(await lineOf(ann, ben.userId)).toMatchObject({ verified: false });
    expect(await ann.program.chat.checkScanned(ben.userId, qr)).toBe(true);
    expect(await lineOf(ann, ben.userId)).toMatchObject({ verified: true });
  });

  it('write a message once for one request', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const request = '0192f0c0-0000-4000-8000-000000000001';

    const one = await ann.program.chat.sendOnce(request, ben.userId, 'once', []);
    const other = await ann.program.chat.sendOnce(request, ben.userId, 'once', []);

    expect(other.id).toBe(one.id);
    expect(await ann.program.messages(ben.userId)).toHaveLength(1);
  });
});
