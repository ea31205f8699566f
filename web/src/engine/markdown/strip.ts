/** White space as Java's `strip()` has it: without spaces that don't break, and without U+FEFF. */
const WHITE = new Set(
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a' +
    '\u2028\u2029\u205f\u3000',
);

/** In a time that grows with the text: a regular expression tries each blank of a long run. */
export function stripTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && WHITE.has(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(0, end);
}

export function strip(text: string): string {
  let start = 0;
  while (start < text.length && WHITE.has(text.charAt(start))) {
    start++;
  }
  return stripTrailing(text.slice(start));
}

export function isBlank(text: string): boolean {
  return strip(text) === '';
}
