import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this machine: at `CHROMIUM`, else the first on the PATH. */
export function chromium(): string {
  const named = process.env.CHROMIUM;
  const found = named ?? onPath();
  if (found === undefined) {
    throw new Error('Browser tests need a Chromium: install it, or name it in CHROMIUM.');
  }
  return found;
}

function onPath(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
