import { signal } from '@preact/signals';

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** Whether the browser would install this as a program now. */
export const installable = signal(false);

let prompt: InstallPrompt | undefined;

export function offerInstallation(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    prompt = event as InstallPrompt;
    installable.value = true;
  });
  window.addEventListener('appinstalled', () => {
    installable.value = false;
  });
}

/** The browser asks the person; it offers itself once for each page. */
export async function install(): Promise<void> {
  installable.value = false;
  await prompt?.prompt();
}
