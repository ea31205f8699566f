import { describe, expect, it } from 'vitest';
import { sizeWords } from './size';

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1.0 kB'],
    [12_345, '12 kB'],
    [999_499, '999 kB'],
    [999_600, '1.0 MB'],
    [104_857_600, '105 MB'],
    [5e12, '5000 GB'],
    [-1, ''],
    [Number.NaN, ''],
  ])('%d are %j', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });
});
