/** Where rows lie in the list, by their keys, from the top of what can be scrolled. In pixels. */
export interface Laid {
  key: string;
  top: number;
  height: number;
}

/** What a person looks at: it stays where it is whatever is loaded above or below. */
export type Anchor =
  /** The end: what comes is shown. */
  | { at: 'end' }
  /** A row, and how far its top is below the top of the window; negative where it is above. */
  | { at: 'row'; key: string; below: number };

/** Nearer to the end than this counts as there. */
const NEAR_END = 24;

/**
 * The anchor of a scroll position: the end where it is near and really the end, else the first row
 * that shows.
 */
export function anchorOf(
  rows: readonly Laid[],
  window: { top: number; height: number; total: number },
  hasLater: boolean,
): Anchor {
  if (!hasLater && window.total - window.top - window.height <= NEAR_END) return { at: 'end' };
  const row = rows[firstShown(rows, window.top)];
  return row ? { at: 'row', key: row.key, below: row.top - window.top } : { at: 'end' };
}

/** The scroll position at which the anchor is where it was; nothing where its row is gone. */
export function positionOf(
  anchor: Anchor,
  rows: readonly Laid[],
  window: { height: number; total: number },
): number | undefined {
  if (anchor.at === 'end') return Math.max(0, window.total - window.height);
  const row = rows.find((each) => each.key === anchor.key);
  return row && Math.max(0, row.top - anchor.below);
}

/** The index of the first row whose end is below the position: found in log n looks. */
export function firstShown(rows: ArrayLike<Laid>, top: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle] as Laid;
    if (row.top + row.height > top) high = middle;
    else low = middle + 1;
  }
  return low;
}
