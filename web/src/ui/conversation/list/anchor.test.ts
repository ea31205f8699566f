import { describe, expect, it } from 'vitest';
import { anchorOf, firstShown, type Laid, positionOf } from './anchor';

/** Rows of the given heights, one under the other. */
function laid(rows: Record<string, number>, from = 0): Laid[] {
  let top = from;
  return Object.entries(rows).map(([key, height]) => {
    const row = { key, top, height };
    top += height;
    return row;
  });
}

describe('the scroll anchor', () => {
  const rows = laid({ a: 100, b: 50, c: 200, d: 50 });

  it('is the first row that shows', () => {
    expect(anchorOf(rows, { top: 120, height: 100, total: 400 }, false)).toEqual({
      at: 'row',
      key: 'b',
      below: -20,
    });
    expect(firstShown(rows, 0)).toBe(0);
    expect(firstShown(rows, 149)).toBe(1);
    expect(firstShown(rows, 150)).toBe(2);
    expect(firstShown(rows, 9_999)).toBe(4);
  });

  it('is the end near the end, but not where later messages are not loaded', () => {
    const window = { top: 290, height: 100, total: 400 };

    expect(anchorOf(rows, window, false)).toEqual({ at: 'end' });
    expect(anchorOf(rows, window, true)).toEqual({ at: 'row', key: 'c', below: -140 });
    expect(anchorOf([], { top: 0, height: 100, total: 0 }, true)).toEqual({ at: 'end' });
  });

  it('holds its row when history comes in above, whatever its height', () => {
    const anchor = anchorOf(rows, { top: 120, height: 100, total: 400 }, false);
    const after = laid({ x: 333, y: 77, a: 100, b: 50, c: 200, d: 50 });

    expect(positionOf(anchor, after, { height: 100, total: 810 })).toBe(120 + 410);
  });

  it('holds its row when what is above grows or is let go', () => {
    const anchor = anchorOf(rows, { top: 120, height: 100, total: 400 }, false);

    expect(positionOf(anchor, laid({ a: 130, b: 50, c: 9 }), { height: 100, total: 189 })).toBe(
      150,
    );
    expect(positionOf(anchor, laid({ b: 50, c: 200 }), { height: 100, total: 250 })).toBe(20);
  });

  it('follows the end', () => {
    expect(positionOf({ at: 'end' }, rows, { height: 100, total: 460 })).toBe(360);
    expect(positionOf({ at: 'end' }, rows, { height: 500, total: 460 })).toBe(0);
  });

  it('knows that its row is gone', () => {
    expect(
      positionOf({ at: 'row', key: 'z', below: 0 }, rows, { height: 100, total: 400 }),
    ).toBeUndefined();
  });
});
