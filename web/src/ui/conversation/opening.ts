import type { Conversation, PagePlace } from '../../engine/api';
import type { Begin, Looked } from './list/ListScroll';

/** Where each conversation was last looked at, for as long as this page lives. */
export type Places = Map<string, Looked>;

export interface Opening {
  page: PagePlace;
  place: Begin['place'];
}

/** Where a conversation opens: at what was asked for, the first unread one, where it was left. */
export function opening(
  conversation: Pick<Conversation, 'contactId' | 'unread' | 'firstUnread'>,
  at: string | undefined,
  places: Places,
): Opening {
  if (at !== undefined) return { page: { around: at }, place: { messageId: at } };
  if (conversation.unread > 0 && conversation.firstUnread !== undefined) {
    return { page: { at: 'first_unread' }, place: undefined };
  }
  const left = places.get(conversation.contactId);
  return left
    ? { page: { around: left.messageId }, place: left }
    : { page: { at: 'end' }, place: undefined };
}
