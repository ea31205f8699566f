import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { FilesPage } from './files/page';
import { ORIGIN, scriptsOf, tabWith } from './store/served';

declare const page: FilesPage;

let scripts: Map<string, string>;

test.beforeAll(async () => {
  scripts = await scriptsOf(new URL('./files/page.ts', import.meta.url));
});

/** Of the Java client's tests. */
function picture(name: string): number[] {
  const folder = '../../client/src/test/resources/io/quantchat/client/pictures/';
  return [...readFileSync(fileURLToPath(new URL(folder + name, import.meta.url)))];
}

test('a cleaned picture is shown as before, and so are its small forms', async ({ context }) => {
  const tab = await tabWith(scripts, context);
  for (const [name, isOnItsSide] of [
    ['a.jpg', true],
    ['p.jpg', true],
    ['a.png', true],
    ['a.webp', true],
    ['l.webp', false],
    ['a.gif', false],
  ] as const) {
    const { said, before, after, small, bytes, blurhash } = await tab.evaluate(
      (content) => page.cleaned(content),
      picture(name),
    );

    expect(after, name).toEqual(before);
    expect(small?.size, name).toEqual([said?.width, said?.height]);
    expect(bytes, name).toBeLessThanOrEqual(16_000);
    expect(blurhash, name).toMatch(/^[\w#$%*+,\-.:;=?@[\]^{|}~]{28}$/);
    const [left = 0, right = 0] = small?.green ?? [];
    if (isOnItsSide) {
      // Green grows downwards as it is stored, so to the left where it is shown.
      expect(left, name).toBeGreaterThan(150);
    } else {
      expect(left, name).toBeLessThan(80);
    }
    expect(right, name).toBeLessThan(80);
  }
});

test('the small form of noise keeps to whatever room there is', async ({ context }) => {
  const tab = await tabWith(scripts, context);

  const small = await tab.evaluate(() => page.noise(1500, 1000));

  expect(small?.bytes).toBeLessThanOrEqual(16_000);
  const [width = 0, height = 1] = small?.size ?? [];
  expect(width).toBeLessThanOrEqual(320);
  expect(width / height).toBeCloseTo(1.5, 1);
  expect(await tab.evaluate((content) => page.preview(content, 100), picture('a.png'))).toBe(
    undefined,
  );
});

test('a picture that is broken, or says it is huge, has no small form', async ({ context }) => {
  const tab = await tabWith(scripts, context);
  const huge = picture('a.png');
  huge[16] = 0x7f;
  const cut = picture('a.png').slice(0, 60);

  for (const content of [huge, cut, []]) {
    expect(await tab.evaluate((bytes) => page.preview(bytes, 16_000), content)).toBe(undefined);
  }
});

test('100 MiB are sealed into the store, and opened as they were', async ({ context }) => {
  const tab = await tabWith(scripts, context);

  const { sealing, opening, size, isSame } = await tab.evaluate(() => page.large(100));

  console.log(`100 MiB: sealed in ${sealing} ms, opened in ${opening} ms`);
  expect(size).toBe(100 << 20);
  expect(isSame).toBe(true);
});

test('a file that there is no room for leaves nothing', async ({ context }) => {
  const tab = await tabWith(scripts, context);
  const browser = await context.newCDPSession(tab);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: 5_000_000 });

  expect(await tab.evaluate(() => page.sealed(20))).toEqual({ code: 'storage_full', left: 0 });
});
