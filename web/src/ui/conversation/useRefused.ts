import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../../engine/api';

/** How many messages of somebody's were refused and are kept for a look. */
export function useRefused(chat: Chat, contactId: string): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    let ended = false;
    const ask = () =>
      chat.quarantine().then(
        (all) => {
          if (!ended) setCount(all.filter((each) => each.senderId === contactId).length);
        },
        () => {
          // It is asked again when it changes.
        },
      );
    void ask();
    const off = chat.on('quarantine', () => void ask());
    return () => {
      ended = true;
      off();
    };
  }, [chat, contactId]);
  return count;
}
