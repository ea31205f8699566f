import { describe, expect, it } from 'vitest';
import { emojiOnly } from './emojiOnly';

describe('texts of emoji only', () => {
  it.each([
    ['🎉', 1],
    ['👍🏽', 1],
    ['❤️', 1],
    ['👨‍👩‍👧‍👦 🏳️‍🌈', 2],
    ['🇫🇷🇩🇪', 2],
    ['1️⃣', 1],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 1],
  ])('are seen: %s', (text, count) => {
    expect(emojiOnly(text)).toBe(count);
  });

  it.each(['', ' ', 'hi 🎉', '123', '©', '#', '🎉🎉🎉🎉🎉🎉', '❤', '\u200d', 'a'.repeat(65_535)])(
    'are not: %j',
    (text) => {
      expect(emojiOnly(text)).toBe(0);
    },
  );
});
