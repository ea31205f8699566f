/** How much of what the browser gives this page is used, in bytes. */
export interface Quota {
  usage: number;
  quota: number;
  /** Whether the browser has promised not to clear it by itself. */
  persisted: boolean;
  /** Soon nothing more can be stored: a person should be told before messages wait. */
  isNearlyFull: boolean;
}

/** Where a tenth of it or 50 MB are left, whichever is less. */
const LEFT_SHARE = 0.1;
const LEFT_BYTES = 50 * 1024 * 1024;

type BrowserStorage = Pick<StorageManager, 'estimate' | 'persist' | 'persisted'>;

/** Zeros where the browser doesn't say. */
export async function quotaOf(storage: BrowserStorage | undefined): Promise<Quota> {
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const persisted = (await storage?.persisted?.().catch(() => false)) ?? false;
  const usage = estimate?.usage ?? 0;
  const quota = estimate?.quota ?? 0;
  const isNearlyFull = quota > 0 && quota - usage < Math.min(quota * LEFT_SHARE, LEFT_BYTES);
  return { usage, quota, persisted, isNearlyFull };
}

/**
 * Asks the browser not to clear what is stored, where it hasn't promised yet. Some browsers ask
 * the person: call it once, after the first sign-in, from the page: workers can't ask. Whether it is
 * promised now.
 */
export async function keepStored(storage: BrowserStorage | undefined): Promise<boolean> {
  try {
    return (await storage?.persisted?.()) || ((await storage?.persist?.()) ?? false);
  } catch {
    return false;
  }
}
