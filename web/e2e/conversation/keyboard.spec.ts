import { composer, expect, open, test } from './support';

test.describe('by keyboard', () => {
  test('messages are walked through, and their menu opened', async ({ page, screens }) => {
    await open(page, screens, 'scene=states');
    await composer(page).click();

    await page.keyboard.press('ArrowUp');
    await expect(page.locator('.conv-row').last()).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menu', { name: 'Message actions' })).toBeVisible();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Delete this message here?' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('.conv-row').nth(-2)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(composer(page)).toBeFocused();
  });

  test('a word is found in the conversation, marked, and the one before it', async ({
    page,
    screens,
  }) => {
    await open(page, screens, 'scene=history');
    await page.keyboard.press('Control+f');
    const field = page.getByRole('searchbox', { name: 'Find in this conversation' });
    await expect(field).toBeFocused();

    await page.keyboard.type('message 1');
    await expect(page.locator('mark')).toHaveText('Message 1');
    await expect(page.locator('mark')).toBeInViewport();
    await expect(page.locator('.conv-row', { has: page.locator('mark') })).toContainText(
      'Message 199.',
    );
    await page.keyboard.press('Enter');
    await expect(page.locator('.conv-row', { has: page.locator('mark') })).toContainText(
      'Message 198.',
    );
    await page.keyboard.press('Shift+Enter');
    await expect(page.locator('.conv-row', { has: page.locator('mark') })).toContainText(
      'Message 199.',
    );

    await page.keyboard.press('Escape');
    await expect(field).toHaveCount(0);
    await expect(page.locator('mark')).toHaveCount(0);
  });

  test('everything is searched, and a hit opened in its place', async ({ page, screens }) => {
    await open(page, screens, 'scene=history&search');
    await page.keyboard.type('Message 77.');
    await expect(page.locator('.search-hit')).toHaveCount(1);

    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await expect(page.getByText('Message 77.')).toBeInViewport();
    await expect(page.getByText('Message 76.')).toBeInViewport();
  });

  test('the pictures are leafed through and zoomed', async ({ page, screens }) => {
    await open(page, screens, 'scene=files');
    await page.locator('.conv-picture-open').first().focus();
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog', { name: /^Picture 1 of 4: harbour.png/ });
    await expect(viewer.getByRole('img', { name: 'harbour.png' })).toBeVisible();

    await page.keyboard.press('+');
    await expect(viewer.getByRole('img', { name: 'harbour.png' })).toHaveCSS(
      'transform',
      /matrix\(1\.5/,
    );
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('dialog', { name: /^Picture 2 of 4: tall.png/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('.conv-picture-open').first()).toBeFocused();
  });
});
