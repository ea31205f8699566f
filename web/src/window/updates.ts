import { signal } from '@preact/signals';
import { scriptUrl } from './trusted';

/** Milliseconds between two looks for a newer release. */
const LOOK_EVERY = 3_600_000;

/** A newer release has been fetched and waits for consent. */
export const updateReady = signal(false);

let waiting: ServiceWorker | null = null;

/**
 * Keeps the program in the browser, so that it opens offline, and says when a newer one waits.
 * Where there is no service worker (private windows of some browsers), it works without.
 */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) {
    return;
  }
  const hadController = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first release to be kept takes over a page that is as new as it is.
    if (hadController || updateReady.value) {
      location.reload();
    }
  });
  const registration = await navigator.serviceWorker.register(scriptUrl('/sw.js'), {
    updateViaCache: 'none',
  });
  offer(registration);
  registration.addEventListener('updatefound', () => {
    const found = registration.installing;
    found?.addEventListener('statechange', () => offer(registration));
  });
  // Offline, or the server is down: the next look finds it.
  const look = () => registration.update().catch(() => undefined);
  setInterval(look, LOOK_EVERY);
  document.addEventListener('visibilitychange', () => document.hidden || look());
}

function offer(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && navigator.serviceWorker.controller) {
    waiting = registration.waiting;
    updateReady.value = true;
  }
}

/** Has the newer release take over; every tab is loaded anew then. */
export function applyUpdate(): void {
  waiting?.postMessage('take over');
}
