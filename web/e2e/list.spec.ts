import type { Page } from '@playwright/test';
import { expect, test } from './support/page';
import { PHONE, settle, watch } from './support/screens';

const row = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const focused = (page: Page) => page.locator(':focus');

async function open(page: Page, screens: string, address = ''): Promise<{ faults: string[] }> {
  const watched = await watch(page, new URL(screens).origin);
  await page.goto(`${screens}${address}`);
  await settle(page);
  return watched;
}

test('the list is gone through, arranged and opened by keyboard alone', async ({
  page,
  screens,
}) => {
  const { faults } = await open(page, screens, '?no-hints');
  await page.getByLabel('Find a person').focus();

  await page.keyboard.press('Tab');
  await expect(focused(page)).toContainText('Mara Lindqvist');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).toContainText('Dr. Aiyana');
  await page.keyboard.press('End');
  await expect(focused(page)).toContainText('Kwame Mensah');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toContainText('Mara Lindqvist');

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ContextMenu');
  await expect(page.getByRole('menu')).toBeVisible();
  await expect(focused(page)).toHaveText('Pin to the top');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(focused(page)).toContainText('Dr. Aiyana');

  await page.keyboard.press('ContextMenu');
  await page.keyboard.press('m');
  await expect(focused(page)).toHaveText('Mute');
  await page.keyboard.press('Enter');
  await expect(row(page, /Dr. Aiyana.*muted/)).toBeVisible();
  await expect(focused(page)).toContainText('Dr. Aiyana');

  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: /Dr. Aiyana/ })).toBeVisible();
  expect(faults).toEqual([]);
});

test('a conversation is archived, found in the archive, and taken out again', async ({
  page,
  screens,
}) => {
  await open(page, screens);
  await row(page, /Theo Brandt/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(row(page, /Theo Brandt/)).toHaveCount(0);

  await row(page, /^Archive/).click();
  await row(page, /Theo Brandt/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Take out of the archive' }).click();
  await expect(row(page, /Theo Brandt/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Back to all conversations' }).click();
  await expect(row(page, /Theo Brandt/)).toBeVisible();
});

test('unread is taken back and set by the menu', async ({ page, screens }) => {
  await open(page, screens);
  await row(page, /Jonas Okafor.*3 unread/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Mark as read' }).click();
  await expect(row(page, /Jonas Okafor.*unread/)).toHaveCount(0);

  await row(page, /Jonas Okafor/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Mark as unread' }).click();
  await expect(row(page, /Jonas Okafor.*marked as unread/)).toBeVisible();
});

test('what comes in moves its row up, and is counted in the title', async ({ page, screens }) => {
  await open(page, screens, '?no-hints');
  await expect(page).toHaveTitle(/^\(6\) /);
  await page.evaluate(() =>
    window.fake.receive('c0000000-0000-4000-8000-000000000007', 'Tuesday at eight, then.'),
  );

  await expect(page).toHaveTitle(/^\(7\) /);
  await expect(page.locator('.row').nth(2)).toContainText('Noor van den Berg');
  await expect(page.locator('.row').nth(2)).toContainText('Tuesday at eight, then.');
});

test('the focus goes along with a row that moves', async ({ page, screens }) => {
  await open(page, screens, '?no-hints');
  await row(page, /Noor van den Berg/).focus();
  await page.evaluate(() =>
    window.fake.receive('c0000000-0000-4000-8000-000000000007', 'Tuesday at eight, then.'),
  );
  await expect(page.locator('.row').nth(2)).toContainText('Tuesday at eight');
  await expect(focused(page)).toContainText('Noor van den Berg');
  await page.evaluate(() =>
    window.fake.receive('c0000000-0000-4000-8000-000000000006', 'A letter from home.'),
  );
  await expect(page.locator('.row').nth(2)).toContainText('A letter from home.');
  await expect(focused(page)).toContainText('Noor van den Berg');
  await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toContainText('A letter from home.');
});

test('an arrangement that can’t be stored is said', async ({ page, screens }) => {
  await open(page, screens);
  await page.evaluate(() =>
    window.fake.fail('arrange', { code: 'storage_full', detail: 'There is no room left here.' }),
  );
  await row(page, /Theo Brandt/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin to the top' }).click();
  await expect(page.getByRole('region', { name: 'Notes' })).toContainText('There is no room left');
  await expect(row(page, /Theo Brandt.*pinned/)).toHaveCount(0);
});

test('names and messages of strangers stay texts within their row', async ({ page, screens }) => {
  const { faults } = await open(page, screens, '?no-hints');
  const evil = row(page, /Evil/);
  await evil.scrollIntoViewIfNeeded();
  await expect(evil).toContainText('<img src=x onerror=alert(1)><b>not bold</b>');
  await expect(page.locator('.row img, .row b')).toHaveCount(0);
  for (const name of [/Wolfgang/, /the Restless/, /Evil/]) {
    const link = row(page, name);
    const within = await link.evaluate((it) => {
      const { left, right } = it.getBoundingClientRect();
      return [...it.querySelectorAll('.row-name, .row-last, .row-time')].every((part) => {
        const box = part.getBoundingClientRect();
        return box.left >= left && box.right <= right && box.height <= 26;
      });
    });
    expect(within).toBe(true);
  }
  expect(faults).toEqual([]);
});

test('of a thousand conversations only those near what is seen are drawn', async ({
  page,
  screens,
}) => {
  await open(page, screens, '?people=1000&no-hints');
  const rows = page.locator('.row');
  await expect(rows.first()).toHaveAttribute('aria-setsize', '998');
  expect(await rows.count()).toBeLessThan(40);

  await page.locator('.rows').evaluate((it) => {
    it.scrollTop = it.scrollHeight / 2;
  });
  await expect(page.locator('.row[aria-posinset="500"]')).toBeVisible();
  expect(await rows.count()).toBeLessThan(40);

  await page.getByLabel('Find a person').fill('Grimaldi 771');
  await expect(rows).toHaveCount(0);
  await page.getByLabel('Find a person').fill('elif egede 760');
  await expect(rows.first()).toContainText('Elif Egede 760');
});

test('the focus is not lost when its row is scrolled out of sight', async ({ page, screens }) => {
  await open(page, screens, '?people=1000&no-hints');
  await row(page, /Mara Lindqvist/).focus();
  await page.locator('.rows').evaluate((it) => {
    it.scrollTop = it.scrollHeight / 2;
  });
  await expect(page.locator('.row[aria-posinset="500"]')).toBeVisible();
  await expect(focused(page)).toContainText('Mara Lindqvist');
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).toContainText('Jonas Okafor');
  await expect(focused(page)).toBeInViewport();
});

test('the switcher goes to anybody by a few letters, and gives the focus back', async ({
  page,
  screens,
}) => {
  await open(page, screens);
  await row(page, /Mara Lindqvist/).focus();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('zzz');
  await expect(page.getByRole('option')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toHaveCount(0);
  await expect(focused(page)).toContainText('Mara Lindqvist');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('thb');
  await expect(page.getByRole('option').first()).toContainText('Theo Brandt');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Theo Brandt' })).toBeVisible();
});

test('what is typed at once after the keys of the switcher is for the switcher', async ({
  page,
  screens,
}) => {
  await open(page, screens);
  await row(page, /Mara Lindqvist/).click();
  const text = page.getByRole('textbox', { name: /^Message/ });
  await expect(text).toBeFocused();
  await page.route('**/assets/Switcher-*.js', async (route) => {
    await page.keyboard.type('thx');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await route.continue();
  });

  await page.keyboard.press('Control+k');

  await expect(page.getByRole('combobox')).toHaveValue('th');
  await page.keyboard.type('b');
  await expect(page.getByRole('option').first()).toContainText('Theo Brandt');
  await page.keyboard.press('Escape');
  await expect(text).toHaveValue('');
});

test('what is said while a dialog is open can be heard, and stands over it', async ({
  page,
  screens,
}) => {
  await open(page, screens);
  const region = page.locator('[data-live]');
  await expect(region).toHaveCount(1);
  // Also what is typed while its program is loaded, and is in the field at once, can find nobody.
  await page.route('**/assets/Switcher-*.js', async (route) => {
    await page.keyboard.type('zzz');
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toHaveValue('zzz');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('Nobody by that name');
  await page.evaluate(() =>
    window.fake.tell('failed', { code: 'storage_full', detail: 'There is no room left here.' }),
  );
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('no room left');
  const note = page.locator('.toast');
  expect(await note.evaluate((it) => it.closest(':popover-open') !== null)).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.locator('body > [data-live]')).toHaveCount(1);
  await note.getByRole('button', { name: 'Close' }).click();
  await expect(note).toHaveCount(0);
});

test('where it is narrow, one of list and conversation is shown, and back leads back', async ({
  page,
  screens,
}) => {
  await page.setViewportSize(PHONE);
  await open(page, screens);
  await expect(page.getByRole('heading', { name: 'Choose a conversation' })).toHaveCount(0);
  await row(page, /Theo Brandt/).click();
  await expect(row(page, /Mara Lindqvist/)).toBeHidden();
  await page.goBack();
  await expect(row(page, /Mara Lindqvist/)).toBeVisible();
  await expect(focused(page)).toContainText('Theo Brandt');
  await expect(page.getByRole('heading', { level: 2, name: 'Theo Brandt' })).toHaveCount(0);
});

test('a hint that is closed stays closed', async ({ page, screens }) => {
  await open(page, screens);
  const hint = page.locator('.notice', { hasText: 'to go to anybody' });
  await hint.getByRole('button', { name: 'Close this hint' }).click();
  await expect(hint).toHaveCount(0);
  expect(await page.evaluate(async () => (await window.fake.settings()).hintsClosed)).toEqual([
    'switcher',
  ]);
});

test('somebody is added by address, and what is wrong with it is said in place', async ({
  page,
  screens,
}) => {
  await open(page, screens);
  await page.getByRole('button', { name: 'Add a contact' }).click();
  const email = page.getByLabel('Email');
  await expect(email).toBeFocused();
  await email.fill('nonsense');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Enter an email address')).toBeVisible();
  await email.fill('nobody@example.net');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Nobody here has this address');
  await expect(email).toHaveValue('nobody@example.net');
  await email.fill('elena@example.org');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'elena' })).toBeVisible();
});

test('what can’t be loaded says so, can be closed, and is tried again', async ({
  page,
  screens,
}) => {
  await open(page, screens);
  await page.route(/AddContact-|Settings-/, (route) => route.abort());
  const add = page.getByRole('button', { name: 'Add a contact' });
  await add.click();
  const dialog = page.getByRole('dialog', { name: 'This part could not be loaded' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(add).toBeFocused();

  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('This part could not be loaded')).toBeVisible();
  await page.unroute(/AddContact-|Settings-/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Settings' })).toBeVisible();
  await add.click();
  await expect(page.getByLabel('Email')).toBeFocused();
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: PHONE });

  test('a finger that is held opens the menu, and follows no link when it is lifted', async ({
    page,
    screens,
  }) => {
    await open(page, screens);
    const link = row(page, /Theo Brandt/);
    const box = await link.boundingBox();
    const x = (box?.x ?? 0) + 100;
    const y = (box?.y ?? 0) + 20;
    const finger = await page.context().newCDPSession(page);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await expect(page.getByRole('menu')).toBeVisible();
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(page.getByRole('menu')).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
  });
});
