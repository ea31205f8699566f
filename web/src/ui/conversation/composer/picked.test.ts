import { describe, expect, it } from 'vitest';
import { withFiles } from './picked';

const named = (name: string, size = 10) => {
  const file = new File(['x'], name);
  Object.defineProperty(file, 'size', { value: size });
  return file;
};

describe('picked files', () => {
  it('are added in order', () => {
    const { picked } = withFiles(withFiles([], [named('a')]).picked, [named('b'), named('c')]);

    expect(picked.map((each) => each.file.name)).toEqual(['a', 'b', 'c']);
    expect(new Set(picked.map((each) => each.id)).size).toBe(3);
  });

  it('leave out what is too large, and say so', () => {
    const { picked, fault } = withFiles([], [named('a'), named('film', 104_857_601), named('b')]);

    expect(picked.map((each) => each.file.name)).toEqual(['a', 'b']);
    expect(fault).toBe('“film” is too large: at most 100 MB.');
    expect(withFiles([], [named('film', 104_857_600)]).fault).toBeUndefined();
  });

  it('are ten at most', () => {
    const { picked, fault } = withFiles(
      [],
      Array.from({ length: 12 }, (_, i) => named(String(i))),
    );

    expect(picked).toHaveLength(10);
    expect(fault).toMatch(/10 files/);
  });
});
