const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Marks that stand on a letter: a name may pile up hundreds of them, an avatar shows two. */
const MOST_MARKS = 2;

/** One or two letters for who has this name; `?` where it has none that can be seen. */
export function initials(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s\p{P}]+/u)
    .filter((word) => /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(word));
  const [first] = words;
  const last = words.length > 1 ? words.at(-1) : undefined;
  if (first === undefined) {
    return '?';
  }
  return firstLetter(first) + (last === undefined ? '' : firstLetter(last));
}

function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word)) {
    if (/[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(segment)) {
      let marks = 0;
      return [...segment]
        .filter((it) => !/\p{M}/u.test(it) || ++marks <= MOST_MARKS)
        .join('')
        .toLocaleUpperCase();
    }
  }
  return '';
}

/** A hue of 0 to 359 that an id has for ever, spread over a circle of sixteen. */
export function hue(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return ((hash >>> 0) % 16) * 22.5;
}
