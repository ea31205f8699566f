import { describe, expect, it, vi } from 'vitest';
import { Capabilities } from '../crypto';
import { MemoryStore } from '../store/memory';
import { DAY } from './surroundings';
import { ENGINE_TABLES } from './tables';
import { seedOfRun } from './testing/seeded';
import { lineOf, type Person, World } from './testing/world';

const seed = seedOfRun();

/** What is on somebody's disk. */
function storeOf(person: Person): MemoryStore {
  const disk = person.program.browser.accounts.get(person.userId)?.disk;
  return new MemoryStore(ENGINE_TABLES, disk);
}

function versionOf(world: World, person: Person): number {
  return Number(world.relay.account(person.userId).bundle?.bundle_version);
}

/** Somebody's program is closed for so long. */
async function sleep(world: World, person: Person, time: number): Promise<void> {
  person.program.kill();
  world.clock.set(world.clock.now() + time);
  await person.program.start();
}

describe('own keys', () => {
  it('are rotated weekly, and the former ones deleted 8 days later', async () => {
    const world = new World(seed);
    const ann = await world.person('ann');
    expect(versionOf(world, ann)).toBe(1);
    const first = await storeOf(ann).list('own_keys', { index: 'kind', prefix: ['spk'] });

    await sleep(world, ann, 7 * DAY + 1000);
    await world.until(() => versionOf(world, ann) === 2);
    const second = await storeOf(ann).list('own_keys', { index: 'kind', prefix: ['spk'] });
    expect(second.map(({ status }) => status).sort()).toEqual(['active', 'deprecated']);
    await sleep(world, ann, 8 * DAY + 1000);
    await world.until(() => versionOf(world, ann) === 3);
    await sleep(world, ann, DAY / 24);
    const gone = async () =>
      !(await storeOf(ann).list('own_keys')).some(({ keyId }) => keyId === first[0]?.keyId);
    await world.until(gone);

    expect(ann.program.faults).toEqual([]);
  });

  it('are rotated when a person wants it', async () => {
    const world = new World(seed);
    const ann = await world.person('ann');

    await ann.program.chat.rotateKeys();

    expect(versionOf(world, ann)).toBe(2);
  });

  it('that open a message once are deleted with it', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const before = await storeOf(ben).count('own_keys', { index: 'kind', prefix: ['opk'] });

    await ann.program.chat.send(ben.userId, 'one', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);

    expect(await storeOf(ben).count('own_keys', { index: 'kind', prefix: ['opk'] })).toBe(
      before - 1,
    );
  });

  it('go on at the directory where it has lost the answer, or all that it had', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    delete world.relay.account(ann.userId).bundle;
    await ann.program.chat.rotateKeys();
    await world.until(() => versionOf(world, ann) === 2);

    await ben.program.chat.send(ann.userId, 'still', []);
    await world.until(async () => (await ann.program.messages(ben.userId)).length === 1);
  });
});

describe('a copy of a store', () => {
  it('takes nothing twice, asks for what came since, and replaces its keys', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    await ben.program.chat.send(ann.userId, 'before', []);
    await ann.program.chat.send(ben.userId, 'hello', []);
    await world.until(async () => (await ann.program.messages(ben.userId)).length === 2);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 2);
    const copy = ann.program.browser.copy();
    await ben.program.chat.send(ann.userId, 'since', []);
    await world.until(async () => (await ann.program.messages(ben.userId)).length === 3);
    await world.until(() => world.relay.pendingOf(ann.userId).length === 0);
    await ann.program.chat.rotateKeys();
    const version = versionOf(world, ann);

    ann.program.kill();
    ann.program.browser = copy;
    await sleep(world, ann, 2 * DAY);

    await world.until(() => ann.program.told.some(({ event }) => event === 'restored'));
    await world.until(async () => (await ann.program.messages(ben.userId)).length === 3);
    const texts = (await ann.program.messages(ben.userId)).map(({ text }) => text);
    expect(texts.sort()).toEqual(['before', 'hello', 'since']);
    await world.until(() => versionOf(world, ann) > version);
    await ann.program.chat.send(ben.userId, 'again', []);
    await world.until(async () => (await ben.program.messages(ann.userId)).length === 4);
    expect((await ben.program.messages(ann.userId)).map(({ text }) => text).sort()).toEqual([
      'again',
      'before',
      'hello',
      'since',
    ]);
    expect([...ann.program.faults, ...ben.program.faults]).toEqual([]);
  });
});

describe('a program that encrypts more weakly than before', () => {
  it('is written to once a person agrees to what its owner has signed', async () => {
    const world = new World(seed);
    const [ann, ben] = await world.friends();
    const texts = async () => (await ben.program.messages(ann.userId)).map(({ text }) => text);
    ben.program.kill();
    const { id } = await ann.program.chat.send(ben.userId, 'strong', []);
    await world.until(() => world.relay.pendingOf(ben.userId).length === 1);
    // Who has had a strong message, as no weak program can, takes no weak one after it.
    world.relay.lose(ben.userId, id);
    await expect(ann.program.chat.consentToDowngrade(ben.userId)).rejects.toMatchObject({
      code: 'DOWNGRADE',
    });
    const weaker = vi
      .spyOn(Capabilities, 'ofThisProgram')
      .mockReturnValue(new Capabilities(['v1', 'content-1']));
    await ben.program.start();
    // It may be ready before it is at work; this is asked of it when it is.
    await ben.program.chat.quarantine();
    weaker.mockRestore();
    const before = world.relay.account(ben.userId).bundle;
    await ben.program.chat.rotateKeys();
    await world.until(() => world.relay.account(ben.userId).bundle !== before);
    await ann.program.chat.checkIdentity(ben.userId);

    await ann.program.chat.send(ben.userId, 'weaker', []);
    await world.until(async () => (await lineOf(ann, ben.userId))?.held === 'DOWNGRADE');
    expect(await lineOf(ann, ben.userId)).toMatchObject({ downgraded: true });
    expect(await texts()).toEqual([]);
    await ann.program.chat.consentToDowngrade(ben.userId);

    await world.until(async () => (await texts()).includes('weaker'));
    const line = await lineOf(ann, ben.userId);
    expect(line).toMatchObject({ downgraded: false });
    expect(line?.held).toBeUndefined();
    world.relay.account(ben.userId).prekeys = [];
    // She has taken some for the next ones.
    for (let count = 1; count <= 5; count++) {
      await ann.program.chat.send(ben.userId, count < 5 ? `weak ${count}` : 'weakest', []);
    }
    await world.until(async () => (await texts()).includes('weakest'));
    for (const [text, mode, prekey] of [
      ['weaker', 'spk+opk', 'one_time'],
      ['weakest', 'spk', 'signed'],
    ]) {
      for (const [me, other] of [
        [ann, ben],
        [ben, ann],
      ] as const) {
        const messages = await me.program.messages(other.userId);
        const message = messages.find((it) => it.text === text);
        const sheet = await me.program.chat.security(other.userId, message?.id ?? '');
        expect(sheet).toMatchObject({ suite: 'v1', mode, prekey });
        expect(sheet.signatures.map(({ algorithm }) => algorithm)).toEqual(['ECDSA-P256-SHA256']);
        expect(sheet.exposedUntil !== undefined).toBe(prekey === 'signed');
      }
    }
    expect([...ann.program.faults, ...ben.program.faults]).toEqual([]);
  });
});
