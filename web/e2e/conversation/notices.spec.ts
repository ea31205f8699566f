import { composer, expect, open, settled, test } from './support';

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
    const sheet = page.getByRole('dialog', { name: 'Security of this message' });
    const look = async (at: string) => {
      await page.locator('.conv-row', { hasText: at }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Security' }).click();
    };
    await look('On the server.');
    await expect(sheet).toContainText('until it is delivered. Then its key is deleted');
    await sheet.getByRole('button', { name: 'Close' }).click();

    await look('Just got in. Delivered only.');
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
