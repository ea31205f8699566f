import type { Conversation } from '../engine/api';
import { foldName, nameOf } from './names';

/**
 * For a switcher: the letters in their order with others between them are enough. Names that begin
 * so come first, then those of which a word does, then the rest; within each, in the order given.
 */
export function matchFuzzily(
  lines: readonly Conversation[],
  query: string,
): readonly Conversation[] {
  const sought = foldName(query);
  if (sought === '') {
    return lines;
  }
  const ranked = lines
    .map((line) => ({ line, rank: rankOf(line, sought) }))
    .filter(({ rank }) => rank < NO_MATCH);
  return ranked.sort((one, other) => one.rank - other.rank).map(({ line }) => line);
}

const NO_MATCH = 5;

function rankOf(line: Conversation, sought: string): number {
  const name = foldName(nameOf(line));
  if (name.startsWith(sought)) {
    return 0;
  }
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought))) {
    return 1;
  }
  if (name.includes(sought)) {
    return 2;
  }
  const others = foldName(`${line.username} ${line.email}`);
  if (others.includes(sought)) {
    return 3;
  }
  return isSubsequence(sought.replace(/\s+/gu, ''), name) ? 4 : NO_MATCH;
}

function isSubsequence(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) {
      return false;
    }
    from = at + letter.length;
  }
  return true;
}
