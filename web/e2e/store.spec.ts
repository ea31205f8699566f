import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { StorePage } from './store/page';
import { ORIGIN, scriptsOf, tabWith } from './store/served';

declare const page: StorePage;

let scripts: Map<string, string>;

test.beforeAll(async () => {
  scripts = await scriptsOf(new URL('./store/page.ts', import.meta.url));
});

const tab = (context: BrowserContext): Promise<Page> => tabWith(scripts, context);

test('keeps the contract of all stores', async ({ context }) => {
  const opened = await tab(context);
  const results = await opened.evaluate(() => page.runContract());
  expect(results.length).toBeGreaterThan(8);
  expect(results.filter(([, failure]) => failure !== undefined)).toEqual([]);
});

test('opens in the next tab without a passphrase, and with one once it is set', async ({
  context,
}) => {
  const first = await tab(context);
  expect(await first.evaluate(() => page.openAccount('u'))).toBe('open');
  expect(await first.evaluate(() => page.put(['a'], 10))).toBe('stored');
  await first.evaluate(() => page.changePassphrase('u', undefined, 'correct horse'));
  await first.close();

  const next = await tab(context);
  expect(await next.evaluate(() => page.openAccount('u'))).toBe('locked');
  expect(await next.evaluate(() => page.openAccount('u', 'wrong horse'))).toBe('wrong_passphrase');
  expect(await next.evaluate(() => page.openAccount('u', 'correct horse'))).toBe('open');
  expect(await next.evaluate(() => page.count())).toBe(1);
});

test('stores nothing of a commit there is no room for, and goes on when there is', async ({
  context,
}) => {
  const opened = await tab(context);
  const browser = await context.newCDPSession(opened);
  // Before anything is stored: Chromium remembers for a while how much room it found.
  await browser.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: 1_000_000 });
  await opened.evaluate(() => page.openAccount('u'));
  expect(await opened.evaluate(() => page.put(['a'], 10))).toBe('stored');

  const many = Array.from({ length: 20 }, (_, at) => `b${at}`);
  expect(await opened.evaluate((ids) => page.put(ids, 500_000), many)).toBe('full');
  expect(await opened.evaluate(() => page.count())).toBe(1);

  await browser.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN });
  expect(await opened.evaluate((ids) => page.put(ids, 500_000), many)).toBe('stored');
  expect(await opened.evaluate(() => page.count())).toBe(21);
});

test('is opened without room, and goes on once something was deleted', async ({ context }) => {
  const opened = await tab(context);
  const browser = await context.newCDPSession(opened);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: 1_500_000 });
  await opened.evaluate(() => page.openAccount('u'));
  let stored = 0;
  for (const size of [100_000, 10_000, 1_000, 10]) {
    while (
      (await opened.evaluate(([id, size]) => page.put([id], size), [
        `${stored}`,
        size,
      ] as const)) === 'stored'
    ) {
      stored++;
    }
  }
  await opened.close();

  const next = await tab(context);
  const again = await context.newCDPSession(next);
  await again.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: 1_500_000 });
  expect(await next.evaluate(() => page.openAccount('u'))).toBe('open');
  expect(await next.evaluate(() => page.count())).toBe(stored);
  expect(await next.evaluate(() => page.put(['more'], 10))).toBe('full');
  expect(await next.evaluate(() => page.makeRoom(['0', '1', '2', '3']))).toBe('stored');

  expect(await next.evaluate(() => page.put(['more'], 10))).toBe('stored');
  expect(await next.evaluate(() => page.count())).toBe(stored - 2);
});

test('says that the browser has cleared it', async ({ context }) => {
  const opened = await tab(context);
  const browser = await context.newCDPSession(opened);
  await opened.evaluate(() => page.openAccount('u'));
  await opened.evaluate(() => page.put(['a'], 10));
  await browser.send('Storage.clearDataForOrigin', { origin: ORIGIN, storageTypes: 'indexeddb' });

  await expect.poll(() => opened.evaluate(() => page.lost())).toEqual(['gone']);
  expect(await opened.evaluate(() => page.put(['b'], 10))).toBe('gone');
});

test('gives way to a newer release in another tab, and to a deletion', async ({ context }) => {
  const old = await tab(context);
  const next = await tab(context);
  await old.evaluate(() => page.openAccount('u'));
  await old.evaluate(() => page.put(['a'], 10));

  expect(await next.evaluate(() => page.openAccount('u', undefined, 1))).toBe('open');
  await expect.poll(() => old.evaluate(() => page.lost())).toEqual(['newer']);
  expect(await old.evaluate(() => page.openAccount('u'))).toBe('newer');
  expect(await next.evaluate(() => page.count())).toBe(1);

  await old.evaluate(() => page.deleteStored('u'));
  await expect.poll(() => next.evaluate(() => page.lost())).toEqual(['gone']);
  const left = await next.evaluate(async () => (await indexedDB.databases()).map((it) => it.name));
  expect(left).toEqual(['quantchat']);
});

test('says that a tab of an older release does not let go, and opens when it is closed', async ({
  context,
}) => {
  const old = await tab(context);
  const next = await tab(context);
  await old.evaluate(() => page.openAccount('u'));
  await old.evaluate(
    () =>
      new Promise((resolve) => {
        // A connection that does not listen.
        indexedDB.open('quantchat-u', 1).onsuccess = resolve;
      }),
  );

  expect(await next.evaluate(() => page.openAccount('u', undefined, 1))).toBe('blocked');
  await old.close();
  await expect.poll(() => next.evaluate(() => page.openAccount('u', undefined, 1))).toBe('open');
});

test('keeps what was committed when the tab is killed in the next commit', async ({ context }) => {
  const opened = await tab(context);
  await opened.evaluate(() => page.openAccount('u'));
  const committed = await opened.evaluate(async () => {
    for (let at = 0; at < 50; at++) {
      await page.put([`a${at}`, `b${at}`], 1000);
    }
    // Not waited for.
    void page.put(
      Array.from({ length: 100 }, (_, at) => `late${at}`),
      10_000,
    );
    return 100;
  });
  const browser = await context.newCDPSession(opened);
  await Promise.race([browser.send('Page.crash').catch(() => {}), opened.waitForEvent('crash')]);

  const next = await tab(context);
  await expect.poll(() => next.evaluate(() => page.openAccount('u'))).toBe('open');
  const count = await next.evaluate(() => page.count());
  expect([committed, committed + 100]).toContain(count);
});
