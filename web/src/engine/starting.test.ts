import { afterEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../protocol/testing/fakeClock';
import { storeError } from '../store/faults';
import type { StoreFault } from '../store/store';
import type { StorageFault } from './api';
import { openEngine } from './engine';
import { OpenAccount } from './openAccount';
import type { Surroundings } from './surroundings';
import { seedOfRun } from './testing/seeded';
import { lineOf, World } from './testing/world';

const seed = seedOfRun();

afterEach(() => {
  vi.restoreAllMocks();
});

/** A browser in which the accounts can't be opened. */
function browserWith(failure: unknown) {
  const faults: unknown[] = [];
  const surroundings: Surroundings = {
    clock: new FakeClock(),
    random: (size) => new Uint8Array(size),
    fetch: async () => Response.error(),
    XMLHttpRequest: class {} as never,
    WebSocket: class {} as never,
    origin: 'https://chat.example.org',
    accounts: async () => {
      throw failure;
    },
    batchSize: 100,
    step: () => undefined,
    fault: (fault) => faults.push(fault),
  };
  return { surroundings, faults };
}

it.each<[StoreFault, StorageFault]>([
  ['missing', 'missing'],
  ['blocked', 'blocked'],
  ['newer', 'newer'],
  ['damaged', 'damaged'],
  ['full', 'full'],
  ['gone', 'unopened'],
  ['taken', 'unopened'],
])('a store that is %s is said to be %s', async (fault, reason) => {
  const { surroundings, faults } = browserWith(storeError(fault));

  const { chat } = await openEngine(surroundings, () => undefined);

  expect(await chat.phase()).toEqual({ name: 'unusable', reason });
  expect(faults).toEqual([]);
});

it('a fault of the program is reported, and a person is told all the same', async () => {
  const fault = new TypeError('something is undefined');
  const { surroundings, faults } = browserWith(fault);

  const { chat } = await openEngine(surroundings, () => undefined);

  expect(await chat.phase()).toEqual({ name: 'unusable', reason: 'unopened' });
  expect(faults).toEqual([fault]);
});

/** A start that isn't at work yet, until it is let go. */
async function startHeld(failure?: Error) {
  const world = new World(seed);
  const [ann, ben] = await world.friends();
  await ann.program.chat.send(ben.userId, 'before', []);
  await world.until(async () => (await ben.program.messages(ann.userId)).length === 1);
  ann.program.kill();
  const { begin } = OpenAccount.prototype;
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  vi.spyOn(OpenAccount.prototype, 'begin').mockImplementation(async function (
    this: OpenAccount,
    connected,
  ) {
    await held;
    if (failure) {
      throw failure;
    }
    await begin.call(this, connected);
  });
  await ann.program.start();
  return { world, ann, ben, letGo };
}

it('the list is there before the program is at work, which all else waits for', async () => {
  const { world, ann, ben, letGo } = await startHeld();
  const { chat } = ann.program;

  expect(await chat.phase()).toMatchObject({ name: 'ready', loginRequired: false });
  expect(await lineOf(ann, ben.userId)).toMatchObject({ last: { text: 'before' } });
  expect(await chat.settings()).toMatchObject({ receipts: true });
  const sent = chat.send(ben.userId, 'at once', []);
  const read = ann.program.messages(ben.userId);
  // That there is none yet is not to be offline.
  const connected = chat.connection();
  const untold = Symbol('untold');
  const soon = new Promise((done) => setTimeout(done, 20, untold));
  expect(await Promise.race([sent, read, connected, soon])).toBe(untold);

  letGo();
  expect(await connected).not.toBe('offline');
  await sent;
  expect((await read).map(({ text }) => text)).toContain('before');
  await world.until(async () => (await ben.program.messages(ann.userId)).length === 2);
  expect([...ann.program.faults, ...ben.program.faults]).toEqual([]);
});

it('what keeps the program from going to work is said after the list was there', async () => {
  const { ann, letGo } = await startHeld(storeError('damaged'));
  expect(await ann.program.chat.phase()).toMatchObject({ name: 'ready' });

  letGo();
  await vi.waitFor(async () =>
    expect(await ann.program.chat.phase()).toEqual({ name: 'unusable', reason: 'damaged' }),
  );
});

it('a program that is stopped while it goes to work lets go of its store after that', async () => {
  const { ann, letGo } = await startHeld();
  const told: string[] = [];
  const stopped = ann.program.stop().then(() => told.push('stopped'));
  await new Promise((done) => setTimeout(done, 20));
  expect(told).toEqual([]);
  told.push('let go');
  letGo();

  await stopped;
  expect(told).toEqual(['let go', 'stopped']);
});
