import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { LAUNCH, withWindows } from './support/chromium';
import { acquainted } from './support/people';
import { expect, test } from './support/relay';

const WIDTH = 640;
const HEIGHT = 480;

/** What the camera sees. */
const film = join(tmpdir(), `quantchat-camera-${randomUUID()}.y4m`);
const windowed = withWindows();

if (windowed !== undefined) {
  const camera = [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ];
  test.use({
    launchOptions: { executablePath: windowed, args: [...LAUNCH.args, ...camera] },
  });
}

test.afterAll(() => rmSync(film, { force: true }));

test('a safety number is verified by the camera', async ({ browser, relay, watch }) => {
  test.skip(windowed === undefined, 'It needs a Chromium that has windows, and so a camera.');
  writeFileSync(film, filmOf(new Uint8Array(WIDTH * HEIGHT)));
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  for (const { page } of [ann, ben]) {
    await page.getByRole('button', { name: 'Safety number' }).click();
  }
  const sheet = ann.page.getByRole('dialog');
  const code = ben.page.getByRole('img', { name: /^Code of the safety number/ });

  await sheet.getByRole('button', { name: 'Scan their code' }).click();
  await expect(sheet.getByRole('alert')).toContainText('doesn’t let this page use the camera');
  await ann.context.grantPermissions(['camera'], { origin: relay.url });
  writeFileSync(film, filmOf(await seenOf(ben.page, await code.screenshot())));
  await sheet.getByRole('button', { name: 'Scan their code' }).click();

  await expect(sheet.getByText('The codes agree')).toBeVisible();
  // It is let go.
  await expect(sheet.locator('video')).toHaveCount(0);
  await expect(ann.conversations.getByText('verified', { exact: true })).toBeAttached();
});

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
