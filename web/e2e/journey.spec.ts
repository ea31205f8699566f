import { acquainted, registered } from './support/people';
import { expect, Relay, test } from './support/relay';

test('two people write to each other: delivered, read, typing, presence', {
  tag: '@smoke',
}, async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);

  await ann.composerFor(ben).pressSequentially('Hel');
  await expect(ben.page.getByText('typing').first()).toBeVisible();
  await ann.composerFor(ben).fill('');
  await ann.send(ben, 'Hello Ben');
  await expect(ben.message('Hello Ben')).toBeVisible();
  await expect(ann.message('Hello Ben').getByText('Read')).toBeAttached();

  await ben.send(ann, 'Hello Ann');
  await expect(ann.message('Hello Ann')).toBeVisible();
  await expect(ann.page.getByText('online').first()).toBeAttached();
});

test('what was written offline goes out by itself', async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.context.setOffline(true);
  await ann.send(ben, 'Written on a train');
  await ann.page.reload();
  await ann.open(ben);
  await expect(ann.message('Written on a train')).toHaveCount(1);

  await ann.context.setOffline(false);

  await expect(ben.message('Written on a train')).toHaveCount(1);
  await expect(ann.message('Written on a train').getByText('Read')).toBeAttached();
});

test('history, drafts and the session survive a reload', async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.send(ben, 'To be kept');
  await ann.composerFor(ben).fill('Half a thou');
  await expect(ann.conversations.getByText('Half a thou')).toBeVisible();
  await ann.page.reload();

  await ann.open(ben);
  await expect(ann.message('To be kept')).toHaveCount(1);
  await expect(ann.composerFor(ben)).toHaveValue('Half a thou');
});

test('a wrong password is said, and nothing is lost by it', async ({ browser, relay, watch }) => {
  const ann = await registered(browser, relay.url, 'Ann', watch);
  const elsewhere = await ann.elsewhere(browser, relay.url, watch);
  await elsewhere.signIn('not the password');
  await expect(elsewhere.page.getByRole('alert')).toBeVisible();

  await elsewhere.signIn();
  // The identity is in the other browser: nothing is begun anew silently.
  await expect(elsewhere.page.getByRole('heading', { name: /identity/ })).toBeVisible();
});

test('two tabs show the same, and the second goes on when the first closes', {
  tag: '@smoke',
}, async ({ browser, relay, watch }) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  const first = ann.page;
  ann.page = await ann.context.newPage();
  await ann.page.goto('/');
  await ann.open(ben);
  await ann.send(ben, 'From the second tab');
  await expect(first.getByText('From the second tab').first()).toBeVisible();
  await expect(ben.message('From the second tab')).toHaveCount(1);

  await first.close();
  await ann.send(ben, 'From the only tab');
  await expect(ben.message('From the only tab')).toHaveCount(1);
  await ben.send(ann, 'I hear you');
  await expect(ann.message('I hear you')).toHaveCount(1);
});

test('a server that is killed and back loses nothing', async ({ browser, watch }) => {
  // It may have to be built first.
  test.setTimeout(900_000);
  const relay = new Relay();
  try {
    await relay.start();
    const [ann, ben] = await acquainted(browser, relay.url, watch);
    await ann.send(ben, 'Before');
    await expect(ben.message('Before')).toHaveCount(1);
    await relay.kill();
    await ann.send(ben, 'While it was away');
    await relay.start();

    await expect(ben.message('While it was away')).toHaveCount(1);
    await ben.send(ann, 'After');
    await expect(ann.message('After')).toHaveCount(1);
  } finally {
    await relay.end();
  }
});
