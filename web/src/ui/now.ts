import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Often enough for "Today" to become "Yesterday", in milliseconds. */
const STEP = 60_000;

/** The time as the screens say it; it moves on by the minute while one of them is shown. */
export const now = signal(Date.now());

export function useClock(): void {
  useEffect(() => {
    const tick = () => {
      now.value = Date.now();
    };
    // Not where it is left: that would draw it all once more for nobody.
    const shown = () => document.hidden || tick();
    tick();
    const timer = setInterval(tick, STEP);
    // A computer that slept is late by more than a step.
    document.addEventListener('visibilitychange', shown);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', shown);
    };
  }, []);
}
