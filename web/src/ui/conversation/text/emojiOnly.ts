/** A picture character with all that joins to it: skin tones, joined people, flags, keycaps. */
const EMOJI = new RegExp(
  '(?:\\p{Regional_Indicator}{2}|[0-9#*]\\uFE0F?\\u20E3|' +
    '\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?(?:[\\u{E0020}-\\u{E007F}]+)?' +
    '(?:\\u200D\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?)*)',
  'gu',
);

/** More than these are a text like any other. */
const MOST = 5;

/** How many emoji a text of nothing else is, up to five; else 0. */
export function emojiOnly(text: string): number {
  if (text.length > 100) return 0;
  const bare = text.replace(/\s/gu, '');
  const found = bare.match(EMOJI) ?? [];
  // Digits, © and ® are pictures only where they are asked to be.
  const drawn = found.every((each) => /\p{Emoji_Presentation}|\uFE0F|\u20E3/u.test(each));
  return drawn && found.length <= MOST && found.join('') === bare ? found.length : 0;
}
