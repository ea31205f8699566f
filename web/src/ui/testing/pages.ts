import type { Message, MessagePage, PagePlace } from '../../engine/api';

/** The stretch of a conversation that is asked for; `all` of it is in its order. */
export function pageOf(
  all: readonly Message[],
  place: PagePlace,
  limit: number,
  firstUnread: string | undefined,
): MessagePage {
  let from = all.length - limit;
  if ('before' in place) {
    const end = all.findIndex((it) => it.place >= place.before);
    return slice(all, (end < 0 ? all.length : end) - limit, end < 0 ? all.length : end);
  }
  if ('after' in place) {
    const start = all.findIndex((it) => it.place > place.after);
    return start < 0 ? slice(all, all.length, all.length) : slice(all, start, start + limit);
  }
  const target =
    'around' in place ? place.around : place.at === 'first_unread' ? firstUnread : undefined;
  const at = target === undefined ? -1 : all.findIndex((it) => it.id === target);
  if (at >= 0) {
    from = Math.min(from, at - Math.floor(limit / 2));
  }
  return slice(all, from, from + limit);
}

function slice(all: readonly Message[], from: number, to: number): MessagePage {
  const start = Math.max(0, from);
  const end = Math.min(all.length, Math.max(start, to));
  return { messages: all.slice(start, end), hasEarlier: start > 0, hasLater: end < all.length };
}
