import type { Page } from '@playwright/test';
import { expect, test } from './support/page';
import { settle, watch } from './support/screens';

const RIGHT = 'correct horse battery';

async function open(page: Page, screens: string, address: string): Promise<void> {
  await watch(page, new URL(screens).origin);
  await page.goto(`${screens}${address}`);
  await settle(page);
}

const called = (page: Page, name: string) =>
  page.evaluate(
    (wanted) => window.fake.calls.filter((it) => it.name === wanted).map((it) => it.args),
    name,
  );

test('signing in by keyboard: what is missing and what is wrong is said in place', async ({
  page,
  screens,
}) => {
  await open(page, screens, '?phase=signed_out');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription('Enter your email address.');
  await page.keyboard.type(' robin@example.org ');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('the password is wrong');
  await expect(page.getByLabel('Email')).toHaveValue('robin@example.org');
  await page.getByLabel('Password', { exact: true }).fill(RIGHT);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Chats' })).toBeVisible();
  expect(await called(page, 'login')).toEqual([
    ['robin@example.org', 'wrong'],
    ['robin@example.org', RIGHT],
  ]);
});

test('a second press while it is being done asks nothing twice', async ({ page, screens }) => {
  await open(page, screens, '?phase=signed_out');
  await page.evaluate(() => {
    Object.assign(window, { release: window.fake.delay('login') });
  });
  await page.getByLabel('Email').fill('robin@example.org');
  await page.getByLabel('Password', { exact: true }).fill(RIGHT);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign in' }).dispatchEvent('click');
  expect(await called(page, 'login')).toHaveLength(1);
  await page.evaluate(() => (window as unknown as { release: () => void }).release());
  await expect(page.getByRole('heading', { level: 2, name: 'Chats' })).toBeVisible();
});

test('a password can be shown and hidden', async ({ page, screens }) => {
  await open(page, screens, '?phase=signed_out');
  const password = page.getByLabel('Password', { exact: true });
  await password.fill('secret');
  await expect(password).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Hide password' }).click();
  await expect(password).toHaveAttribute('type', 'password');
});

test('Caps Lock is told while a password is typed', async ({ page, screens }) => {
  await open(page, screens, '?phase=signed_out');
  await page.getByLabel('Password', { exact: true }).evaluate((field) => {
    field.focus();
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true, bubbles: true }),
    );
  });
  await expect(page.getByText('Caps Lock is on.')).toBeVisible();
});

test('registering says how strong the password is, and signs in', async ({ page, screens }) => {
  await open(page, screens, '?phase=signed_out#/register');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByLabel('Full name')).toBeFocused();
  await page.keyboard.type('Elena Weiss');
  await page.getByLabel('Username').fill('elena');
  await page.getByLabel('Email').fill('elena@example.org');
  await page.getByLabel('Password', { exact: true }).fill('elenaweiss');
  await expect(page.getByText('Weak')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Choose a password of at least 8')).toBeVisible();
  expect(await called(page, 'register')).toEqual([]);
  await page.getByLabel('Password', { exact: true }).fill(RIGHT);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Chats' })).toBeVisible();
});

test('a forgotten password is reset with the code, for the address that was asked for', async ({
  page,
  screens,
}) => {
  await open(page, screens, '?phase=signed_out#/forgot');
  await page.getByLabel('Email').fill('robin@example.org');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue('robin@example.org');
  await page.getByLabel('Code').fill('K7QX-9M2P');
  await page.getByLabel('New password', { exact: true }).fill('violet anchor');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The code is wrong or too old');
  await page.getByLabel('Code').fill(RIGHT);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect((await called(page, 'resetPassword')).at(-1)).toEqual([
    RIGHT,
    'violet anchor',
    'robin@example.org',
  ]);
});

test('what is locked opens with its passphrase, and with no other', async ({ page, screens }) => {
  await open(page, screens, '?phase=locked');
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await page.keyboard.type('guess');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That is not the passphrase')).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(RIGHT);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Chats' })).toBeVisible();
});

test('an identity is brought by its file, never made silently', async ({ page, screens }) => {
  await open(page, screens, '?phase=identity_needed');
  await page.getByRole('button', { name: 'Bring it here' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose your account file');
  await page
    .getByLabel('Account file:')
    .setInputFiles({ name: 'robin.account', mimeType: '', buffer: Buffer.from('file') });
  await page.getByRole('button', { name: 'Bring it here' }).click();
  await expect(page.getByLabel('Its passphrase', { exact: true })).toBeFocused();
  await page.keyboard.type(RIGHT);

  await page.getByRole('button', { name: 'Begin anew…' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Begin anew…' })).toBeFocused();
  expect(await called(page, 'beginAnew')).toEqual([]);

  await page.getByRole('button', { name: 'Bring it here' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Chats' })).toBeVisible();
});

test('signing out keeps what is stored unless it is to be deleted', async ({ page, screens }) => {
  await open(page, screens, '#/settings/leave');
  await page.getByRole('button', { name: 'Sign out…' }).click();
  await page.getByRole('switch', { name: 'Delete what is stored here' }).check();
  await page.getByRole('button', { name: 'Sign out and delete' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(await called(page, 'logout')).toEqual([[{ deleteStored: true }]]);
});

test('an account is deleted with its password and a typed word only', async ({ page, screens }) => {
  await open(page, screens, '#/settings/leave');
  await page.getByRole('button', { name: 'Delete account…' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(RIGHT);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Type “delete”');
  expect(await called(page, 'deleteAccount')).toEqual([]);
  await page.getByLabel('Type “delete” to confirm').fill('delete');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your account is deleted.')).toBeVisible();
});

test('settings that can’t be stored stay as they were', async ({ page, screens }) => {
  await open(page, screens, '#/settings/privacy');
  await page.evaluate(() =>
    window.fake.fail('changeSettings', { code: 'storage_full', detail: 'There is no room left.' }),
  );
  const receipts = page.getByRole('switch', { name: 'Read receipts' });
  await receipts.click();
  await expect(page.getByRole('region', { name: 'Notes' })).toContainText('There is no room left.');
  await expect(receipts).toBeChecked();
  await receipts.click();
  await expect(receipts).not.toBeChecked();
});

test('theme and text size change at once, and are there at the next start', async ({
  page,
  screens,
}) => {
  await open(page, screens, '#/settings/appearance');
  await page.getByLabel('Theme').selectOption('Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByLabel('Text size').selectOption('130 %');
  await expect(page.locator('html')).toHaveCSS('font-size', '20.8px');
  await page.goto('about:blank');
  await page.goto(`${screens}?phase=starting`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveCSS('font-size', '20.8px');
});
