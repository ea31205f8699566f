import type { Conversation } from '../../engine/api';
import { foldName, nameOf } from '../names';

/** Who has all the words somewhere in name, username or address, in the order that they came. */
export function filterByName(
  lines: readonly Conversation[],
  query: string,
): readonly Conversation[] {
  const words = foldName(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) {
    return lines;
  }
  return lines.filter((line) => {
    const text = foldName(`${nameOf(line)} ${line.username} ${line.email}`);
    return words.every((word) => text.includes(word));
  });
}
