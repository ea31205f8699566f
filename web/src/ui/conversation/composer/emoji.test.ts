import { describe, expect, it } from 'vitest';
import { emojiOnly } from '../text/emojiOnly';
import { matching, read } from './emoji';
import { askedAt, closedAt } from './emojiAsked';
import { EMOJI_NAMES } from './emojiNames';

const all = read(EMOJI_NAMES);
const names = (word: string) => matching(all, word).map((each) => each.name);

describe('emoji by name', () => {
  it('are asked for by a colon and two letters, at the beginning or after a space', () => {
    expect(askedAt(':sm', 3)).toEqual({ from: 0, word: 'sm' });
    expect(askedAt('so :Heart and', 9)).toEqual({ from: 3, word: 'heart' });
    expect(askedAt('thanks :+1', 10)).toEqual({ from: 7, word: '+1' });
  });

  it.each([
    ['at 10:30', 8],
    ['https://ex', 10],
    [':s', 2],
    [': smile', 7],
    [':smile ', 7],
    ['', 0],
    [`:${'a'.repeat(40)}`, 41],
  ])('are not asked for in %j', (text, caret) => {
    expect(askedAt(text, caret)).toBeUndefined();
  });

  it('are taken by their whole name between colons', () => {
    expect(closedAt('so :tada:', 9)).toEqual({ from: 3, word: 'tada' });
    expect(closedAt(':tada', 5)).toBeUndefined();
    expect(closedAt('10:30:', 6)).toBeUndefined();
    expect(closedAt('::', 2)).toBeUndefined();
  });

  it('come with the best match first', () => {
    expect(matching(all, 'tada')).toEqual([{ emoji: '🎉', name: 'tada' }]);
    expect(names('heart')[0]).toBe('heart');
    expect(names('hea')[0]).toBe('heart');
    expect(names('+1')).toEqual(['thumbsup']);
    expect(names('thumbs')).toEqual(['thumbsup', 'thumbsdown']);
    expect(names('love')).toContain('heart');
    expect(names('zzzz')).toEqual([]);
    expect(names('sm').length).toBeLessThanOrEqual(6);
  });

  it('are emoji, each once, with a name of its own', () => {
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter(({ emoji }) => emojiOnly(emoji) !== 1)).toEqual([]);
    expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
    expect(new Set(all.map(({ words }) => words[0])).size).toBe(all.length);
  });
});
