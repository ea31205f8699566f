import { describe, expect, it } from 'vitest';
import { blurhashOf } from './blurhash';
import { UNKNOWN } from './facts';
import { pixelsWithin, sizeWithin } from './pixels';
import { previewOf } from './preview';

describe('the small forms of a picture', () => {
  it('are the blurhash of another implementation', () => {
    const rgba = new Uint8ClampedArray(32 * 20 * 4);
    for (let y = 0; y < 20; y++) {
      for (let x = 0; x < 32; x++) {
        rgba.set([x * 7, y * 12, (x * y) % 256, 255], (y * 32 + x) * 4);
      }
    }

    // By https://pypi.org/project/blurhash.
    expect(blurhashOf({ width: 32, height: 20, rgba })).toBe('LnE{,$2lwtX3l@WCjwe@gFfmfTfg');
  });

  it.each([
    [3000, 2000, 320, 213],
    [10, 5000, 1, 320],
    [320, 320, 320, 320],
    [1, 1, 1, 1],
  ])('of %d x %d are %d x %d', (width, height, toWidth, toHeight) => {
    expect(sizeWithin({ width, height }, 320)).toEqual({ width: toWidth, height: toHeight });
  });

  it('are made of the means of areas', () => {
    const rgba = Uint8ClampedArray.of(0, 10, 20, 255, 2, 30, 40, 255);

    expect(pixelsWithin({ width: 2, height: 1, rgba }, 1)).toEqual({
      width: 1,
      height: 1,
      rgba: Uint8ClampedArray.of(1, 20, 30, 255),
    });
  });

  it('are none where there is no canvas', async () => {
    const facts = { ...UNKNOWN, size: { width: 40, height: 24 } };

    expect(await previewOf(new Blob(['x']), facts, 16_000)).toBeUndefined();
  });
});
