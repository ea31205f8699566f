import { expect, it } from 'vitest';
import { isBefore, MessageIds, timeOf } from './messageIds';
import { Seeded, seedOfRun } from './testing/seeded';

const NOW = Date.UTC(2026, 1, 2);
const seeded = new Seeded(seedOfRun());
const ids = () => new MessageIds((size) => seeded.bytes(size));

it('mints UUIDv7, each after the last', () => {
  const minting = ids();
  let last = minting.next(NOW, NOW);
  expect(last).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(timeOf(last)).toBe(NOW);
  for (let i = 0; i < 2000; i++) {
    const next = minting.next(NOW + Math.floor(i / 100), NOW);
    expect(isBefore(last, next)).toBe(true);
    last = next;
  }
});

it('goes on behind the last where the clock went back a little, and follows it where it jumped', () => {
  const minting = ids();
  const first = minting.next(NOW, NOW);
  expect(isBefore(first, minting.next(NOW - 60_000, NOW - 60_000))).toBe(true);
  expect(timeOf(minting.next(NOW - 3_600_000, NOW - 3_600_000))).toBe(NOW - 3_600_000);
});

it('follows the last of all random bits by the next higher ones', () => {
  const minting = new MessageIds((size) => new Uint8Array(size).fill(0xff));
  const first = minting.next(NOW, undefined);
  const second = minting.next(NOW, undefined);

  expect(first.slice(14)).toBe('77ff-bfff-ffffffffffff');
  expect(second.slice(14)).toBe('7800-8000-000000000000');
  expect(isBefore(first, second)).toBe(true);
});
