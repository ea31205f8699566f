import { acquainted } from './support/people';
import { expect, test } from './support/relay';

test('an account moves to another browser by its file, and nobody is told of a new identity', async ({
  browser,
  relay,
  watch,
}) => {
  const [ann, ben] = await acquainted(browser, relay.url, watch);
  await ann.send(ben, 'Before the move');
  await expect(ben.message('Before the move')).toHaveCount(1);
  await ann.page.goto('/#/settings/data');
  await ann.page.getByLabel('Passphrase for the file', { exact: true }).fill('nine calm herons');
  await ann.page.getByLabel('The same again', { exact: true }).fill('nine calm herons');
  const download = ann.page.waitForEvent('download');
  await ann.page.getByRole('button', { name: 'Save account file' }).click();
  const file = await (await download).path();
  await ann.page.goto('about:blank');

  const there = await ann.elsewhere(browser, relay.url, watch);
  await there.signIn();
  await there.page.locator('input[type=file]').setInputFiles(file);
  await there.page.getByLabel('Its passphrase', { exact: true }).fill('nine wild herons');
  await there.page.getByRole('button', { name: 'Bring it here' }).click();
  await expect(there.page.getByRole('alert')).toBeVisible();
  await there.page.getByLabel('Its passphrase', { exact: true }).fill('nine calm herons');
  await there.page.getByRole('button', { name: 'Bring it here' }).click();

  await there.open(ben);
  await expect(there.message('Before the move')).toHaveCount(1);
  await there.send(ben, 'After the move');
  await expect(ben.message('After the move')).toHaveCount(1);
  await expect(ben.page.getByText('has a new identity')).toHaveCount(0);
  await ben.send(there, 'Welcome');
  await expect(there.message('Welcome')).toHaveCount(1);
});
