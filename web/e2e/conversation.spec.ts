import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/page';

/** Opens the conversation alone, with the engine in memory that `window.chat` is. */
async function open(page: Page, screens: string, query: string): Promise<void> {
  await page.goto(new URL(`/e2e/conversation.html?${query}`, screens).href);
  await page.locator('.conv, .search').waitFor();
}

const scroller = (page: Page) => page.locator('.conv-scroller');
const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });

const sent = (page: Page) =>
  page.evaluate(() =>
    window.chat.calls.filter((call) => call.name === 'send').map((it) => it.args[1]),
  );

/** How far the bottom of a message is from the top of the list, in pixels. */
const topOf = (page: Page, text: string) =>
  page.evaluate((words) => {
    const list = document.querySelector('.conv-scroller')?.getBoundingClientRect().top ?? 0;
    const rows = [...document.querySelectorAll('.conv-row')];
    const row = rows.find((it) => it.querySelector('.conv-text')?.textContent?.startsWith(words));
    return row === undefined ? undefined : row.getBoundingClientRect().top - list;
  }, text);

const fromEnd = (page: Page) =>
  scroller(page).evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight);

/** After frames enough for what was changed to be laid out and put right. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    for (let i = 0; i < 4; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });

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
    await open(page, screens, 'scene=history');
    await settled(page);
    await scroller(page).evaluate((it) => {
      it.scrollTop -= 1_500;
    });
    await settled(page);
    const before = await scroller(page).evaluate((it) => it.scrollTop);

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
    const before = await boxes();
    await expect(page.locator('.conv-picture img').first()).toBeAttached();
    await settled(page);

    expect(await boxes()).toEqual(before);
    // A name that hides what the file is says it here.
    await expect(page.getByText('photogpj.exe')).toBeAttached();
  });
});

test.describe('the composer', () => {
  test('sends by Enter and breaks lines by Shift+Enter', async ({ page, screens }) => {
    await open(page, screens, 'scene=usual');
    await composer(page).click();

    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    expect(await sent(page)).toEqual([]);
    await page.keyboard.press('Enter');

    await expect(composer(page)).toHaveValue('');
    expect(await sent(page)).toEqual(['one\ntwo']);
    await expect(page.locator('.conv-row').last()).toContainText('one');
  });

  test('does it the other way round where Enter doesn’t send', async ({ page, screens }) => {
    await open(page, screens, 'scene=usual');
    await page.evaluate(() => window.chat.changeSettings({ enterSends: false }));
    await composer(page).click();

    await page.keyboard.type('one');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    expect(await sent(page)).toEqual([]);
    await page.keyboard.press('Shift+Enter');

    await expect(composer(page)).toHaveValue('');
    expect(await sent(page)).toEqual(['one\ntwo']);
  });

  test('leaves Enter to an input method that composes', async ({ page, screens }) => {
    await open(page, screens, 'scene=usual');
    await composer(page).click();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', {
      text: 'にほん',
      selectionStart: 3,
      selectionEnd: 3,
    });

    // What a browser tells of Enter while it composes, and what Safari tells right after.
    await composer(page).dispatchEvent('keydown', { key: 'Enter', keyCode: 13, isComposing: true });
    await composer(page).dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
    expect(await sent(page)).toEqual([]);

    await session.send('Input.insertText', { text: '日本' });
    await expect(composer(page)).toHaveValue('日本');
    await page.keyboard.press('Enter');
    await expect(composer(page)).toHaveValue('');
    expect(await sent(page)).toEqual(['日本']);
  });

  test('keeps its draft over a reload', async ({ page, screens }) => {
    await open(page, screens, 'scene=usual');
    await composer(page).fill('Not done yet');

    await page.reload();

    await expect(composer(page)).toHaveValue('Not done yet');
    await composer(page).press('Enter');
    await expect(composer(page)).toHaveValue('');
    await page.reload();
    await expect(composer(page)).toHaveValue('');
  });

  test('puts back what could not be sent, before what was typed since', async ({
    page,
    screens,
  }) => {
    await open(page, screens, 'scene=usual');
    const release = await page.evaluateHandle(() => {
      window.chat.fail('send', { code: 'storage_full', detail: 'There is no room left here.' });
      return window.chat.delay('send');
    });
    await composer(page).fill('first');
    await composer(page).press('Enter');
    await expect(composer(page)).toHaveValue('');
    await composer(page).fill('second');

    await release.evaluate((go) => go());

    await expect(composer(page)).toHaveValue('first\nsecond');
    await expect(page.getByRole('alert')).toContainText('There is no room left here.');
  });

  test('offers emoji by name, by keys alone', async ({ page, screens }) => {
    await open(page, screens, 'scene=usual');
    await composer(page).click();
    await page.keyboard.type('well :hea');
    const options = page.getByRole('option');
    await expect(options.first()).toBeVisible();

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(composer(page)).toHaveValue('well ❤️ ');
    expect(await sent(page)).toEqual([]);

    await page.keyboard.type(':tad');
    await expect(options.first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(options).toHaveCount(0);
    await expect(composer(page)).toHaveValue('well ❤️ :tad');
    await page.keyboard.type('a:');
    await expect(composer(page)).toHaveValue('well ❤️ 🎉');
  });

  test('says how much room is left before there is none', async ({ page, screens }) => {
    await open(page, screens, 'scene=usual');

    await composer(page).fill('a'.repeat(65_000));
    await expect(page.getByText('535 bytes are left in this message.')).toBeVisible();
    await composer(page).fill('ü'.repeat(33_000));
    await expect(page.getByText('465 bytes too long', { exact: false })).toBeVisible();
    await composer(page).press('Enter');

    expect(await sent(page)).toEqual([]);
  });

  test('takes files by a paste, shows them, and lets go of them', async ({ page, screens }) => {
    await open(page, screens, 'scene=usual');
    await composer(page).click();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['a'], 'notes.txt', { type: 'text/plain' }));
      data.items.add(new File(['b'], 'plan.pdf', { type: 'application/pdf' }));
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    const picked = page.getByRole('list', { name: 'Files to send' });
    await expect(picked.getByRole('listitem')).toHaveCount(2);

    await page.getByRole('button', { name: 'Remove notes.txt' }).click();
    await composer(page).press('Enter');

    await expect(picked).toHaveCount(0);
    const files = await page.evaluate(() =>
      window.chat.calls
        .filter((it) => it.name === 'send')
        .map((it) => (it.args[2] as { file: File }[]).map((each) => each.file.name)),
    );
    expect(files).toEqual([['plan.pdf']]);
  });

  test('asks whether a picture goes with its metadata where it can’t be cleaned', async ({
    page,
    screens,
  }) => {
    await open(page, screens, 'scene=usual');
    await page.setInputFiles('input[type=file]', {
      name: 'photo.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('x'),
    });
    await page.evaluate(() =>
      window.chat.fail('send', { code: 'metadata', detail: 'photo.jpg can’t be cleaned.' }),
    );
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('alert')).toContainText('photo.jpg can’t be cleaned.');

    await page.getByLabel('Send with its metadata').check();
    await page.getByRole('button', { name: 'Send' }).click();

    await expect(async () => {
      const kept = await page.evaluate(() =>
        window.chat.calls
          .filter((it) => it.name === 'send')
          .map((it) => (it.args[2] as { keepMetadata: boolean }[])[0]?.keepMetadata),
      );
      expect(kept).toEqual([false, true]);
    }).toPass();
  });

  test('tells that somebody types, seldom, and nothing where that is off', async ({
    page,
    screens,
  }) => {
    await open(page, screens, 'scene=usual');
    const told = () =>
      page.evaluate(() =>
        window.chat.calls.filter((it) => it.name === 'typing').map((it) => it.args[1]),
      );
    await composer(page).click();
    await page.keyboard.type('hello there');
    expect(await told()).toEqual([true]);
    await page.keyboard.press('Enter');
    await expect(async () => expect(await told()).toEqual([true, false])).toPass();

    await page.evaluate(() => window.chat.changeSettings({ typing: false }));
    await settled(page);
    await page.keyboard.type('again');
    expect(await told()).toEqual([true, false]);
  });
});

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

test.describe('what a person has to know', () => {
  test('a new identity is accepted with the number that was shown', async ({ page, screens }) => {
    await open(page, screens, 'scene=notices');
    await page.getByRole('button', { name: 'Compare and accept' }).click();
    await expect(
      page.getByRole('list', { name: /^Safety number/ }).getByRole('listitem'),
    ).toHaveCount(12);

    await page.getByRole('button', { name: 'It is the same: accept' }).click();

    await expect(page.getByText('has a new identity')).toHaveCount(0);
    const args = await page.evaluate(() => [
      window.chat.calls.find((it) => it.name === 'acceptIdentity')?.args[1],
      window.chat.calls.find((it) => it.name === 'markVerified')?.args[1],
    ]);
    expect(args[0]).toMatch(/^\d{5} /);
    expect(args[1]).toBe(true);
  });

  test('a code is read from a picture of it', async ({ page, screens }) => {
    await open(page, screens, 'scene=stranger');
    await page.getByRole('button', { name: 'Safety number' }).click();
    const code = page.getByRole('img', { name: /^Code of the safety number/ });
    await expect(code).toBeVisible();
    const picture = await code.evaluate((it: HTMLCanvasElement) => it.toDataURL());

    await page.setInputFiles('dialog input[type=file]', {
      name: 'code.png',
      mimeType: 'image/png',
      buffer: Buffer.from(picture.split(',')[1] ?? '', 'base64'),
    });
    await expect(page.getByText('The codes agree.')).toBeVisible();

    await page.setInputFiles('dialog input[type=file]', {
      name: 'none.png',
      mimeType: 'image/png',
      buffer: Buffer.from('not a picture'),
    });
    await expect(page.getByRole('alert')).toContainText('There is no code');
  });

  test('weaker encryption goes on by consent only', async ({ page, screens }) => {
    await open(page, screens, 'scene=downgraded');
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(
      await page.evaluate(() => window.chat.calls.some((it) => it.name === 'consentToDowngrade')),
    ).toBe(false);

    await page.getByRole('button', { name: 'Send anyway' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send anyway' }).click();

    await expect(page.getByText('weaker encryption than before')).toHaveCount(0);
  });

  test('a stranger is blocked, and let in again', async ({ page, screens }) => {
    await open(page, screens, 'scene=stranger');
    await page.getByRole('button', { name: 'Block' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
    await expect(composer(page)).toHaveCount(0);

    await page.getByRole('button', { name: 'Unblock' }).click();
    await expect(composer(page)).toBeVisible();
  });

  test('refused messages say why', async ({ page, screens }) => {
    await open(page, screens, 'scene=usual&contact=4');

    await page.getByRole('button', { name: 'See why' }).click();

    await expect(page.getByRole('dialog')).toContainText('Its signature doesn’t fit');
  });

  test('the security of a message says both signatures and what theft would expose', async ({
    page,
    screens,
  }) => {
    await open(page, screens, 'scene=states');
    await page.locator('.conv-row', { hasText: 'On the server.' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Security' }).click();

    const sheet = page.getByRole('dialog', { name: 'Security of this message' });
    await expect(sheet).toContainText('Post-quantum and classical');
    await expect(sheet).toContainText('ML-DSA-65');
    await expect(sheet).toContainText('ECDSA-P256');
    await expect(sheet).toContainText('can’t open it: its key was deleted');
  });

  test('new messages are told once, with their words only where that is set', async ({
    page,
    screens,
  }) => {
    await open(page, screens, 'scene=usual');
    const live = page.locator('[data-live]');
    await page.evaluate(() => window.chat.receive(window.contactId, 'A secret'));
    await expect(live.getByText('New message from Mara Lindqvist')).toHaveCount(1);
    await expect(live.getByText('A secret')).toHaveCount(0);

    await page.evaluate(() => window.chat.changeSettings({ notifications: 'with_content' }));
    await settled(page);
    await page.evaluate(() => window.chat.receive(window.contactId, 'No secret'));
    await expect(live.getByText('Mara Lindqvist: No secret')).toHaveCount(1);
  });
});

for (const theme of ['light', 'dark']) {
  for (const width of [320, 1_000]) {
    test(`axe finds nothing (${theme}, ${width} px)`, async ({ page, screens }) => {
      await page.setViewportSize({ width, height: 760 });
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const check = async (what: string) => {
        await settled(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const said = violations.map(
          (it) => `${it.id}: ${it.nodes[0]?.html} ${it.nodes[0]?.failureSummary}`,
        );
        expect(said, what).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth),
          what,
        ).toBeLessThanOrEqual(width);
      };
      for (const scene of [
        'usual',
        'states',
        'hostile',
        'files',
        'unread',
        'notices',
        'downgraded',
        'held',
        'blocked',
        'stranger',
      ]) {
        await open(page, screens, `scene=${scene}&theme=${theme}&back`);
        await check(scene);
      }
      await open(page, screens, `scene=states&theme=${theme}`);
      await composer(page).fill(':hea');
      await composer(page).press('End');
      await composer(page).pressSequentially('r');
      await page.getByRole('option').first().waitFor();
      await check('emoji');
      await composer(page).fill('');
      await page.getByRole('button', { name: 'Find in this conversation' }).click();
      await page.getByRole('searchbox').fill('the');
      await page.locator('mark').first().waitFor();
      await check('find');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /, contact$/ }).click();
      await page.getByRole('dialog').waitFor();
      await check('contact');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Safety number' }).click();
      await page.locator('.digits').waitFor();
      await check('verification');
      await page.keyboard.press('Escape');
      await page.locator('.conv-row').last().click({ button: 'right' });
      await page.getByRole('menu').waitFor();
      await check('menu');
      await page.getByRole('menuitem', { name: 'Security' }).click();
      await page.locator('.facts').waitFor();
      await check('security');
      await open(page, screens, `scene=files&theme=${theme}`);
      await page.locator('.conv-picture-open').first().click();
      await page.locator('.viewer img').waitFor();
      await check('viewer');
      await open(page, screens, `scene=states&theme=${theme}&search`);
      await page.getByRole('searchbox').fill('the');
      await page.locator('.search-hit').first().waitFor();
      await check('search');
    });
  }
}
