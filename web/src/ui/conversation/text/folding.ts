/** Longer texts are folded; 64 kB would take seconds to lay out, and a screen to pass. */
const LONGEST = 3_000;

/** So are texts of more lines. */
const MOST_LINES = 40;

/** What is shown of it: not much less than what folds it, so that unfolding is worth a press. */
const SHOWN = 2_000;
const SHOWN_LINES = 24;

/** The beginning of a long text, and nothing for a text that is shown whole. */
export function folded(text: string): string | undefined {
  const byLines = lineEnd(text, MOST_LINES) === undefined ? undefined : lineEnd(text, SHOWN_LINES);
  if (text.length <= LONGEST && byLines === undefined) return undefined;
  const limit = Math.min(byLines ?? text.length, SHOWN);
  return text.slice(0, byLines !== undefined && byLines <= SHOWN ? limit : wordEnd(text, limit));
}

/** Where the given number of lines ends; nothing where there are fewer. */
function lineEnd(text: string, lines: number): number | undefined {
  let at = -1;
  for (let line = 0; line < lines; line++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return undefined;
  }
  return at;
}

/** At a space shortly before, else between two characters as people see them. */
function wordEnd(text: string, limit: number): number {
  const space = text.lastIndexOf(' ', limit);
  if (space > limit - 80) return space;
  const from = limit - 64;
  let end = limit;
  for (const { index } of GRAPHEMES.segment(text.slice(from, limit + 64))) {
    if (from + index > limit) break;
    end = from + index;
  }
  return end > from ? end : limit;
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
