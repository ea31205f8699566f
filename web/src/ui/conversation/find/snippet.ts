/** So much stands before the first word that was found, and so much in all. */
const BEFORE = 40;
const MOST = 160;

export interface Snippet {
  text: string;
  ranges: [number, number][];
}

/** The part of a text around what was found in it, on one line. */
export function snippet(text: string, ranges: readonly (readonly [number, number])[]): Snippet {
  const first = ranges[0]?.[0] ?? 0;
  const from = first <= BEFORE + 20 ? 0 : wordBegin(text, first - BEFORE);
  const to = Math.min(text.length, from + MOST);
  const lead = from > 0 ? '…' : '';
  const shift = lead.length - from;
  return {
    // One for one: the ranges stay right.
    text: lead + text.slice(from, to).replace(/\s/g, ' ') + (to < text.length ? '…' : ''),
    ranges: ranges
      .filter(([start, end]) => end > from && start < to)
      .map(([start, end]) => [Math.max(start, from) + shift, Math.min(end, to) + shift]),
  };
}

function wordBegin(text: string, near: number): number {
  const space = text.slice(near, near + 20).search(/\s/);
  const at = space < 0 ? near : near + space + 1;
  // Not between the halves of a character.
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
}
