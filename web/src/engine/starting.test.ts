import { expect, it } from 'vitest';
import { FakeClock } from '../protocol/testing/fakeClock';
import { storeError } from '../store/faults';
import type { StoreFault } from '../store/store';
import type { StorageFault } from './api';
import { openEngine } from './engine';
import type { Surroundings } from './surroundings';

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
