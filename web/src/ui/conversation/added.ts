import type { Chat, Conversation } from '../../engine/api';

/** Adds who is no contact: by the address, where it is known, so that both know it. */
export function added(
  chat: Pick<Chat, 'addContact' | 'addStranger'>,
  { contactId, email }: Pick<Conversation, 'contactId' | 'email'>,
): Promise<Conversation> {
  return email === '' ? chat.addStranger(contactId) : chat.addContact(email);
}
