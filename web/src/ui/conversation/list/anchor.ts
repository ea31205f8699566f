/** Where a row lies, from the top of what can be scrolled. In pixels. */
export interface Laid {
  /** Empty for a line that may go when more is loaded: the first day's. It is no anchor. */
  key: string;
  top: number;
  height: number;
}

/** Rows one under the other: measured when they are asked for, each by its index or its key. */
export interface Rows {
  count: number;
  row(index: number): Laid;
  withKey(key: string): Laid | undefined;
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
  rows: Rows,
  window: { top: number; height: number; total: number },
  hasLater: boolean,
): Anchor {
  if (!hasLater && window.total - window.top - window.height <= NEAR_END) return { at: 'end' };
  for (let index = firstShown(rows, window.top); index < rows.count; index++) {
    const { key, top } = rows.row(index);
    if (key !== '') return { at: 'row', key, below: top - window.top };
  }
  return { at: 'end' };
}

/** The scroll position at which the anchor is where it was; nothing where its row is gone. */
export function positionOf(
  anchor: Anchor,
  rows: Rows,
  window: { height: number; total: number },
): number | undefined {
  if (anchor.at === 'end') return Math.max(0, window.total - window.height);
  const row = rows.withKey(anchor.key);
  return row && Math.max(0, row.top - anchor.below);
}

/** The index of the first row whose end is below the position: found in log n looks. */
export function firstShown(rows: Rows, top: number): number {
  let low = 0;
  let high = rows.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows.row(middle);
    if (row.top + row.height > top) high = middle;
    else low = middle + 1;
  }
  return low;
}
