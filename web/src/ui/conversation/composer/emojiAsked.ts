/** The `:name` that stands before the caret, or nothing: a colon after a space, two letters. */
export function askedAt(text: string, caret: number): { from: number; word: string } | undefined {
  const before = text.slice(Math.max(0, caret - 32), caret);
  const found = /(?:^|[\s(])(:([+\-\w]{2,30}))$/.exec(before);
  if (!found?.[1] || !found[2]) return undefined;
  return { from: caret - found[1].length, word: found[2].toLowerCase() };
}

/** The whole `:name:` that stands before the caret, or nothing. */
export function closedAt(text: string, caret: number): { from: number; word: string } | undefined {
  return text[caret - 1] === ':' ? askedAt(text, caret - 1) : undefined;
}
