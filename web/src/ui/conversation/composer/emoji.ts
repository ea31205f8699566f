/** An emoji that is offered, and the name that it is called by. */
export interface Emoji {
  emoji: string;
  name: string;
}

/** So many are offered. */
const MOST = 6;

/** What the names say; made once, when it was loaded. */
export function read(names: string): { emoji: string; words: string[] }[] {
  return names
    .split(/[|\n]/)
    .filter(Boolean)
    .map((entry) => entry.split(' '))
    .flatMap(([emoji, ...words]) => (emoji ? [{ emoji, words }] : []));
}

/** Those of which a word begins so: whole words first, then short names, then other words. */
export function matching(all: ReturnType<typeof read>, word: string): Emoji[] {
  const ranked = all.flatMap(({ emoji, words }) => {
    const name = words[0] ?? '';
    const isFound = words.some((each) => each.startsWith(word) || each.includes(`_${word}`));
    const whole = words.indexOf(word);
    const rank = whole >= 0 ? whole : (name.startsWith(word) ? 100 : 200) + name.length;
    return isFound ? [{ emoji, name, rank }] : [];
  });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ emoji, name }) => ({ emoji, name }));
}
