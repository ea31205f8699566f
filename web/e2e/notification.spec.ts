import type { Page } from '@playwright/test';
import { LAUNCH, withWindows } from './support/chromium';
import { acquainted } from './support/people';
import { expect, test } from './support/relay';

const windowed = withWindows();

if (windowed !== undefined) {
  test.use({ launchOptions: { ...LAUNCH, executablePath: windowed } });
}

test('a notification comes only where nobody looks, and says neither who nor what', async ({
  browser,
  relay,
  watch,
}) => {
  test.skip(windowed === undefined, 'It needs a Chromium that has windows, and so notifications.');
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.context.grantPermissions(['notifications'], { origin: relay.url });
  await ann.page.reload();
  await expect(ann.conversations).toBeVisible();
  await ann.page.evaluate(() => navigator.serviceWorker.ready);
  await ben.send(ann, 'Seen as it comes');
  await expect(ann.message('Seen as it comes')).toHaveCount(1);
  expect(await notifications(ann.page)).toEqual([]);

  await ann.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await ben.send(ann, 'For nobody’s eyes');

  await expect.poll(() => notifications(ann.page)).toEqual([{ title: 'New message', body: '' }]);
});

function notifications(page: Page): Promise<{ title: string; body: string }[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map(({ title, body }) => ({ title, body }));
  });
}
