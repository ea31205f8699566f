import { useEffect } from 'preact/hooks';
import type { Chat, Conversation, Settings } from '../../engine/api';
import { announce } from '../parts/announce';

/** More of a message is read in its place. */
const MOST = 500;

/** Has a screen reader say what comes in; its words only where notifications may show them, too. */
export function useSpoken(
  chat: Chat,
  { contactId, fullName }: Conversation,
  { notifications }: Settings,
): void {
  useEffect(
    () =>
      chat.on('received', ({ contactId: from, message }) => {
        if (from !== contactId) return;
        announce(
          notifications === 'with_content' && message.text !== ''
            ? `${fullName}: ${message.text.slice(0, MOST)}`
            : `New message from ${fullName}`,
        );
      }),
    [chat, contactId, fullName, notifications],
  );
}
