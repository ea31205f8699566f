import { describe, expect, it } from 'vitest';
import { blurhashPixels } from './blurhash';

describe('a blurhash', () => {
  it('of one colour is that colour', () => {
    // 0xff0000 in four digits of base 83, with one factor.
    const value = 0xff0000;
    const digits =
      '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';
    const hash = [3, 2, 1, 0].map((p) => digits[Math.floor(value / 83 ** p) % 83]).join('');

    expect([...(blurhashPixels(`00${hash}`, 2, 1) ?? [])]).toEqual([
      255, 0, 0, 255, 255, 0, 0, 255,
    ]);
  });

  it('of the format’s own example goes from light to dark', () => {
    const pixels = blurhashPixels('LEHV6nWB2yk8pyo0adR*.7kCMdnj', 8, 8);

    expect(pixels).toHaveLength(8 * 8 * 4);
    expect(new Set(pixels).size).toBeGreaterThan(20);
    expect([...(pixels ?? [])].filter((_, i) => i % 4 === 3).every((a) => a === 255)).toBe(true);
  });

  it.each(['', 'L', 'LEHV6', 'LEHV6nWB2yk8pyo0adR*.7kCMdn', 'LEHV6nWB2yk8pyo0adR*.7kCMd\u00e9j'])(
    'is not %j',
    (text) => {
      expect(blurhashPixels(text, 4, 4)).toBeUndefined();
    },
  );
});
