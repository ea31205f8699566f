/** Rows of one height of which only those near what is seen are drawn. */
export interface Span {
  from: number;
  /** The first that isn't drawn any more. */
  to: number;
}

/** Rows above and below what is seen that are drawn too, so that a quick wheel finds no gaps. */
const SPARE = 8;

/** The smallest letters make no row lower than this, in pixels. */
const LEAST_ROW = 60;

/**
 * All in pixels. While nobody knows how high a row is, `rowHeight` is 0: then those are drawn that may
 * be seen, so that they are there soon.
 */
export function visibleSpan(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): Span {
  if (!(rowHeight > 0)) {
    return { from: 0, to: Math.min(count, Math.ceil(viewHeight / LEAST_ROW)) };
  }
  const first = Math.floor(scrollTop / rowHeight) - SPARE;
  const last = Math.ceil((scrollTop + viewHeight) / rowHeight) + SPARE;
  const to = Math.max(0, Math.min(count, last));
  return { from: Math.max(0, Math.min(first, to)), to };
}

/** Where to scroll so that a row is seen in full; as it is where it is. */
export function scrollToShow(
  at: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): number {
  const top = at * rowHeight;
  return Math.min(top, Math.max(scrollTop, top + rowHeight - viewHeight));
}
