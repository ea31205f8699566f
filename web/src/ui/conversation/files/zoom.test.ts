import { describe, expect, it } from 'vitest';
import { moved, WHOLE, zoomed } from './zoom';

const fit = { width: 400, height: 200 };

describe('zoom', () => {
  it('keeps what is under the pointer there', () => {
    expect(zoomed(WHOLE, 2, { x: 100, y: 50 }, fit)).toEqual({ scale: 2, x: -100, y: -50 });
  });

  it('ends at the whole picture, in the middle, and at eight times', () => {
    const near = zoomed(WHOLE, 4, { x: 100, y: 50 }, fit);

    expect(zoomed(near, 0.01, { x: 0, y: 0 }, fit)).toEqual(WHOLE);
    expect(zoomed(near, 100, { x: 0, y: 0 }, fit).scale).toBe(8);
  });

  it('never pushes the picture out of sight', () => {
    expect(moved({ scale: 2, x: 0, y: 0 }, { x: 9_999, y: -9_999 }, fit)).toEqual({
      scale: 2,
      x: 200,
      y: -100,
    });
    expect(moved(WHOLE, { x: 50, y: 50 }, fit)).toEqual(WHOLE);
  });
});
