import type { Page } from '@playwright/test';

export { expect, test } from '../support/page';

/** Opens the conversation alone, with the engine in memory that `window.chat` is. */
export async function open(page: Page, screens: string, query: string): Promise<void> {
  await page.goto(new URL(`/e2e/conversation/page.html?${query}`, screens).href);
  await page.locator('.conv, .search').waitFor();
}

export const scroller = (page: Page) => page.locator('.conv-scroller');
export const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });

export const sent = (page: Page) =>
  page.evaluate(() =>
    window.chat.calls.filter((call) => call.name === 'send').map((it) => it.args[1]),
  );

/** How far the bottom of a message is from the top of the list, in pixels. */
export const topOf = (page: Page, text: string) =>
  page.evaluate((words) => {
    const list = document.querySelector('.conv-scroller')?.getBoundingClientRect().top ?? 0;
    const rows = [...document.querySelectorAll('.conv-row')];
    const row = rows.find((it) => it.querySelector('.conv-text')?.textContent?.startsWith(words));
    return row === undefined ? undefined : row.getBoundingClientRect().top - list;
  }, text);

export const fromEnd = (page: Page) =>
  scroller(page).evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight);

/** After frames enough for what was changed to be laid out and put right. */
export const settled = (page: Page) =>
  page.evaluate(async () => {
    for (let i = 0; i < 4; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
