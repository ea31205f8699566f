/**
 * Texts as they are compared: NFKD, lower case, without marks that are added to letters (accents,
 * Arabic and Hebrew vowel points), without what can't be seen, white space as one space. Vowels of
 * Indic and Thai scripts and the Japanese voicing marks stay: they make other letters.
 */
export function normal(text: string): string {
  return text
    .normalize('NFKD')
    .replace(LEFT_OUT, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => FOLDED[letter] ?? letter)
    .replace(/\s+/gu, ' ');
}

/** Ranges of code points by Unicode 15; \p{Script=Inherited} are the marks of several scripts, and joiners. */
const LEFT_OUT =
  /(?![\u3099\u309a])[\p{Script=Inherited}\p{Default_Ignorable_Code_Point}\p{Surrogate}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]/gu;

/** Letters that have no decomposition, and the final sigma that `toLowerCase` makes by context. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
};
const SPECIAL = /[ßςłøđðħıæœ]/gu;

/** The words and phrases of a query, each normal, none twice or within another, the longest first. */
export function wordsOf(query: string): string[] {
  const words = [...query.matchAll(/["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|[^\s"“”„«»]+/gu)]
    .map(([word, phrase]) => normal(phrase ?? word).trim())
    .filter((word) => word !== '')
    .sort((one, other) => other.length - one.length);
  return words.filter((word, at) => !words.slice(0, at).some((longer) => longer.includes(word)));
}

/**
 * Where the words of a query stand in a text: pairs of start and end in UTF-16 units, in order,
 * none overlapping; empty where one of the words isn't in it.
 */
export function rangesIn(text: string, query: string): [number, number][] {
  const words = wordsOf(query);
  const { whole, starts, ends } = mapped(text);
  const found: [number, number][] = [];
  for (const word of words) {
    let at = whole.indexOf(word);
    if (at < 0) {
      return [];
    }
    for (; at >= 0; at = whole.indexOf(word, at + word.length)) {
      found.push([starts[at] ?? 0, ends[at + word.length - 1] ?? text.length]);
    }
  }
  return merged(found);
}

/** The normal text, and for each of its units the piece of the original that it comes from. */
function mapped(text: string): { whole: string; starts: number[]; ends: number[] } {
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  // A letter with its marks, for their order is normalized too; white space in one piece.
  for (const found of text.matchAll(
    /\s[\s\p{M}\p{Default_Ignorable_Code_Point}]*|\P{M}\p{M}*|\p{M}+/gu,
  )) {
    const piece = normal(found[0]);
    pieces.push(piece);
    for (let unit = 0; unit < piece.length; unit++) {
      starts.push(found.index);
      ends.push(found.index + found[0].length);
    }
  }
  return { whole: pieces.join(''), starts, ends };
}

function merged(ranges: [number, number][]): [number, number][] {
  const inOrder = ranges.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const out: [number, number][] = [];
  for (const [start, end] of inOrder) {
    const last = out.at(-1);
    if (last && start < last[1]) {
      last[1] = Math.max(last[1], end);
    } else {
      out.push([start, end]);
    }
  }
  return out;
}
