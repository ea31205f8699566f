import { expect, it, vi } from 'vitest';
import { keepStored, quotaOf } from './quota';

const MB = 1024 * 1024;

const storage = (usage: number, quota: number, persisted = false) => ({
  estimate: async () => ({ usage, quota }),
  persisted: async () => persisted,
  persist: vi.fn(async () => true),
});

it.each([
  [0, 1000, false],
  [905, 1000, false],
  [951, 1000, true],
  [91, 100, true],
  [89, 100, false],
  [1000, 1000, true],
])('says of %d MB of %d whether they are nearly all: %s', async (usage, quota, isNearlyFull) => {
  const said = await quotaOf(storage(usage * MB, quota * MB));
  expect(said).toEqual({ usage: usage * MB, quota: quota * MB, persisted: false, isNearlyFull });
});

it('says nothing of browsers that say nothing', async () => {
  const silent = { usage: 0, quota: 0, persisted: false, isNearlyFull: false };
  expect(await quotaOf(undefined)).toEqual(silent);
  const failing = async () => {
    throw new TypeError('no');
  };
  const broken = { estimate: failing, persisted: failing, persist: failing };
  expect(await quotaOf(broken)).toEqual(silent);
  expect(await keepStored(broken)).toBe(false);
  expect(await keepStored(undefined)).toBe(false);
});

it('asks once for what is stored to be kept', async () => {
  const asked = storage(0, 1);
  expect(await keepStored(asked)).toBe(true);
  expect(asked.persist).toHaveBeenCalledOnce();
  const promised = storage(0, 1, true);
  expect(await keepStored(promised)).toBe(true);
  expect(promised.persist).not.toHaveBeenCalled();
});
