import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const WINDOWED = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The same engine without windows, which takes a third less of the processor. */
const HEADLESS = 'chromium-headless-shell';

/** How tests launch theirs. Without a graphics card, one that is imitated costs more than none. */
export const LAUNCH = { args: ['--no-sandbox', '--disable-gpu'] };

/** The Chromium of this machine that people would use: at `CHROMIUM`, else the first on the PATH. */
export function chromium(): string {
  return found([...WINDOWED, HEADLESS]);
}

/** The one that tests are played in: without windows, where this machine has that. */
export function headless(): string {
  return found([HEADLESS, ...WINDOWED]);
}

/** One that has all that hangs on windows, such as notifications, if this machine has it. */
export function withWindows(): string | undefined {
  const named = process.env.CHROMIUM;
  return named === undefined ? onPath(WINDOWED) : named.includes(HEADLESS) ? undefined : named;
}

function found(names: string[]): string {
  const file = process.env.CHROMIUM ?? onPath(names);
  if (file === undefined) {
    throw new Error('Browser tests need a Chromium: install it, or name it in CHROMIUM.');
  }
  return file;
}

function onPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
