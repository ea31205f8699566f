import { describe, expect, it } from 'vitest';
import { file } from '../testing';
import { box, isPicture, safeType } from './box';

describe('the box of a picture', () => {
  it('has its shape, within bounds', () => {
    expect(box({ width: 4_000, height: 3_000 })).toEqual({ width: 320, height: 240 });
    expect(box({ width: 200, height: 150 })).toEqual({ width: 200, height: 150 });
    expect(box({ width: 1, height: 60_000 })).toEqual({ width: 96, height: 320 });
    expect(box({ width: 60_000, height: 1 })).toEqual({ width: 320, height: 96 });
  });

  it('is for pictures whose size is said', () => {
    const picture = { type: 'image/png', width: 10, height: 10 };

    expect(isPicture(file(1, picture))).toBe(true);
    expect(isPicture(file(1, { ...picture, type: 'image/svg+xml' }))).toBe(false);
    expect(isPicture(file(1, { ...picture, type: 'text/html' }))).toBe(false);
    expect(isPicture(file(1, { ...picture, width: 0 }))).toBe(false);
    expect(isPicture(file(1, { ...picture, height: Number.NaN }))).toBe(false);
    expect(isPicture(file(1, { type: 'image/png' }))).toBe(false);
  });

  it('gives a browser nothing that it would run', () => {
    expect(safeType('image/webp')).toBe('image/webp');
    for (const type of ['text/html', 'image/svg+xml', 'application/pdf', '', 'IMAGE/PNG']) {
      expect(safeType(type)).toBe('application/octet-stream');
    }
  });
});
