import type { ReadonlySignal } from '@preact/signals';

/** What the window around the screens can do: what a browser offers, not what the engine knows. */
export interface Host {
  /** A newer release has been fetched and waits for consent. */
  updateReady: ReadonlySignal<boolean>;
  /** Goes on with the newer release: every tab is loaded anew. */
  applyUpdate(): void;
  /** Whether the browser would install this as a program now. */
  installable: ReadonlySignal<boolean>;
  install(): Promise<void>;
  notifications: ReadonlySignal<NotificationPermission | 'missing'>;
  askForNotifications(): Promise<void>;
  /** The hash of the build that is running, as the server's `build.json` has it. */
  build(): Promise<string | undefined>;
}
