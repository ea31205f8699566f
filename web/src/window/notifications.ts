import { signal } from '@preact/signals';
import type { Chat, Settings } from '../engine/api';

type Permission = NotificationPermission | 'missing';

export const notifications = signal<Permission>(
  'Notification' in globalThis ? Notification.permission : 'missing',
);

export async function askForNotifications(): Promise<void> {
  if (notifications.value !== 'missing') {
    notifications.value = await Notification.requestPermission();
  }
}

/** Whoever looks at a tab holds it. */
export const SEEN_LOCK = 'quantchat-seen';

/**
 * Tells a person who looks at none of the tabs of a new message. Each tab tells it, under the same
 * tag: the browser shows one.
 */
export function notifyOf(chat: Chat): void {
  let settings: Settings | undefined;
  const learn = async () => {
    settings = await chat.settings();
  };
  // Where they can't be read, those known before go on, and none notify of nothing.
  const relearn = () => void learn().catch(() => undefined);
  relearn();
  chat.on('resumed', relearn);
  chat.on('settings', (told) => {
    settings = told;
  });
  holdWhileSeen();
  chat.on('received', ({ contactId, message }) => {
    if (!settings || settings.notifications === 'off' || notifications.value !== 'granted') {
      return;
    }
    const content = settings.notifications === 'with_content' ? message.text : undefined;
    // A notification that fails is none: the message stands in its conversation, unread.
    void import('./notify')
      .then(({ notify }) => notify(chat, contactId, content))
      .catch(() => undefined);
  });
}

/** A tab that a person looks at holds a shared lock, which the others can see. */
function holdWhileSeen(): void {
  let letGo: (() => void) | undefined;
  const look = () => {
    const seen = document.visibilityState === 'visible' && document.hasFocus();
    if (seen && !letGo) {
      const until = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      void navigator.locks.request(SEEN_LOCK, { mode: 'shared' }, () => until);
    } else if (!seen) {
      letGo?.();
      letGo = undefined;
    }
  };
  look();
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  window.addEventListener('blur', look);
}
