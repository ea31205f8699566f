import { describe, expect, it } from 'vitest';
import { bytesIn, type Pixels, squares } from './qrBytes';

function drawn(rows: boolean[][], scale: number): Pixels {
  const width = rows.length * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      if (rows[Math.floor(y / scale)]?.[Math.floor(x / scale)]) {
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

describe('the code of a safety number', () => {
  it.each([
    ['all values of a byte', (i: number) => (i * 37 + 200) % 256],
    ['what could be read as UTF-8', (i: number) => [0xc3, 0xa4][i % 2] as number],
    ['what would be digits', () => 0x31],
    ['zeros', () => 0],
  ])('is read as it was drawn: %s', (_, byte) => {
    const bytes = Uint8Array.from({ length: 65 }, (_, i) => byte(i));

    expect(bytesIn(drawn(squares(bytes), 4))).toEqual(bytes);
  });

  it('isn’t in a picture without one', () => {
    expect(
      bytesIn({ width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4) }),
    ).toBeUndefined();
  });
});
