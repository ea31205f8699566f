import { composer, expect, open, sent, settled, test } from './support';

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
