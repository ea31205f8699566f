import { describe, expect, it } from 'vitest';
import { clockSaid } from './clockSaid';

describe('a clock that is off', () => {
  it.each([
    [3_600_000, '1 hour ahead'],
    [-7_200_000, '2 hours behind'],
    [90_000, '2 minutes ahead'],
    [-400, '1 second behind'],
    [3 * 86_400_000, '3 days ahead'],
  ])('%d ms is said as %s', (ahead, words) => {
    expect(clockSaid(ahead)).toContain(words);
  });
});
