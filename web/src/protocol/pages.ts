import { senseless } from './failures';
import { member, type Raw, wordIn } from './json';

/**
 * Where the page after this one begins; `undefined` on the last.
 *
 * @param cursor where this one begins
 * @throws Unreachable where the server says something else, or that this one comes again
 */
export function nextCursor(
  page: Raw<{ next_cursor: unknown }>,
  cursor: string | undefined,
): string | undefined {
  if ((member(page, 'next_cursor') ?? null) === null) {
    return undefined;
  }
  const next = wordIn(page, 'next_cursor');
  if (next === undefined || next === cursor) {
    throw senseless();
  }
  return next;
}
