import { acquainted, Person, registered } from './support/people';
import { expect, test } from './support/relay';

const NEXT = 'another horse in the battery';

/** What was said in a corner; it is read out in a live region, too. */
const noted = (person: Person, text: string | RegExp) =>
  person.page.getByRole('region', { name: 'Notes' }).getByText(text);

async function enterCode({ page }: Person, code: string): Promise<void> {
  const form = page.locator('form').filter({ has: page.getByLabel('Code from the mail') });
  await form.getByLabel('Code from the mail').fill(code);
  await form.getByRole('button', { name: 'Verify' }).click();
}

test('an address that is taken is refused, and pressing twice makes one account', async ({
  browser,
  relay,
  watch,
}) => {
  const ann = await registered(browser, relay.url, 'Ann', watch);
  const ben = await Person.at(browser, relay.url, 'Ben', watch);
  let asked = 0;
  ben.page.on('request', (request) => {
    asked += Number(request.url().endsWith('/auth/register'));
  });
  await ben.page.getByRole('link', { name: 'Create an account' }).click();
  await ben.page.getByLabel('Full name').fill(ben.name);
  await ben.page.getByLabel('Username').fill('ben');
  await ben.page.getByLabel('Email').fill(ann.email);
  await ben.page.getByLabel('Password', { exact: true }).fill('short');
  await ben.page.getByRole('button', { name: 'Create account' }).click();
  await expect(ben.page.getByText('Choose a password of at least')).toBeVisible();
  expect(asked).toBe(0);

  await ben.page.getByLabel('Password', { exact: true }).fill(ben.password);
  await ben.page.getByRole('button', { name: 'Create account' }).click();
  await expect(ben.page.getByRole('alert')).toContainText('There is already an account');
  await ben.page.getByLabel('Email').fill(ben.email);
  await ben.page.getByRole('button', { name: 'Create account' }).dblclick();

  await expect(ben.conversations).toBeVisible();
  expect(asked).toBe(2);
});

test('who signs out finds what they left; who comes after sees nothing of it', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.send(ben, 'To be kept');
  await expect(noted(ann, /has added you/)).toBeVisible();
  await ann.signOut(false);
  // At once, and not when its time is over.
  expect(await ann.page.getByText(/has added you/).count()).toBe(0);
  await ben.send(ann, 'While you were out');

  const cyd = new Person('Cyd', ann.context, ann.page);
  await cyd.register();
  expect(await cyd.page.getByText(ben.name).count()).toBe(0);
  await cyd.signOut(true);

  await ann.signIn();
  await ann.page.goto('/#/');
  await ann.open(ben);
  await expect(ann.message('To be kept')).toHaveCount(1);
  await expect(ann.message('While you were out')).toHaveCount(1);
});

test('an address is verified, and changed, by the codes of mails', async ({
  browser,
  relay,
  watch,
}) => {
  const ann = await registered(browser, relay.url, 'Ann', watch);
  await ann.page.goto('/#/settings/account');
  await enterCode(ann, 'AAAAA-AAAAA');
  await expect(ann.page.getByRole('alert')).toContainText('The link or the code is wrong');
  const code = await relay.code(ann.email, /Confirm/);
  await enterCode(ann, ` ${code.toLowerCase().replace('-', ' ')} `);
  await expect(noted(ann, 'Your address is verified.')).toBeVisible();
  await expect(ann.page.getByLabel('Code from the mail')).toHaveCount(0);

  const next = `next-${ann.email}`;
  await ann.page.getByLabel('New address').fill(next);
  const password = ann.page.getByRole('textbox', { name: 'Your password' });
  await password.fill('not the password');
  await ann.page.getByRole('button', { name: 'Change address' }).click();
  await expect(ann.page.getByRole('alert')).toContainText('The password is wrong');
  await password.fill(ann.password);
  await ann.page.getByRole('button', { name: 'Change address' }).click();
  await enterCode(ann, await relay.code(next, /./));

  await expect(ann.page.getByText(`Your address is ${next}`)).toBeVisible();
  await expect(ann.page.getByLabel('Code from the mail')).toHaveCount(0);
});

test('a password that was forgotten is replaced by a code, and other sessions ask for the new one', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.page.goto('/#/settings/account');
  await enterCode(ann, await relay.code(ann.email, /Confirm/));
  await expect(noted(ann, 'Your address is verified.')).toBeVisible();
  const { page } = await ann.elsewhere(browser, relay.url, watch);
  await page.goto('/#/forgot');
  await page.getByLabel('Email').fill(ann.email);
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByLabel('Code').fill('AAAAA-AAAAA');
  await page.getByLabel('New password', { exact: true }).fill(NEXT);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('alert')).toContainText('The link or the code is wrong');
  await page.getByLabel('Code').fill(await relay.code(ann.email, /password/i));
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(ann.email);
  await page.getByLabel('Password', { exact: true }).fill(ann.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('password is wrong');

  await ann.page.goto('/#/');
  await ann.open(ben);
  await expect(ann.conversations.getByText('Your session has ended.')).toBeVisible();
  await ann.send(ben, 'Written meanwhile');
  await ann.page.getByRole('button', { name: 'Enter password' }).click();
  const dialog = ann.page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(ann.password);
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Password', { exact: true }).fill(NEXT);
  await dialog.getByRole('button', { name: 'Go on' }).click();

  await expect(dialog).toBeHidden();
  await expect(ben.message('Written meanwhile')).toHaveCount(1);
});

test('a session that is ended elsewhere is asked for the password', async ({
  browser,
  relay,
  watch,
}) => {
  const ann = await registered(browser, relay.url, 'Ann', watch);
  const elsewhere = await ann.elsewhere(browser, relay.url, watch);
  await elsewhere.signIn();
  await elsewhere.beginAnew();

  await ann.page.goto('/#/settings/sessions');
  await ann.page.getByRole('button', { name: /^End the session/ }).click();
  await expect(ann.page.getByRole('button', { name: /^End the session/ })).toHaveCount(0);

  await expect(elsewhere.conversations.getByText('Your session has ended.')).toBeVisible();
});

test('settings and names are the same in every tab at once', async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const first = ann.page;
  ann.page = await ann.context.newPage();
  await ann.page.goto('/');
  await ann.open(ben);
  await first.goto('/#/settings/appearance');
  await first.getByLabel('Theme').selectOption('dark');
  await first.getByLabel('Text size').selectOption('130');
  await first.getByRole('switch', { name: 'Enter sends' }).click();
  await expect(first.getByText('Ctrl and Enter send')).toBeVisible();

  await expect(ann.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(ann.page.locator('html')).toHaveAttribute('style', /--text-scale: 1\.3/);
  await ann.composerFor(ben).fill('Two');
  await ann.composerFor(ben).press('Enter');
  await ann.page.keyboard.type('lines');
  await expect(ann.composerFor(ben)).toHaveValue('Two\nlines');
  await ann.page.keyboard.press('Control+Enter');
  await expect(ben.message('lines')).toHaveCount(1);

  await first.goto('/#/settings/account');
  await first.getByLabel('Full name').fill('Ann Renamed');
  await first.getByRole('button', { name: 'Save names' }).click();
  await ann.page.goto('/#/settings/account');
  await expect(ann.page.getByLabel('Full name')).toHaveValue('Ann Renamed');
});

test('a lock locks every tab, says no fault, and loses no draft', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const first = ann.page;
  await ann.setPassphrase('seven quiet otters');
  ann.page = await ann.context.newPage();
  await ann.page.goto('/');
  // Another tab has it open already: the passphrase isn't asked for again.
  await ann.open(ben);
  await ann.composerFor(ben).fill('Half a thou');
  // Stored, as the other tab's list shows.
  await expect(first.getByText('Half a thou')).toBeVisible();
  await first.getByRole('button', { name: 'Lock now' }).click();
  await expect(ann.page.getByRole('heading', { name: 'Unlock QuantChat' })).toBeVisible();
  await expect(first.getByRole('heading', { name: 'Unlock QuantChat' })).toBeVisible();
  expect(await ann.page.getByText(ben.name).count()).toBe(0);
  await ben.send(ann, 'While it was locked');

  await ann.unlock('eight loud otters');
  await expect(ann.page.getByText('This is not the passphrase.')).toBeVisible();
  await expect(noted(ann, /closed or deleted/)).toHaveCount(0);
  await ann.unlock('seven quiet otters');

  await expect(ann.composerFor(ben)).toHaveValue('Half a thou');
  await expect(ann.message('While it was locked')).toHaveCount(1);
  await expect(first.getByRole('navigation', { name: 'Conversations' })).toBeVisible();
});

test('a lock closes by itself when nobody has used the program for the time that was set', async ({
  browser,
  relay,
  watch,
}) => {
  test.skip(process.env.QUANTCHAT_SLOW === undefined, 'It waits for minutes: QUANTCHAT_SLOW=1.');
  const ann = await registered(browser, relay.url, 'Ann', watch);
  await ann.setPassphrase('seven quiet otters');
  const wait = ann.page.getByLabel('Lock by itself');
  const minutes = await wait
    .getByRole('option')
    .evaluateAll((all) => all.map((it) => Number((it as HTMLOptionElement).value)));
  await wait.selectOption(String(Math.min(...minutes.filter((it) => it > 0))));
  await expect(ann.page.getByRole('heading', { name: 'Unlock QuantChat' })).toBeVisible({
    timeout: 400_000,
  });
  await ann.unlock('seven quiet otters');
  await expect(ann.conversations).toBeVisible();
});

test('an account is deleted with the password and a word, here and in other tabs', async ({
  browser,
  relay,
  watch,
}) => {
  const ann = await registered(browser, relay.url, 'Ann', watch);
  const other = await ann.context.newPage();
  await other.goto('/');
  await ann.page.goto('/#/settings/leave');
  await ann.page.getByRole('button', { name: 'Delete account…' }).click();
  const dialog = ann.page.getByRole('dialog');
  const finish = dialog.getByRole('button', { name: 'Delete for ever' });
  await dialog.getByLabel('Password', { exact: true }).fill('not the password');
  await finish.click();
  await expect(dialog.getByRole('alert')).toContainText('to confirm');
  await dialog.getByLabel(/^Type/).fill('delete');
  await finish.click();
  await expect(dialog.getByRole('alert')).toContainText('The password is wrong');
  await dialog.getByLabel('Password', { exact: true }).fill(ann.password);
  await finish.click();

  for (const page of [ann.page, other]) {
    await expect(page.getByText('Your account is deleted.')).toBeVisible();
  }
  await ann.page.reload();
  await expect(ann.page.getByLabel('Email')).toHaveValue('');
  await ann.signIn();
  await expect(ann.page.getByRole('alert')).toContainText('password is wrong');
});
