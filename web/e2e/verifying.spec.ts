import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { headless, LAUNCH, withWindows } from './support/chromium';
import { acquainted, type Person } from './support/people';
import { expect, test } from './support/relay';

const WIDTH = 640;
const HEIGHT = 480;

/** What each one's camera sees. */
const film = join(tmpdir(), `quantchat-camera-${randomUUID()}.y4m`);
const windowed = withWindows();

test.use({
  launchOptions: {
    executablePath: windowed ?? headless(),
    args: [
      ...LAUNCH.args,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  },
});

test.afterAll(() => rmSync(film, { force: true }));

test('a safety number is verified by a picture of its code', async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const sheet = await safetyNumber(ann, ben);
  const own = await sheet.getByRole('img', { name: /^Code of/ }).screenshot();
  const theirs = await (await safetyNumber(ben, ann))
    .getByRole('img', { name: /^Code of/ })
    .screenshot();
  const read = async (buffer: Buffer) => {
    const chosen = ann.page.waitForEvent('filechooser');
    await sheet.getByRole('button', { name: 'Read a picture' }).click();
    await (await chosen).setFiles({ name: 'code.png', mimeType: 'image/png', buffer });
  };

  await read(Buffer.from('no picture'));
  await expect(sheet.getByRole('alert')).toContainText('There is no code to be read');
  await read(own);
  await expect(sheet.getByRole('alert')).toContainText(/own/);
  await read(theirs);
  await expect(sheet.getByText('The codes agree')).toBeVisible();
  await expect(sheet.getByRole('alert')).toHaveCount(0);
  await expect(ann.conversations.getByText('verified', { exact: true })).toBeAttached();
});

test('a safety number is verified by the camera', async ({ browser, relay, watch }) => {
  test.skip(windowed === undefined, 'It needs a Chromium that has windows, and so a camera.');
  writeFileSync(film, filmOf(new Uint8Array(WIDTH * HEIGHT)));
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const sheet = await safetyNumber(ann, ben);
  const theirs = await (await safetyNumber(ben, ann))
    .getByRole('img', { name: /^Code of/ })
    .screenshot();

  await sheet.getByRole('button', { name: 'Scan their code' }).click();
  await expect(sheet.getByRole('alert')).toContainText('doesn’t let this page use the camera');
  await ann.context.grantPermissions(['camera'], { origin: relay.url });
  writeFileSync(film, filmOf(await seenOf(ben.page, theirs)));
  await sheet.getByRole('button', { name: 'Scan their code' }).click();

  await expect(sheet.getByText('The codes agree')).toBeVisible();
  // It is let go.
  await expect(sheet.locator('video')).toHaveCount(0);
  await expect(ann.conversations.getByText('verified', { exact: true })).toBeAttached();
});

/** The dialog in which one compares it with somebody. */
async function safetyNumber(person: Person, other: Person): Promise<Locator> {
  await person.page.getByRole('button', { name: new RegExp(`^${other.name}.*contact$`) }).click();
  await person.page.getByRole('button', { name: 'Compare safety numbers' }).click();
  return person.page.getByRole('dialog', { name: `Safety number with ${other.name}` });
}

/** What a camera sees that is held before a picture: how light each point is, of 255. */
async function seenOf(page: Page, picture: Buffer): Promise<Uint8Array> {
  const seen = await page.evaluate(
    async ([base64, width, height]) => {
      const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) {
        throw new Error('Nothing can be drawn here.');
      }
      context.fillStyle = '#999';
      context.fillRect(0, 0, width, height);
      const scale = Math.min((width - 80) / bitmap.width, (height - 80) / bitmap.height);
      const [x, y] = [(width - bitmap.width * scale) / 2, (height - bitmap.height * scale) / 2];
      context.drawImage(bitmap, x, y, bitmap.width * scale, bitmap.height * scale);
      const { data } = context.getImageData(0, 0, width, height);
      return Array.from({ length: width * height }, (_, at) => data[at * 4] ?? 0);
    },
    [picture.toString('base64'), WIDTH, HEIGHT] as const,
  );
  return Uint8Array.from(seen);
}

/** As YUV4MPEG2 of one frame, which is shown again and again. */
function filmOf(seen: Uint8Array): Uint8Array {
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420jpeg\nFRAME\n`),
    // 0 to 255 as the 219 steps that a camera has; no colour.
    Buffer.from(seen.map((it) => 16 + Math.round((it * 219) / 255))),
    Buffer.alloc((WIDTH * HEIGHT) / 2, 128),
  ]);
}
