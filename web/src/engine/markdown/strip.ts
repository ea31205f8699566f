/** White space as Java's `strip()` has it: without spaces that don't break, and without U+FEFF. */
const WHITE =
  '[\\t\\n\\v\\f\\r\\x1c-\\x1f \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]+';

const LEADING = new RegExp(`^${WHITE}`);
const TRAILING = new RegExp(`${WHITE}$`);

export function stripTrailing(text: string): string {
  return text.replace(TRAILING, '');
}

export function strip(text: string): string {
  return stripTrailing(text.replace(LEADING, ''));
}

export function isBlank(text: string): boolean {
  return strip(text) === '';
}
