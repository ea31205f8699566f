import type { Route } from '@playwright/test';
import { acquainted, Person } from './support/people';
import { expect, test } from './support/relay';

const HOUR = 3_600_000;

test('a passphrase locks what is stored, and only it opens that again', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.send(ben, 'Before the lock');
  await ann.setPassphrase('seven quiet otters');
  await ann.page.getByRole('button', { name: 'Lock now' }).click();

  await expect(ann.page.getByRole('heading', { name: 'Unlock QuantChat' })).toBeVisible();
  await expect(ann.page.getByText('Before the lock')).toHaveCount(0);
  await ann.page.reload();
  await ann.unlock('eight loud otters');
  await expect(ann.page.getByText('This is not the passphrase')).toBeVisible();
  await ann.unlock('seven quiet otters');

  await ann.page.goto('/#/');
  await ann.open(ben);
  await expect(ann.message('Before the lock')).toHaveCount(1);
});

test('another identity stops what is sent until it is accepted', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.send(ben, 'To the Ben I know');
  await expect(ben.message('To the Ben I know')).toHaveCount(1);
  await ben.context.close();
  const anew = await ben.elsewhere(browser, relay.url, watch);
  await anew.signIn();
  await anew.beginAnew();

  await ann.composerFor(ben).fill('To whom now?');
  await ann.composerFor(ben).press('Enter');
  await expect(ann.page.getByText('has a new identity')).toBeVisible();
  await expect(ann.message('To whom now?')).toHaveCount(1);
  await ann.page.getByRole('button', { name: 'Compare and accept' }).click();
  await ann.page.getByRole('button', { name: 'Accept without comparing' }).click();
  await ann.page.keyboard.press('Escape');

  await expect(ann.page.getByText('has a new identity')).toBeHidden();
  await anew.conversations.getByText(ann.name).first().click();
  await expect(anew.message('To whom now?')).toHaveCount(1);
});

test('a message that was altered on its way is refused, said, and heals when it comes whole', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ben.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await ben.context.setOffline(true);
  // A socket that is open stays so offline: without it, what waits is fetched.
  await ben.page.reload();
  await ben.open(ann);
  await ann.send(ben, 'Whole');
  await expect(ann.message('Whole').getByText('Sent')).toBeAttached();
  await ben.context.route('**/relay/pending**', altered);
  await ben.context.setOffline(false);

  await expect(ben.page.getByText('refused and not shown')).toBeVisible();
  await expect(ben.message('Whole')).toHaveCount(0);
  await ben.page.goto('/#/settings/refused');
  const settings = ben.page.getByRole('region', { name: 'Settings' });
  const refused = settings.getByRole('listitem').filter({ hasText: ann.name });
  await expect(refused).toContainText('Its signature doesn’t fit');
  await expect(refused).toContainText('BAD_SIGNATURE');
  // It was said when it was refused, and isn't again at each start.
  await ben.page.reload();
  await expect(refused).toContainText('BAD_SIGNATURE');
  await expect(ben.page.getByText('A message was refused')).toHaveCount(0);
  await ben.page.goto('/#/');

  await ben.context.unrouteAll({ behavior: 'wait' });
  await ben.page.reload();
  await ben.open(ann);
  await expect(ben.message('Whole')).toHaveCount(1);
  await ben.page.goto('/#/settings/refused');
  await expect(ben.page.getByText('Nothing was refused')).toBeVisible();
});

/** One character of what is encrypted is another. */
async function altered(route: Route): Promise<void> {
  const answer = await route.fetch();
  const body = await answer.text();
  await route.fulfill({
    response: answer,
    body: body.replaceAll(/("encrypted_content":\s*"[^"]{100})(.)/g, (_all, before, letter) =>
      before.concat(letter === 'A' ? 'B' : 'A'),
    ),
  });
}

test('answers that are none lose nothing', { tag: '@smoke' }, async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const bad = [
    { status: 502, body: '<html>Bad gateway</html>', contentType: 'text/html' },
    { status: 200, body: 'Please sign in to the Wi-Fi', contentType: 'text/html' },
    { status: 500, body: '{"message": "Internal server error"}', contentType: 'application/json' },
    { status: 200, body: '[', contentType: 'application/json' },
    { status: 429, body: '{"detail": "Later"}', headers: { 'retry-after': '1' } },
  ];
  let given = 0;
  await ann.context.route('**/api/v1/**', async (route) => {
    const answer = bad[given++];
    await (answer ? route.fulfill(answer) : route.continue());
  });
  // Without the socket, everything goes by REST.
  await ann.page.reload();
  await ann.open(ben);
  await ann.send(ben, 'Through all that');

  await expect(ben.message('Through all that')).toHaveCount(1);
  expect(given).toBeGreaterThan(bad.length);
});

test('a clock that is an hour off is said, and said no more once it is right', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann] = await acquainted(browser, relay.url, watch);
  await ann.context.route('**/api/v1/**', async (route) => {
    const answer = await route.fetch();
    const date = new Date(Date.now() - HOUR).toUTCString();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), date } });
  });
  await ann.page.reload();
  await expect(ann.page.getByText(/clock/i).first()).toBeVisible();

  await ann.context.unrouteAll({ behavior: 'wait' });
  await ann.page.reload();
  await expect(ann.conversations).toBeVisible();
  await expect(ann.page.getByText(/clock/i)).toHaveCount(0);
});

test('what somebody writes is text and nothing else', async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const odd = [
    '<img src=x onerror="document.title=1"><script>document.title=2</script>',
    '‮evil‬ \u{202E}txt.exe',
    `Z${'\u0335\u0321\u0322'.repeat(60)}algo`,
    'javascript:alert(1) data:text/html,x https://example.org/?q=<b>',
    'سلام، حال شما چطور است؟',
  ];
  for (const text of odd) {
    await ann.send(ben, text);
    await expect(ben.message(text)).toHaveCount(1);
  }
  const hrefs = await ben.page
    .getByRole('list', { name: /^Messages with/ })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(hrefs.every((href) => href?.startsWith('https://example.org/'))).toBe(true);
  expect(await ben.page.title()).not.toMatch(/[12]$/);
});

test('what the engine can’t load says so, and is loaded when that is asked for again', async ({
  browser,
  relay,
  watch,
}) => {
  const context = await browser.newContext({ baseURL: relay.url, serviceWorkers: 'block' });
  context.on('page', watch);
  const part = '**/assets/seldomCalls-*.js';
  await context.route(part, (route) => route.abort());
  const ann = new Person('Ann', context, await context.newPage());
  await ann.page.goto('/');
  await ann.register();
  await ann.page.goto('/#/settings/sessions');
  await expect(ann.page.getByText('A part of this program can’t be loaded now.')).toBeVisible();

  await context.unroute(part);
  await ann.page.getByRole('button', { name: 'Try again' }).click();
  await expect(ann.page.getByText('(this one)')).toBeVisible();
});
