import type { Locator } from '@playwright/test';
import { type Person, registered } from './support/people';
import { expect, test } from './support/relay';
import { Terminal } from './support/terminal';

/** Of both together; `MESSAGES=200` is the whole. */
const MESSAGES = Number(process.env.MESSAGES ?? 24);
/** After so many of their own, each is killed. */
const A_LIFE = 8;

test('a browser and a terminal talk, killed again and again: none lost, none twice', async ({
  browser,
  relay,
  watch,
}) => {
  test.setTimeout(60_000 + MESSAGES * 30_000);
  const terminal = new Terminal('Tom', relay.url);
  try {
    await terminal.register();
    const ann = await registered(browser, relay.url, 'Ann', watch);
    await terminal.command('contacts', 'add', ann.email);
    await ann.add(terminal);
    await terminal.chat(ann.email);

    // Told before all others, so that it is the conversation's first.
    const sent = ['Ann begins.'];
    await ann.send(terminal, 'Ann begins.');
    await terminal.has('Ann begins.');
    for (let i = 0; i < MESSAGES / 2; i++) {
      const fromAnn = `Ann says ${i}.`;
      const fromTom = `Tom says ${i}.`;
      sent.push(fromAnn, fromTom);
      await ann.composerFor(terminal).fill(fromAnn);
      await ann.composerFor(terminal).press('Enter');
      terminal.say(fromTom);
      if (i % A_LIFE === A_LIFE / 2) {
        // What she pressed Enter for is kept before it is shown.
        await expect(ann.message(fromAnn)).toHaveCount(1);
        await crashed(ann);
        await ann.open(terminal);
      }
      if (i % A_LIFE === A_LIFE - 1) {
        await terminal.kill();
        await terminal.chat(ann.email);
        // A line that was read and not kept is the pipe's loss: who typed it sees that, and types again.
        if (!terminal.isShown(fromTom)) {
          terminal.say(fromTom);
        }
      }
    }

    for (const text of sent) {
      await terminal.has(text);
    }
    await expect(ann.message(sent.at(-1) ?? '')).toHaveCount(1);
    await expect
      .poll(async () => occurrences(await shown(ann, 'Ann begins.'), sent))
      .toEqual(sent.map((text) => [text, 1]));
    const inbox = await terminal.command('chat', ann.email, '--history=1000');
    expect(occurrences(inbox, sent)).toEqual(sent.map((text) => [text, 1]));
  } finally {
    await terminal.end();
  }
});

/** The tab's process is gone, and with it the worker that led. */
async function crashed(person: Person): Promise<void> {
  const former = person.page;
  person.page = await person.context.newPage();
  const session = await person.context.newCDPSession(former);
  await Promise.race([session.send('Page.crash').catch(() => {}), former.waitForEvent('crash')]);
  await former.close().catch(() => {});
  await person.page.goto('/');
}

/** All that the conversation has, from its newest message to one with the text of the first. */
async function shown(person: Person, first: string): Promise<string> {
  const list = person.page.getByRole('list', { name: /^Messages with/ });
  const toEnd = person.page.getByRole('button', { name: /Go to the newest message$/ });
  const texts = new Map<string, string>();
  if (await toEnd.isVisible()) {
    await toEnd.click();
    await expect(toEnd).toBeHidden();
  }
  for (;;) {
    const rows = await rowsOf(list);
    for (const [key, text] of rows) {
      texts.set(key, text);
    }
    if ([...texts.values()].some((text) => text.includes(first))) {
      return [...texts.values()].join('\n');
    }
    await list.getByRole('listitem').first().scrollIntoViewIfNeeded();
    await expect.poll(async () => (await rowsOf(list))[0]?.[0]).not.toBe(rows[0]?.[0]);
  }
}

function rowsOf(list: Locator): Promise<[key: string, text: string][]> {
  return list.evaluate((all) =>
    [...all.querySelectorAll<HTMLElement>('[data-key]')].map((row): [string, string] => [
      row.dataset.key ?? '',
      row.textContent ?? '',
    ]),
  );
}

function occurrences(text: string, of: string[]): [string, number][] {
  return of.map((it) => [it, text.split(it).length - 1]);
}
