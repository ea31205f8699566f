import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { acquainted, type Person } from './support/people';
import { expect, test } from './support/relay';

/** In parts: what is at most 16 MiB goes up at once. */
const LARGE = 17 * 1024 * 1024;

test('a large file arrives byte for byte', async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const bytes = randomBytes(LARGE);
  await pick(ann, 'report.pdf', 'application/pdf', bytes);
  await ann.send(ben, 'The report');

  await expect(ben.message('The report')).toHaveCount(1);
  expect((await saved(ben.page, 'report.pdf')).equals(bytes)).toBe(true);
});

test('a file goes on after a reload in the middle', async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const bytes = randomBytes(LARGE);
  await pick(ann, 'archive.zip', 'application/zip', bytes);
  const begun = ann.context.waitForEvent('request', (it) => it.method() === 'PUT');
  await ann.send(ben, 'In two goes');
  await begun;
  await ann.page.reload();

  await expect(ben.message('In two goes')).toHaveCount(1);
  expect((await saved(ben.page, 'archive.zip')).equals(bytes)).toBe(true);
});

test('a file that is cancelled on its way goes when that is asked for again', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const bytes = randomBytes(LARGE);
  await pick(ann, 'film.mp4', 'video/mp4', bytes);
  let isCancelled = () => {};
  const cancelled = new Promise<void>((resolve) => {
    isCancelled = resolve;
  });
  await ann.context.route(
    () => true,
    async (route) => {
      if (route.request().method() === 'PUT') await cancelled;
      await route.continue();
    },
  );
  await ann.send(ben, 'The film');
  await ann.page.getByRole('button', { name: 'Cancel film.mp4' }).click();
  await expect(ann.message('The film')).toContainText('Not sent.');
  isCancelled();
  await ann.context.unrouteAll({ behavior: 'wait' });

  await ann.message('The film').getByRole('button', { name: 'Try again' }).click();

  await expect(ben.message('The film')).toHaveCount(1);
  expect((await saved(ben.page, 'film.mp4')).equals(bytes)).toBe(true);
});

test('what is pasted and what is dropped goes with the message', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  for (const [how, name] of [
    ['paste', 'pasted.txt'],
    ['drop', 'dropped.txt'],
  ] as const) {
    await ann.composerFor(ben).evaluate(
      (composer, [how, name]) => {
        const held = new DataTransfer();
        held.items.add(new File([name], name, { type: 'text/plain' }));
        const on = { bubbles: true, cancelable: true };
        composer.dispatchEvent(
          how === 'paste'
            ? new ClipboardEvent('paste', { ...on, clipboardData: held })
            : new DragEvent('drop', { ...on, dataTransfer: held }),
        );
      },
      [how, name] as const,
    );
    await expect(ann.page.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
  }
  await ann.send(ben, 'Two of them');

  await expect(ben.message('Two of them')).toHaveCount(1);
  for (const name of ['pasted.txt', 'dropped.txt']) {
    expect((await saved(ben.page, name)).toString()).toBe(name);
  }
});

test('a picture comes without what its camera wrote, and is shown', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const picture = withComment(await ann.page.screenshot({ type: 'jpeg' }), 'taken at home');
  await pick(ann, 'holiday.jpg', 'image/jpeg', picture);
  await ann.send(ben, 'Look');

  await expect(ben.message('Look')).toHaveCount(1);
  await ben.page.getByRole('button', { name: /^Picture holiday.jpg/ }).click();
  const viewer = ben.page.getByRole('dialog', { name: /holiday.jpg/ });
  // Not the sign that it is coming, which is an image, too.
  const shown = viewer.locator('img');
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(1000);
  const download = ben.page.waitForEvent('download');
  await viewer.getByRole('button', { name: 'Save' }).click();
  const bytes = readFileSync(await (await download).path());
  expect(bytes.includes('taken at home')).toBe(false);
  expect(bytes.subarray(0, 2)).toEqual(picture.subarray(0, 2));
});

test('a file that the server has no more is said to be gone, and its text is there', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ben.context.route('**/media/**', (route) =>
    route.fulfill({ status: 404, json: { detail: 'There is no such file.' } }),
  );
  await pick(ann, 'late.bin', 'application/octet-stream', randomBytes(1000));
  await ann.send(ben, 'Too late');

  await expect(ben.message('Too late')).toContainText(/no more|No longer/);
  await expect(ben.page.getByRole('button', { name: 'Save late.bin' })).toHaveCount(0);
  await ben.send(ann, 'Send it again, please');
  await expect(ann.message('Send it again, please')).toHaveCount(1);
});

async function pick(who: Person, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await who.page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer });
  await expect(who.page.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
}

async function saved(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save ${name}` }).click();
  return readFileSync(await (await download).path());
}

/** A JPEG with one more segment: a comment (COM, ITU-T T.81 B.2.4.5). */
function withComment(jpeg: Buffer, text: string): Buffer {
  const comment = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)]);
}
