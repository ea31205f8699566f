import type { Page } from '@playwright/test';
import { expect, fromEnd, open, scroller, settled, test, topOf } from './support';

/** Opens a conversation so many pixels above its end; gives how far that is from its top. */
async function readFurtherUp(page: Page, screens: string, by: number): Promise<number> {
  await open(page, screens, 'scene=history');
  await settled(page);
  await scroller(page).evaluate((it, by) => {
    it.scrollTop -= by;
  }, by);
  await settled(page);
  return scroller(page).evaluate((it) => it.scrollTop);
}

test.describe('the list', () => {
  test('opens at the first unread message, below its line', async ({ page, screens }) => {
    await open(page, screens, 'scene=unread');

    const line = page.locator('.conv-unread');
    await expect(line).toBeInViewport();
    await expect(line).toHaveText('New messages');
    await expect(page.getByText('New 1.', { exact: false })).toBeInViewport();
    expect(await fromEnd(page)).toBeGreaterThan(500);
  });

  test('opens at the end where nothing is unread', async ({ page, screens }) => {
    await open(page, screens, 'scene=history');

    await expect(page.getByText('Message 400.')).toBeInViewport();
    expect(await fromEnd(page)).toBeLessThan(2);
    await expect(page.locator('.conv-to-end')).toHaveCount(0);
  });

  test('holds the place while history loads above', async ({ page, screens }) => {
    await open(page, screens, 'scene=history');
    await settled(page);
    const release = await page.evaluateHandle(() => window.chat.delay('messages'));
    await scroller(page).evaluate((it) => {
      it.scrollTop = 200;
    });
    await settled(page);
    const first = await page.evaluate(() => {
      const row = document.elementFromPoint(200, 200)?.closest('.conv-row');
      return row?.querySelector('.conv-text')?.textContent?.split('.')[0] ?? '';
    });
    const before = await topOf(page, `${first}.`);
    const rows = await page.locator('.conv-row').count();

    await release.evaluate((go) => go());
    await expect(async () =>
      expect(await page.locator('.conv-row').count()).toBeGreaterThan(rows),
    ).toPass();
    await settled(page);

    expect(before).toBeDefined();
    expect(Math.abs(((await topOf(page, `${first}.`)) ?? 1e9) - (before ?? 0))).toBeLessThan(2);
  });

  test('reaches the first of many messages, and the last again', async ({ page, screens }) => {
    await open(page, screens, 'scene=history');

    await expect(async () => {
      await scroller(page).evaluate((it) => {
        it.scrollTop = 0;
      });
      await expect(page.getByText('Message 1.', { exact: false }).first()).toBeInViewport({
        timeout: 300,
      });
    }).toPass();
    expect(await page.locator('.conv-row').count()).toBeLessThan(300);

    await page.getByRole('button', { name: 'Go to the newest message' }).click();
    await expect(page.getByText('Message 400.')).toBeInViewport();
    expect(await fromEnd(page)).toBeLessThan(2);
  });

  test('stays where one reads when messages come, counts them, and goes to them', async ({
    page,
    screens,
  }) => {
    const before = await readFurtherUp(page, screens, 1_500);

    await page.evaluate(() => {
      for (let i = 1; i <= 3; i++) window.chat.receive(window.contactId, `Fresh ${i}`);
    });
    const button = page.getByRole('button', { name: /Go to the newest message/ });
    await expect(button).toContainText('3 new');
    await settled(page);
    expect(Math.abs((await scroller(page).evaluate((it) => it.scrollTop)) - before)).toBeLessThan(
      2,
    );

    await button.click();
    await expect(page.getByText('Fresh 3')).toBeInViewport();
    await expect(button).toHaveCount(0);
  });

  test('keeps a few of all that come below what is read, and its place', async ({
    page,
    screens,
  }) => {
    const before = await readFurtherUp(page, screens, 900);

    await page.evaluate(async () => {
      for (let i = 1; i <= 600; i++) {
        window.chat.receive(window.contactId, `Fresh ${i}`);
        if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    });
    const button = page.getByRole('button', { name: /Go to the newest message/ });
    await expect(button).toContainText('600 new');
    await settled(page);
    expect(await page.locator('.conv-row').count()).toBeLessThan(300);
    expect(Math.abs((await scroller(page).evaluate((it) => it.scrollTop)) - before)).toBeLessThan(
      2,
    );

    await button.click();
    await expect(page.getByText('Fresh 600')).toBeInViewport();
    await expect(button).toHaveCount(0);
  });

  test('follows what comes while one reads at the end', async ({ page, screens }) => {
    await open(page, screens, 'scene=history');
    await settled(page);

    await page.evaluate(() => window.chat.receive(window.contactId, 'Fresh words '.repeat(60)));

    await expect(page.getByText('Fresh words').last()).toBeInViewport();
    await settled(page);
    expect(await fromEnd(page)).toBeLessThan(2);
  });

  test('opens where it was left', async ({ page, screens }) => {
    await open(page, screens, 'scene=history');
    await settled(page);
    await scroller(page).evaluate((it) => {
      it.scrollTop -= 700;
    });
    await settled(page);
    const words = await page.evaluate(() => {
      const row = document.elementFromPoint(200, 300)?.closest('.conv-row');
      return `${row?.querySelector('.conv-text')?.textContent?.split('.')[0]}.`;
    });
    const before = await topOf(page, words);

    const other = await page.evaluate(async () => {
      const all = await window.chat.conversations();
      const id = all.find((it) => it.fullName === 'Theo Brandt')?.contactId ?? '';
      await window.show(id);
      return id;
    });
    expect(other).not.toBe('');
    await expect(page.getByRole('heading', { name: 'Theo Brandt' })).toBeVisible();
    await page.evaluate(() => window.show(window.contactId));
    await expect(page.getByRole('heading', { name: 'Mara Lindqvist' })).toBeVisible();
    await expect(page.getByText(words).first()).toBeInViewport();
    await settled(page);

    expect(Math.abs(((await topOf(page, words)) ?? 1e9) - (before ?? 0))).toBeLessThan(2);
  });

  test('holds its place when the window gets narrow', async ({ page, screens }) => {
    await open(page, screens, 'scene=unread');
    await settled(page);

    await page.setViewportSize({ width: 340, height: 600 });
    await settled(page);

    await expect(page.locator('.conv-unread')).toBeInViewport();
  });

  test('marks read what was seen, once, and nothing while the window is away', async ({
    page,
    screens,
  }) => {
    await open(page, screens, 'scene=unread');
    const marked = () =>
      page.evaluate(() =>
        window.chat.calls
          .filter((it) => it.name === 'markRead')
          .flatMap((it) => it.args[1] as string[]),
      );

    await expect(async () => expect((await marked()).length).toBeGreaterThan(0)).toPass();
    const first = await marked();

    expect(new Set(first).size).toBe(first.length);
    expect(first.length).toBeLessThan(20);
  });
});
