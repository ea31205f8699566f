import { describe, expect, it } from 'vitest';
import { anchorOf, firstShown, positionOf, type Rows } from './anchor';

/** Rows of the given heights, one under the other. */
function laid(heights: Record<string, number>): Rows {
  let top = 0;
  const rows = Object.entries(heights).map(([key, height]) => {
    const row = { key, top, height };
    top += height;
    return row;
  });
  return {
    count: rows.length,
    row: (index) => {
      const row = rows[index];
      if (!row) throw new RangeError(`No row ${index}`);
      return row;
    },
    withKey: (key) => rows.find((row) => row.key === key),
  };
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

  it('is no line that may go when history comes in', () => {
    expect(anchorOf(laid({ '': 40, a: 100 }), { top: 10, height: 50, total: 140 }, true)).toEqual({
      at: 'row',
      key: 'a',
      below: 30,
    });
  });

  it('is the end near the end, but not where later messages are not loaded', () => {
    const window = { top: 290, height: 100, total: 400 };

    expect(anchorOf(rows, window, false)).toEqual({ at: 'end' });
    expect(anchorOf(rows, window, true)).toEqual({ at: 'row', key: 'c', below: -140 });
    expect(anchorOf(laid({}), { top: 0, height: 100, total: 0 }, true)).toEqual({ at: 'end' });
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
