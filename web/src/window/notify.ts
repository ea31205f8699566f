import type { Chat } from '../engine/api';
import { SEEN_LOCK } from './notifications';

/** Of a text as much is shown, in characters. */
const LONGEST = 200;

/**
 * Tells of a message, unless somebody looks at a tab.
 *
 * @param content the message's text, where it may be shown with its sender's name
 */
export async function notify(
  chat: Chat,
  contactId: string,
  content: string | undefined,
): Promise<void> {
  if (await isSeen()) {
    return;
  }
  if (content === undefined) {
    await show(contactId, undefined, undefined);
  } else {
    await show(contactId, await nameOf(chat, contactId), shortened(content));
  }
}

/** Its first characters, none of them cut in two. */
function shortened(text: string): string {
  return [...text.slice(0, 2 * LONGEST)].slice(0, LONGEST).join('');
}

async function nameOf(chat: Chat, contactId: string): Promise<string | undefined> {
  const all = await chat.conversations();
  const theirs = all.find((it) => it.contactId === contactId);
  return theirs?.fullName || theirs?.username;
}

async function show(tag: string, name: string | undefined, body: string | undefined) {
  const title = name ?? 'New message';
  const options = { tag, icon: '/icon.svg', data: { contactId: tag }, ...(body && { body }) };
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration) {
    await registration.showNotification(title, options);
  } else {
    new Notification(title, options);
  }
}

async function isSeen(): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return held?.some((lock) => lock.name === SEEN_LOCK) ?? false;
}
