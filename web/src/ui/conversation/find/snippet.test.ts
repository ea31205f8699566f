import { describe, expect, it } from 'vitest';
import { snippet } from './snippet';

const marked = ({ text, ranges }: ReturnType<typeof snippet>) =>
  ranges.map(([start, end]) => text.slice(start, end));

describe('snippets', () => {
  it('are the whole of a short text', () => {
    expect(snippet('the cat\nsat', [[4, 7]])).toEqual({ text: 'the cat sat', ranges: [[4, 7]] });
  });

  it('surround what was found in a long one', () => {
    const text = `${'before '.repeat(1_000)}needle${' after'.repeat(1_000)}`;
    const found = snippet(text, [[7_000, 7_006]]);

    expect(marked(found)).toEqual(['needle']);
    expect(found.text).toMatch(/^…before .*needle after.*…$/);
    expect(found.text.length).toBeLessThanOrEqual(162);
  });

  it('leave out marks that are too far away, and cut one that is too long', () => {
    const text = `${'x'.repeat(300)}y`;

    expect(
      snippet(text, [
        [0, 250],
        [300, 301],
      ]).ranges,
    ).toEqual([[0, 160]]);
  });

  it('never begin within a character', () => {
    const text = `${'🎉'.repeat(100)}needle`;

    expect(snippet(text, [[200, 206]]).text.codePointAt(1)).toBe('🎉'.codePointAt(0));
  });
});
