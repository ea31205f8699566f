import { describe, expect, it } from 'vitest';
import { scrollToShow, visibleSpan } from './window';

describe('the rows that are drawn', () => {
  it('are those that are seen and some around', () => {
    expect(visibleSpan(1000, 70, 7000, 700)).toEqual({ from: 92, to: 118 });
  });

  it('end at both ends', () => {
    expect(visibleSpan(1000, 70, 0, 700)).toEqual({ from: 0, to: 18 });
    expect(visibleSpan(1000, 70, 69_300, 700)).toEqual({ from: 982, to: 1000 });
    expect(visibleSpan(3, 70, 0, 700)).toEqual({ from: 0, to: 3 });
    expect(visibleSpan(0, 70, 0, 700)).toEqual({ from: 0, to: 0 });
  });

  it('are the last where the list has become shorter than the scroll', () => {
    expect(visibleSpan(2, 70, 50_000, 700)).toEqual({ from: 2, to: 2 });
  });

  it('are those that may be seen, and no others, before anything was measured', () => {
    expect(visibleSpan(1000, 0, 0, 720)).toEqual({ from: 0, to: 12 });
    expect(visibleSpan(1000, Number.NaN, 0, 720)).toEqual({ from: 0, to: 12 });
    expect(visibleSpan(5, 0, 0, 720)).toEqual({ from: 0, to: 5 });
  });
});

describe('showing a row', () => {
  it('scrolls no further than it must', () => {
    expect(scrollToShow(5, 70, 0, 700)).toBe(0);
    expect(scrollToShow(12, 70, 0, 700)).toBe(210);
    expect(scrollToShow(2, 70, 500, 700)).toBe(140);
  });
});
