import { normal } from './normal';

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
