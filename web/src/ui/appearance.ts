import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Settings } from '../engine/api';
import { INITIAL_SETTINGS } from './state';

/** Where the look is kept for the next start: the settings themselves may still be locked then. */
const KEPT = 'quantchat.appearance';

type Look = Pick<Settings, 'theme' | 'textSize'>;

/** Dresses the document as the settings say, and follows the system where they leave it to that. */
export function useAppearance(settings: ReadonlySignal<Settings>): void {
  useSignalEffect(() => {
    const own = settings.value;
    if (own === INITIAL_SETTINGS) {
      dress(kept() ?? own);
    } else {
      dress(own);
      keep({ theme: own.theme, textSize: own.textSize });
    }
  });
  useEffect(() => {
    const dark = darkness();
    const follow = () => dress(settings.peek());
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
}

function dress({ theme, textSize }: Look): void {
  const root = document.documentElement;
  root.dataset.theme = theme === 'system' ? (darkness().matches ? 'dark' : 'light') : theme;
  root.style.setProperty('--text-scale', String(textSize / 100));
}

function darkness(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)');
}

function kept(): Look | undefined {
  try {
    const look: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    return isLook(look) ? look : undefined;
  } catch {
    // Storage is blocked, or somebody wrote there: the system's look will do.
    return undefined;
  }
}

function isLook(look: unknown): look is Look {
  return (
    typeof look === 'object' &&
    look !== null &&
    'theme' in look &&
    (look.theme === 'system' || look.theme === 'light' || look.theme === 'dark') &&
    'textSize' in look &&
    [90, 100, 115, 130, 150].includes(Number(look.textSize))
  );
}

function keep(look: Look): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(look));
  } catch {
    // It is only for the first moment of the next start.
  }
}
