import { seed } from '../bench/product/seeding';
import { acquainted, type Other, type Person, registered } from './support/people';
import { expect, test } from './support/relay';

const NARROW = { width: 360, height: 740 };

test('a message that is refused stays in its place, and goes out from there', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  // Without a socket everything goes by REST.
  await ann.context.route('**/auth/socket-ticket', (route) => route.abort());
  await ann.page.reload();
  await ann.open(ben);
  await ann.send(ben, 'First');
  await expect(ben.message('First')).toHaveCount(1);
  await ann.context.route('**/relay/send', (route) =>
    route.fulfill({ status: 413, json: { detail: 'It is too large.' } }),
  );
  await ann.send(ben, 'Second');
  await expect(ann.message('Second')).toContainText('Not sent');
  await expect(ann.conversations).toContainText('Not sent');
  await ann.context.unroute('**/relay/send');
  await ann.send(ben, 'Third');
  await expect(ben.message('Third')).toHaveCount(1);

  await ann.message('Second').getByRole('button', { name: 'Try again' }).click();

  await expect(ben.message('Second')).toHaveCount(1);
  await expect(ann.message('Second')).not.toContainText('Not sent');
  await expect(ann.message('')).toContainText(['First', 'Second', 'Third']);
});

test('drafts and what is arranged stay with their conversations', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const cat = await registered(browser, relay.url, 'Cat', watch);
  await ann.add(cat);
  await ann.composerFor(cat).fill('For Cat');
  await ann.open(ben);
  await ann.composerFor(ben).fill('For Ben');
  await expect(rowOf(ann, cat)).toContainText('For Cat');
  await expect(rowOf(ann, ben)).toContainText('For Ben');
  for (const item of ['Pin to the top', 'Mute', 'Mark as unread']) {
    await arrange(ann, cat, item);
  }
  await expect(rowOf(ann, cat)).toContainText('marked as unread');
  await ann.page.reload();

  await expect(ann.composerFor(ben)).toHaveValue('For Ben');
  for (const words of ['pinned', 'muted', 'marked as unread']) {
    await expect(rowOf(ann, cat)).toContainText(words);
  }
  await ann.send(ben, 'For Ben now');
  await expect(ann.conversations.getByRole('link')).toContainText([cat.name, ben.name]);

  await arrange(ann, cat, 'Archive');
  await expect(rowOf(ann, cat)).toHaveCount(0);
  await ann.page.reload();
  await expect(rowOf(ann, ben)).toBeVisible();
  await expect(rowOf(ann, cat)).toHaveCount(0);
  await ann.page.getByRole('link', { name: /^Archive/ }).click();
  await arrange(ann, cat, 'Take out of the archive');
  await ann.page.getByRole('button', { name: 'Back to all conversations' }).click();
  await ann.open(cat);
  await expect(ann.composerFor(cat)).toHaveValue('For Cat');
  await expect(rowOf(ann, cat)).not.toContainText('marked as unread');
});

test('who tells nothing of reading and typing is not heard to read or type', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await tells(ben, ['Read receipts', 'Typing']);
  await ben.open(ann);
  await ann.page.evaluate(() => {
    new MutationObserver(() => {
      if (document.body.textContent?.includes('typing')) {
        document.documentElement.dataset.typing = 'seen';
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  await ann.send(ben, 'Seen?');
  await expect(ben.message('Seen?')).toBeVisible();
  await ben.composerFor(ann).pressSequentially('In silence');
  await ben.composerFor(ann).press('Enter');
  await expect(ann.message('In silence')).toBeVisible();

  await expect(ann.message('Seen?').getByText('Delivered')).toBeAttached();
  await expect(ann.page.locator('html')).not.toHaveAttribute('data-typing');

  await tells(ben, ['Read receipts', 'Typing']);
  await ben.open(ann);
  await ben.composerFor(ann).pressSequentially('Now');
  await expect(ann.page.locator('html')).toHaveAttribute('data-typing', 'seen');
  await ann.send(ben, 'And now?');
  await expect(ann.message('And now?').getByText('Read')).toBeAttached();
});

test('a safety number is compared by a picture of its code', async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.page.getByRole('button', { name: 'Safety number' }).click();
  await ben.page.getByRole('button', { name: 'Safety number' }).click();
  const codeOf = ({ page }: Person) =>
    page.getByRole('img', { name: /^Code of the safety number/ }).screenshot();
  const picker = ben.page.getByRole('dialog').locator('input[type=file]');
  const read = (buffer: Buffer) =>
    picker.setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
  await read(await ann.page.screenshot({ clip: CORNER }));
  await expect(ben.page.getByRole('alert')).toContainText('no code to be read');
  await read(await codeOf(ben));
  await expect(ben.page.getByRole('alert')).toContainText('own');

  await read(await codeOf(ann));

  await expect(ben.page.getByText('The codes agree.')).toBeVisible();
  await expect(ben.page.getByRole('alert')).toHaveCount(0);
  await read(Buffer.from('no picture'));
  await expect(ben.page.getByRole('alert')).toContainText('no code to be read');
  await ben.page.keyboard.press('Escape');
  await expect(rowOf(ben, ann)).toContainText('verified');
});

test('where it is narrow two people find each other, and the way back', async ({
  browser,
  relay,
  watch,
}) => {
  const ann = await registered(browser, relay.url, 'Ann', watch);
  const ben = await registered(browser, relay.url, 'Ben', watch);
  await Promise.all([ann, ben].map(({ page }) => page.setViewportSize(NARROW)));
  await Promise.all([ann.add(ben), ben.add(ann)]);
  await expect(ann.conversations).toBeHidden();
  await ann.send(ben, `A_word_that_is_longer_than_the_screen_is_wide_${'and_on_'.repeat(20)}`);
  await expect(ann.message('A_word').getByText('Read')).toBeAttached();
  await fits(ben.page);
  await ben.page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(ben.conversations).toBeVisible();
  await ann.send(ben, 'Are you there?');
  await expect(rowOf(ben, ann)).toContainText('1 unread');
  await fits(ben.page);
  await ben.open(ann);
  await expect(ann.message('Are you there?').getByText('Read')).toBeAttached();

  await ben.page.goBack();
  await expect(ben.conversations).toBeVisible();
  await ben.page.getByRole('button', { name: 'Settings' }).click();
  await ben.page.getByRole('link', { name: /^Appearance/ }).click();
  await expect(ben.page.getByLabel('Theme')).toBeVisible();
  await fits(ben.page);
});

test('of two thousand messages one is found by its word, what is before it is read, and the way back', async ({
  browser,
  relay,
  watch,
}) => {
  const context = await browser.newContext({ baseURL: relay.url });
  await seed(context, relay.url, 1, 2_000);
  const page = await context.newPage();
  watch(page);
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().click();
  const rows = page.getByRole('list', { name: /^Messages with/ }).locator('[data-key]');
  await expect(rows.last()).toBeInViewport();
  const newest = await rows.last().textContent();
  expect(await rows.count()).toBeLessThan(500);

  await page.keyboard.press('Control+f');
  await page.keyboard.type('needle');
  // While it is typed, what begins like it is found in many places.
  await expect(page.locator('mark')).toHaveText(['needle']);
  await expect(page.locator('mark')).toBeInViewport();
  await page.keyboard.press('Escape');
  for (let times = 0; times < 3; times++) {
    const first = await rows.first().getAttribute('data-key');
    await rows.first().scrollIntoViewIfNeeded();
    await expect(rows.first()).not.toHaveAttribute('data-key', first ?? '');
  }

  await page.getByRole('button', { name: /Go to the newest message$/ }).click();
  await expect(rows.last()).toHaveText(newest ?? '');
  await expect(rows.last()).toBeInViewport();
});

/** A part of a page in which no code is. */
const CORNER = { x: 0, y: 0, width: 60, height: 60 };

const rowOf = (who: Person, other: Other) =>
  who.page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('link', { name: other.name });

async function arrange(who: Person, other: Other, item: string): Promise<void> {
  await rowOf(who, other).click({ button: 'right' });
  await who.page.getByRole('menuitem', { name: item }).click();
  await expect(who.page.getByRole('menu')).toHaveCount(0);
}

/** Turns round what others are told. */
async function tells(who: Person, names: string[]): Promise<void> {
  await who.page.goto('/#/settings/privacy');
  for (const name of names) {
    const toggle = who.page.getByRole('switch', { name });
    const before = await toggle.isChecked();
    await toggle.click();
    await expect(toggle).toBeChecked({ checked: !before });
  }
}

async function fits(page: Person['page']): Promise<void> {
  const { width } = NARROW;
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(width);
}
