import { describe, expect, it } from 'vitest';
import { folded } from './folding';

describe('folding', () => {
  it('leaves texts of ordinary length alone', () => {
    expect(folded('')).toBeUndefined();
    expect(folded('word '.repeat(500))).toBeUndefined();
    expect(folded('line\n'.repeat(39))).toBeUndefined();
  });

  it('shows the beginning of a long text, cut between words', () => {
    const text = 'word '.repeat(13_000);

    const shown = folded(text) ?? '';

    expect(text.startsWith(shown)).toBe(true);
    expect(shown.length).toBeGreaterThan(1_900);
    expect(shown.length).toBeLessThanOrEqual(2_000);
    expect(shown.endsWith('word')).toBe(true);
  });

  it('folds many short lines at the end of one', () => {
    expect(folded('a\n'.repeat(1_000))).toBe('a\n'.repeat(24).trimEnd());
  });

  it('never cuts a character in two', () => {
    const family = '👨‍👩‍👧‍👦';

    const shown = folded(family.repeat(6_000)) ?? '';

    expect(shown.length % family.length).toBe(0);
    expect(shown.length).toBeGreaterThan(1_900);
  });

  it('cuts a heap of combining marks somewhere, rather than nowhere', () => {
    const shown = folded(`a${'\u0301'.repeat(60_000)}`) ?? '';

    expect(shown.length).toBe(2_000);
  });
});
