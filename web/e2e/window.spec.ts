import type { CDPSession, Page } from '@playwright/test';
import { acquainted, registered } from './support/people';
import { expect, test } from './support/relay';

test('another tab goes on when the leading one is frozen, and that one when it wakes', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const first = ann.page;
  ann.page = await ann.context.newPage();
  await ann.page.goto('/');
  await ann.open(ben);
  const session = await ann.context.newCDPSession(first);
  await life(session, 'frozen');
  await ann.send(ben, 'While the first is frozen');
  await expect(ben.message('While the first is frozen')).toHaveCount(1);

  await life(session, 'active');
  await expect(first.getByText('While the first is frozen').first()).toBeVisible();
  await ann.page.close();
  ann.page = first;
  await ann.send(ben, 'From the first again');
  await expect(ben.message('From the first again')).toHaveCount(1);
});

function life(session: CDPSession, state: 'frozen' | 'active'): Promise<unknown> {
  return session.send('Page.setWebLifecycleState', { state });
}

test('what was stored is deleted under the program: said once, and a reload begins anew', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      indexedDB.deleteDatabase(name ?? '');
    }
  });
  const notes = ann.page.getByRole('region', { name: 'Notes' });
  await expect(notes.getByText(/closed or deleted/)).toBeVisible();
  await ann.composerFor(ben).fill('Into the void');
  await ann.composerFor(ben).press('Enter');
  await expect(ann.page.getByRole('alert').filter({ hasText: 'closed or deleted' })).toBeVisible();
  await expect(ann.composerFor(ben)).toHaveValue('Into the void');
  await expect(notes.getByText(/closed or deleted/)).toHaveCount(1);

  await ann.page.reload();
  await ann.signIn();
  await expect(ann.page.getByRole('heading', { name: /identity/ })).toBeVisible();
});

test('from signing in to a message and the settings by keys alone', async ({
  browser,
  relay,
  watch,
}) => {
  const ben = await registered(browser, relay.url, 'Ben', watch);
  const ann = await registered(browser, relay.url, 'Ann', watch);
  const { page } = ann;
  const { keyboard } = page;
  await page.goto('/#/settings/leave');
  await page.getByRole('button', { name: 'Sign out…' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeFocused();

  await keyboard.press('Tab');
  await expect(page.getByLabel('Email')).toHaveValue(ann.email);
  await keyboard.press('Tab');
  await keyboard.type(ann.password);
  await keyboard.press('Enter');
  await expect(ann.conversations).toBeFocused();

  await tabTo(page, 'Add a contact');
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel('Email')).toBeFocused();
  await keyboard.type(ben.email);
  await keyboard.press('Enter');
  await expect(ann.composerFor(ben)).toBeFocused();
  await keyboard.type('By keys alone');
  await keyboard.press('Enter');
  await expect(ben.conversations.getByText('By keys alone')).toBeVisible();

  await tabTo(page, 'Settings');
  await keyboard.press('Enter');
  await tabTo(page, 'Appearance');
  await keyboard.press('Enter');
  await tabTo(page, 'Theme');
  await keyboard.type('D');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

/** With Tab alone, to what has a name that begins so; around the page once at most. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    const focused = await page.evaluate(() => {
      const now = document.activeElement;
      const label = now instanceof HTMLSelectElement ? now.labels[0]?.textContent : undefined;
      return label ?? now?.getAttribute('aria-label') ?? now?.textContent ?? '';
    });
    if (focused.startsWith(name)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${name}`);
}

test('says which build runs, offline too', async ({ browser, relay, watch }) => {
  const ann = await registered(browser, relay.url, 'Ann', watch);
  await ann.page.evaluate(() => navigator.serviceWorker.ready);
  const served = await ann.page.evaluate(
    async () => (await (await fetch('/build.json')).json()).build,
  );

  await ann.context.setOffline(true);
  await ann.page.goto('/#/settings/about');
  await ann.page.reload();

  await expect(ann.page.getByText(String(served))).toBeVisible();
});
