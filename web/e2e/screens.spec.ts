import type { Page } from '@playwright/test';
import { expect, test } from './support/page';
import { EVERY_LOOK, expectAccessible, PHONE, SMALL, settle, WIDE, watch } from './support/screens';

interface Screen {
  name: string;
  /** Of the address, after `?`. */
  query?: string;
  hash?: string;
  /** Brings the page from its first look to what is to be seen. */
  act?: (page: Page) => Promise<void>;
}

const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).click();
};

const SCREENS: Screen[] = [
  { name: 'sign-in', query: 'phase=signed_out' },
  { name: 'sign-in-ended', query: 'phase=session_ended' },
  {
    name: 'sign-in-faults',
    query: 'phase=signed_out',
    act: async (page) => {
      await press('Sign in')(page);
      await page.getByLabel('Email').fill('robin@example.org');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await press('Sign in')(page);
      await expect(page.getByRole('alert')).toContainText('wrong');
    },
  },
  {
    name: 'register',
    query: 'phase=signed_out',
    hash: '#/register',
    act: async (page) => {
      await page.getByLabel('Password', { exact: true }).fill('violet anchor');
      await press('Create account')(page);
    },
  },
  { name: 'forgot', query: 'phase=signed_out', hash: '#/forgot' },
  { name: 'reset', query: 'phase=signed_out', hash: '#/reset' },
  { name: 'locked', query: 'phase=locked' },
  { name: 'identity-needed', query: 'phase=identity_needed' },
  {
    name: 'begin-anew',
    query: 'phase=identity_needed',
    act: press('Begin anew…'),
  },
  { name: 'unusable-missing', query: 'phase=missing' },
  { name: 'unusable-blocked', query: 'phase=blocked' },
  { name: 'unusable-newer', query: 'phase=newer' },
  { name: 'unusable-damaged', query: 'phase=damaged' },
  { name: 'unusable-full', query: 'phase=full' },
  { name: 'unusable-unopened', query: 'phase=unopened' },
  { name: 'list' },
  { name: 'list-empty', query: 'people=0' },
  {
    name: 'list-strange-names',
    query: 'no-hints',
    act: async (page) => {
      await page.locator('.rows').evaluate((rows) => {
        rows.scrollTop = rows.scrollHeight;
      });
    },
  },
  { name: 'list-large-text', query: 'text=150' },
  { name: 'list-right-to-left', query: 'dir=rtl' },
  {
    name: 'list-troubles',
    query: 'phase=unverified',
    act: async (page) => {
      await page.evaluate(() => {
        window.fake.tell('connection', 'offline');
        window.fake.tell('catchingUp', { left: 280 });
        window.fake.tell('catchingUp', { left: 120 });
        window.fake.tell('clockOff', { ahead: 3_600_000 });
        window.host.updateReady.value = true;
      });
    },
  },
  { name: 'list-login-required', query: 'phase=login_required' },
  {
    name: 'list-ask-password',
    query: 'phase=login_required',
    act: press('Enter password'),
  },
  {
    name: 'list-menu',
    act: async (page) => {
      await page.getByRole('link', { name: /Jonas Okafor/ }).click({ button: 'right' });
    },
  },
  {
    name: 'list-filtered',
    act: async (page) => {
      await page.getByLabel('Find a person').fill('lind');
    },
  },
  {
    name: 'list-nobody',
    act: async (page) => {
      await page.getByLabel('Find a person').fill('zzz');
    },
  },
  {
    name: 'add-contact',
    act: async (page) => {
      await press('Add a contact')(page);
      await page.getByLabel('Email').fill('nobody@example.net');
      await press('Add')(page);
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  { name: 'archive', hash: '#/archive' },
  {
    name: 'switcher',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('a');
    },
  },
  {
    name: 'toasts',
    act: async (page) => {
      await page.evaluate(() => {
        window.fake.tell('failed', { code: 'storage_full', detail: 'There is no room left.' });
        window.fake.tell('contactAdded', {
          contactId: 'c0000000-0000-4000-8000-000000000001',
          username: 'jonas',
        });
      });
    },
  },
  { name: 'settings', hash: '#/settings' },
  { name: 'settings-account', hash: '#/settings/account' },
  { name: 'settings-unverified', query: 'phase=unverified', hash: '#/settings/account' },
  { name: 'settings-privacy', hash: '#/settings/privacy' },
  { name: 'settings-notifications', hash: '#/settings/notifications' },
  { name: 'settings-appearance', hash: '#/settings/appearance' },
  { name: 'settings-lock', hash: '#/settings/lock' },
  {
    name: 'settings-passphrase',
    hash: '#/settings/lock',
    act: async (page) => {
      await press('Set a passphrase')(page);
      await page.getByLabel('New passphrase', { exact: true }).fill('violet anchor');
      await page.getByLabel('New passphrase again', { exact: true }).fill('violet');
      await press('Set it')(page);
    },
  },
  { name: 'settings-sessions', hash: '#/settings/sessions' },
  { name: 'settings-data', hash: '#/settings/data' },
  { name: 'settings-refused', hash: '#/settings/refused' },
  { name: 'settings-about', hash: '#/settings/about' },
  { name: 'settings-leave', hash: '#/settings/leave' },
  { name: 'sign-out', hash: '#/settings/leave', act: press('Sign out…') },
  { name: 'delete-account', hash: '#/settings/leave', act: press('Delete account…') },
  { name: 'blocked', hash: '#/blocked' },
  { name: 'verify', hash: '#/verify/token' },
];

const LOOKS = EVERY_LOOK
  ? [WIDE, PHONE, SMALL].map((size) => ({ size, lights: ['light', 'dark'] as const }))
  : [
      { size: WIDE, lights: ['light'] as const },
      { size: SMALL, lights: ['dark'] as const },
    ];

for (const screen of SCREENS) {
  test(screen.name, async ({ page, screens }) => {
    const { faults } = await watch(page, new URL(screens).origin);
    for (const { size, lights } of LOOKS) {
      await page.setViewportSize(size);
      // The width makes it another address, which is loaded anew even where the rest is the same.
      await page.goto(`${screens}?${screen.query ?? ''}&width=${size.width}${screen.hash ?? ''}`);
      await settle(page);
      await screen.act?.(page);
      for (const colorScheme of lights) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        await page.screenshot({
          path: `target/screens/${screen.name}-${colorScheme}-${size.width}.png`,
        });
        if (size !== PHONE) {
          await expectAccessible(page);
        }
      }
      expect.soft(await sideways(page), `${size.width} px wide: cut off`).toEqual([]);
    }
    expect(faults).toEqual([]);
  });
}

/** What is wider than the room that it has, and would have to be scrolled sideways to. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('#app, main, .entry, .pane, .settings-body, .side, .dialog-body')]
      .filter((it) => it.scrollWidth > it.clientWidth)
      .map((it) => {
        const edge = it.getBoundingClientRect().right;
        const inner = [...it.querySelectorAll('*')].filter(
          (one) => one.getBoundingClientRect().right > edge + 0.5,
        );
        return `${it.className}: ${inner.map((one) => one.className || one.tagName).join(', ')}`;
      }),
  );
}
