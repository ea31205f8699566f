import { acquainted, registered } from './support/people';
import { expect, test } from './support/relay';
import { Terminal } from './support/terminal';

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

  // Where the identity is, the same file adds what isn't there any more.
  await there.message('Before the move').click({ button: 'right' });
  await there.page.getByRole('menuitem', { name: 'Delete here' }).click();
  await there.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(there.message('Before the move')).toHaveCount(0);
  await there.page.goto('/#/settings/data');
  await there.page.getByLabel('Account file: ').setInputFiles(file);
  await there.page.getByLabel('Its passphrase', { exact: true }).fill('nine calm herons');
  await there.page.getByRole('button', { name: 'Bring it here' }).click();
  await expect(there.page.getByText('1 message added.')).toBeVisible();
  await there.page.goto('/#/');
  await there.open(ben);
  await expect(there.message('Before the move')).toHaveCount(1);
  await expect(there.message('After the move')).toHaveCount(1);
});

test('a conversation goes by its Markdown to a terminal, and comes back from there', async ({
  browser,
  relay,
  watch,
}) => {
  const tom = new Terminal('Tom', relay.url);
  try {
    await tom.register();
    const ann = await registered(browser, relay.url, 'Ann', watch);
    await tom.command('contacts', 'add', ann.email);
    await ann.add(tom);
    for (const text of ['# No heading', 'سلام\nand *more*']) {
      await ann.send(tom, text);
    }
    const contact = ann.page.getByRole('button', { name: new RegExp(`^${tom.name}.*contact$`) });
    const sheet = ann.page.getByRole('dialog');
    await contact.click();
    const download = ann.page.waitForEvent('download');
    await sheet.getByRole('button', { name: 'Export as Markdown' }).click();
    const taken = await tom.command('import', await (await download).path(), '--json');
    expect(JSON.parse(taken)).toMatchObject({ added: 2, unverified: 0, refused: [] });
    await sheet.getByRole('button', { name: 'Delete conversation' }).click();
    await sheet.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(ann.message('No heading')).toHaveCount(0);

    const exported = await tom.command('export', ann.email);
    await ann.page.goto('/#/settings/data');
    const file = { name: 'from-tom.md', mimeType: 'text/markdown', buffer: Buffer.from(exported) };
    await ann.page.getByLabel(/^Markdown file/).setInputFiles(file);
    await ann.page.getByRole('button', { name: 'Bring it in' }).click();
    await expect(ann.page.getByText('2 messages added.')).toBeVisible();
    await ann.page.goto('/#/');
    await ann.open(tom);
    await expect(ann.message('# No heading')).toContainText('From an imported file');
    await expect(ann.message('and *more*')).toHaveCount(1);
  } finally {
    await tom.end();
  }
});
