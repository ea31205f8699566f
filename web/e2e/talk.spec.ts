import type { Route } from '@playwright/test';
import { acquainted, Person, registered } from './support/people';
import { expect, test } from './support/relay';

test('a stranger is added by who has no address of theirs, and blocked', async ({
  browser,
  relay,
  watch,
}) => {
  const ann = await registered(browser, relay.url, 'Ann', watch);
  const cat = await registered(browser, relay.url, 'Cat', watch);
  await cat.add(ann);
  await cat.context.route('**/api/v1/keys/*?take=*', withoutOneTimeKeys);
  await cat.send(ann, 'You don’t know me');

  await ann.conversations.getByText('You don’t know me').click();
  // All of it is in sight: there is no way to go.
  await expect(ann.message('You don’t know me')).toBeVisible();
  await expect(ann.page.getByText('Go to the newest message')).toHaveCount(0);
  for (const who of [ann, cat]) {
    await who.message('You don’t know me').click({ button: 'right' });
    await who.page.getByRole('menuitem', { name: 'Security' }).click();
    const sheet = who.page.getByRole('dialog', { name: 'Security of this message' });
    await expect(sheet).toContainText('Post-quantum and classical (v2)');
    await expect(sheet).toContainText('Last-resort key');
    await expect(sheet).toContainText(/Who recorded this message and steals .* keys before .*20/);
    // Only she knows that there were some.
    await expect(sheet.getByText(/^At least \d+ were on offer/)).toHaveCount(who === ann ? 1 : 0);
    await sheet.getByRole('button', { name: 'Close' }).click();
  }
  await ann.page.getByRole('button', { name: 'Add to contacts' }).click();
  // Only now are they known by their name.
  await ann.open(cat);
  await expect(ann.page.getByRole('button', { name: 'Add to contacts' })).toHaveCount(0);
  await ann.send(cat, 'Now I do');
  await expect(cat.message('Now I do')).toHaveCount(1);

  await ann.page.getByRole('button', { name: new RegExp(`^${cat.name}.*contact$`) }).click();
  await ann.page.getByRole('button', { name: 'Block' }).click();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  await expect(ann.page.getByRole('dialog').getByRole('button', { name: 'Unblock' })).toBeVisible();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(ann.page.getByRole('dialog')).toHaveCount(0);
  await cat.send(ann, 'Into the void');
  await expect(cat.message('Into the void').getByText(/^(Sent|Not sent)$/)).toBeAttached();
  await ann.page.getByRole('button', { name: 'Unblock' }).click();
  await cat.send(ann, 'Heard again');
  await expect(ann.message('Heard again')).toHaveCount(1);
  await expect(ann.message('Into the void')).toHaveCount(0);
});

/** The relay hands out none of somebody's one-time keys, though it has some. */
async function withoutOneTimeKeys(route: Route): Promise<void> {
  const response = await route.fetch();
  const json = { ...(await response.json()), batches: [], one_time_prekeys: [] };
  await route.fulfill({ response, json });
}

test('what is written is found at once, in any script, and not once it is deleted', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  for (const text of ['Hello green harbour', 'سلام، حال شما چطور است؟', '日本語のメッセージです']) {
    await ann.send(ben, text);
    await expect(ben.message(text)).toHaveCount(1);
  }
  const found = async (words: string, text: string | undefined) => {
    await ben.page.goto('/#/search');
    const pane = ben.page.getByRole('region', { name: 'Search messages' });
    await pane.getByRole('searchbox').fill(words);
    await expect(pane.getByText(text ?? 'Nothing found').first()).toBeVisible();
  };
  await found('"green harbour"', 'Hello green harbour');
  await found('"harbour green"', undefined);
  await found('چطور', 'سلام، حال شما چطور است؟');
  await found('メッセージ', '日本語のメッセージです');

  await ben.open(ann);
  await ben.message('Hello green harbour').click({ button: 'right' });
  await ben.page.getByRole('menuitem', { name: 'Delete here' }).click();
  await ben.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(ben.message('Hello green harbour')).toHaveCount(0);
  await found('harbour', undefined);
});

test('a text and a file for which there is no room stay where they were written', async ({
  browser,
  relay,
  watch,
}) => {
  const ben = await registered(browser, relay.url, 'Ben', watch);
  const context = await browser.newContext({ baseURL: relay.url });
  context.on('page', watch);
  const ann = new Person('Ann', context, await context.newPage());
  const session = await context.newCDPSession(ann.page);
  // Before anything is stored: Chromium remembers for a while how much room it found.
  const quota = { origin: relay.url, quotaSize: 3_000_000 };
  await session.send('Storage.overrideQuotaForOrigin', quota);
  await ann.page.goto('/');
  await ann.register();
  await ann.add(ben);
  await ann.page.locator('input[type=file]').setInputFiles({
    name: 'film.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(5_000_000, 7),
  });
  await ann.composerFor(ben).fill('For which there is no room');
  await ann.composerFor(ben).press('Enter');

  await expect(ann.page.getByRole('alert').getByText(/no room/)).toBeVisible();
  await expect(ann.composerFor(ben)).toHaveValue('For which there is no room');
  await expect(ann.page.getByText('film.bin')).toBeVisible();
});

test('without any room all is read, nothing is sent, and deleting makes room', async ({
  browser,
  relay,
  watch,
}) => {
  const ben = await Person.at(browser, relay.url, 'Ben', watch);
  await ben.register();
  const context = await browser.newContext({ baseURL: relay.url });
  context.on('page', watch);
  const ann = new Person('Ann', context, await context.newPage());
  const session = await context.newCDPSession(ann.page);
  // Before anything is stored: Chromium remembers for a while how much room it found.
  const quota = { origin: relay.url, quotaSize: 10_000_000 };
  await session.send('Storage.overrideQuotaForOrigin', quota);
  await ann.page.goto('/');
  await ann.register();
  await ann.add(ben);
  await ann.page.locator('input[type=file]').setInputFiles({
    name: 'film.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(2_000_000, 7),
  });
  await ann.send(ben, 'Here is the film');
  await expect(ann.message('Here is the film')).toContainText('film.bin');
  await expect(ann.message('Here is the film').getByText(/^Sent/)).toBeAttached();
  await ann.page.evaluate(fill);

  await ann.page.reload();
  await ann.open(ben);
  await expect(ann.message('Here is the film')).toBeVisible();
  await ann.composerFor(ben).fill('For which there is no room');
  await ann.composerFor(ben).press('Enter');
  await expect(ann.page.getByRole('alert').getByText(/no room/)).toBeVisible();
  await expect(ann.composerFor(ben)).toHaveValue('For which there is no room');

  await ann.page.getByRole('button', { name: new RegExp(`^${ben.name}.*contact$`) }).click();
  await ann.page.getByRole('button', { name: 'Delete conversation' }).click();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(ann.page.getByText('Here is the film')).toHaveCount(0);
  await ann.open(ben);
  await ann.send(ben, 'There is room again');
  await expect(ann.message('There is room again').getByText(/^Sent/)).toBeAttached();
});

/** Stores until nothing more goes in; run in the page. */
async function fill(): Promise<void> {
  const opening = indexedDB.open('filling', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  for (const size of [60_000, 5_000, 100]) {
    let isStored = true;
    while (isStored) {
      isStored = await new Promise((resolve) => {
        const transaction = database.transaction('rows', 'readwrite');
        const row = crypto.getRandomValues(new Uint8Array(size));
        transaction.objectStore('rows').put(row);
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
      });
    }
  }
  database.close();
}
