import { useEffect } from 'preact/hooks';
import type { Chat, Settings } from '../../engine/api';

/** Often enough for a time-out of minutes, in milliseconds. */
const STEP = 20_000;

const USES = ['pointerdown', 'keydown', 'wheel'] as const;

/** Tells the engine now and then that somebody is here, where it is to lock when nobody is. */
export function useInUse(chat: Pick<Chat, 'wake'>, { lockAfter }: Settings): void {
  useEffect(() => {
    if (lockAfter === 0) {
      return;
    }
    let told = Number.NEGATIVE_INFINITY;
    const used = (event: Event) => {
      if (event.timeStamp - told >= STEP) {
        told = event.timeStamp;
        chat.wake().catch(() => {
          // It locks a little early, or is locked already.
        });
      }
    };
    for (const use of USES) {
      document.addEventListener(use, used, { capture: true, passive: true });
    }
    return () => {
      for (const use of USES) {
        document.removeEventListener(use, used, { capture: true });
      }
    };
  }, [chat, lockAfter === 0]);
}
