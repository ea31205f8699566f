import { describe, expect, it } from 'vitest';
import { newSeed, seeded } from '../../protocol/testing/seeded';
import { Backoff } from './backoff';
import { Retries } from './retries';

describe('a wait', () => {
  it('is from half of a time that doubles, to all of it, up to the longest', () => {
    const seed = newSeed('Waits');
    const backoff = new Backoff(seeded(seed));

    for (const longest of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      const wait = backoff.next();
      expect(wait, `seed ${seed}`).toBeGreaterThanOrEqual(longest / 2);
      expect(wait, `seed ${seed}`).toBeLessThanOrEqual(longest);
    }
  });

  it('stays the longest, however often it failed', () => {
    const backoff = new Backoff(() => 0);
    for (let tries = 0; tries < 5_000; tries++) {
      backoff.next();
    }

    expect(backoff.next()).toBe(30_000);
  });

  it('is short again after a success', () => {
    const backoff = new Backoff(() => 0);
    backoff.next();
    backoff.next();
    backoff.reset();

    expect(backoff.next()).toBe(250);
  });

  it('is spread over all that it may be', () => {
    const random = seeded(7);
    const waits = Array.from({ length: 1_000 }, () => new Backoff(random).next());

    for (let low = 250; low < 500; low += 50) {
      expect(waits.filter((wait) => wait >= low && wait < low + 50).length).toBeGreaterThan(100);
    }
  });
});

describe('retries', () => {
  it('wait for as long as the server asked, once', () => {
    const retries = new Retries(() => 0);
    retries.heed({ retryAfter: 30 });
    retries.heed({ retryAfter: 10 });
    retries.heed({ retryAfter: undefined });

    expect(retries.next()).toBe(30_000);
    expect(retries.next()).toBe(500);
  });

  it('forget what was asked after a success', () => {
    const retries = new Retries(() => 0);
    retries.heed({ retryAfter: 30 });
    retries.reset();

    expect(retries.next()).toBe(250);
  });
});
