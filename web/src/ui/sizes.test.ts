import { describe, expect, it } from 'vitest';
import { sizeSaid } from './sizes';

describe('a size', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [48_300_000, '48.3 MB'],
    [999_999, '1 MB'],
    [6_200_000_000, '6.2 GB'],
    [123_456_789, '123 MB'],
  ])('of %d is said as %s', (bytes, said) => {
    expect(sizeSaid(bytes)).toBe(said);
  });
});
