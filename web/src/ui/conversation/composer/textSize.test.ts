import { describe, expect, it } from 'vitest';
import { textSize } from './textSize';

describe('the size of a text', () => {
  it('is not spoken of while there is plenty', () => {
    expect(textSize('')).toEqual({ fits: true });
    expect(textSize('a'.repeat(61_000))).toEqual({ fits: true });
  });

  it('is said before the limit is reached', () => {
    expect(textSize('a'.repeat(65_000))).toEqual({ left: 535, fits: true });
    expect(textSize('a'.repeat(65_535))).toEqual({ left: 0, fits: true });
  });

  it('is counted in bytes of UTF-8', () => {
    expect(textSize('ü'.repeat(32_768))).toEqual({ left: -1, fits: false });
    expect(textSize('🎉'.repeat(16_384))).toEqual({ left: -1, fits: false });
  });
});
