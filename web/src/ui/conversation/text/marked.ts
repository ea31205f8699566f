import type { Piece } from './links';

export interface MarkedPiece extends Piece {
  marked?: boolean;
}

/**
 * Cuts pieces where marks begin and end.
 *
 * @param ranges pairs of start and end in the text, in order and apart
 */
export function marked(
  pieces: readonly Piece[],
  ranges: readonly (readonly [number, number])[],
): MarkedPiece[] {
  if (ranges.length === 0) return [...pieces];
  const cut: MarkedPiece[] = [];
  let at = 0;
  let next = 0;
  for (const piece of pieces) {
    const end = at + piece.text.length;
    let from = at;
    while (from < end) {
      while ((ranges[next]?.[1] ?? Number.POSITIVE_INFINITY) <= from) next++;
      const [start, stop] = ranges[next] ?? [end, end];
      const isMarked = start <= from;
      const to = Math.min(end, isMarked ? stop : start);
      const { leadsTo, ...rest } = piece;
      cut.push({
        ...rest,
        text: piece.text.slice(from - at, to - at),
        ...(isMarked && { marked: true }),
        // Said once, after the whole address.
        ...(leadsTo !== undefined && to === end && { leadsTo }),
      });
      from = to;
    }
    at = end;
  }
  return cut;
}
