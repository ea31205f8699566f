import { expect, open, scroller, settled, test } from './support';

test.describe('messages', () => {
  test('that failed say why, and are tried again in their place', async ({ page, screens }) => {
    await open(page, screens, 'scene=states');
    const row = page.locator('.conv-row', { hasText: 'This one failed.' });
    await expect(row).toContainText('They don’t have an account any more.');

    await row.getByRole('button', { name: 'Try again' }).click();

    await expect(row.getByText('Sending', { exact: true })).toBeAttached();
    await expect(row.getByRole('button', { name: 'Try again' })).toHaveCount(0);
    const rows = page.locator('.conv-row');
    const at = await rows.evaluateAll((all) =>
      all.findIndex((it) => it.textContent?.includes('This one failed.')),
    );
    expect(at).toBe((await rows.count()) - 5);
  });

  test('say what is unproven, imported and damaged', async ({ page, screens }) => {
    await open(page, screens, 'scene=states');

    await expect(page.getByText('Delivered, says the server')).toBeVisible();
    await expect(page.getByText('only the file vouches for it')).toBeVisible();
    await expect(page.getByText('what is stored of it is damaged')).toBeVisible();
  });

  test('are plain text, whatever is in them, and stay in their boxes', async ({
    page,
    screens,
  }) => {
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, screens, 'scene=hostile');
    await scroller(page).evaluate((it) => {
      it.scrollTop = 0;
    });
    await settled(page);

    await expect(page.getByText('<b>not bold</b> &amp; <script>')).toBeVisible();
    expect(await page.locator('.conv-text img, .conv-text b, .conv-text script').count()).toBe(0);
    expect(dialogs).toEqual([]);
    // Nothing reaches beyond the side of the window.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      320,
    );
    const wide = await page
      .locator('.conv-bubble')
      .evaluateAll((all) => all.filter((it) => it.getBoundingClientRect().right > 320).length);
    expect(wide).toBe(0);
    // An override ends with its message.
    const after = page.locator('.conv-row', { hasText: 'After it, nothing turns.' });
    await expect(after.locator('.conv-text')).toHaveCSS('direction', 'ltr');
    // Piled marks are cut off at the edge of their text.
    await expect(page.locator('.conv-text').nth(8)).toHaveCSS('overflow', 'clip');
  });

  test('of 64 kB are folded, and shown whole when asked', async ({ page, screens }) => {
    await open(page, screens, 'scene=hostile');
    const row = page.locator('.conv-row', { hasText: 'A long story.' });
    const shown = () => row.locator('.conv-text').evaluate((it) => it.textContent?.length ?? 0);
    expect(await shown()).toBeLessThan(2_100);

    await row.getByRole('button', { name: /^Show all/ }).click();

    await expect(async () => expect(await shown()).toBeGreaterThan(60_000)).toPass();
  });

  test('with a thousand links show them all when asked, each safe', async ({ page, screens }) => {
    await open(page, screens, 'scene=hostile');
    const row = page.locator('.conv-row', { hasText: 'https://example.org/page/0' });

    await row.getByRole('button', { name: /^Show all/ }).click();

    await expect(row.locator('a')).toHaveCount(1_000);
    const safe = await row
      .locator('a')
      .evaluateAll((all) =>
        all.every(
          (it) =>
            it.getAttribute('rel') === 'noopener noreferrer' &&
            it.getAttribute('target') === '_blank',
        ),
      );
    expect(safe).toBe(true);
  });

  test('say where a link leads that looks like another', async ({ page, screens }) => {
    await open(page, screens, 'scene=hostile');

    await expect(page.getByText('(leads to xn--pple-43d.com)')).toBeAttached();
    await expect(page.getByText('(leads to evil.example)')).toBeAttached();
  });

  test('take up the directions of their lines', async ({ page, screens }) => {
    await open(page, screens, 'scene=hostile');

    const hebrew = page.locator('.conv-row', { hasText: 'שלום' }).locator('.conv-text');
    expect(await hebrew.evaluate((it) => it.matches(':dir(rtl)'))).toBe(true);
  });

  test('come with files whose boxes don’t move when they are loaded', async ({ page, screens }) => {
    await open(page, screens, 'scene=files');
    const boxes = () =>
      page
        .locator('.conv-picture')
        .evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height));
    await scroller(page).evaluate((it) => {
      it.scrollTop = 0;
    });
    await settled(page);
    const before = await boxes();
    await expect(page.locator('.conv-picture img').first()).toBeAttached();
    await settled(page);

    expect(await boxes()).toEqual(before);
    // A name that hides what the file is says it here.
    await expect(page.getByText('photogpj.exe')).toBeAttached();
  });
});
