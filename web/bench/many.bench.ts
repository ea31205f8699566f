import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type CDPSession, chromium, type Locator, type Page } from '@playwright/test';
import { chromium as executable } from '../e2e/support/chromium';
import { Person } from '../e2e/support/people';
import { expect, test } from '../e2e/support/relay';
import { ModulePage } from '../src/crypto/checks/modulePage';
import type { ChatPage } from './product/chatPage';
import { Heaps } from './product/heap';
import { median, pageWith, SETTLED, seed } from './product/seeding';

declare const page: ChatPage;

const STORED = Number(process.env.QUANTCHAT_BENCH_STORED ?? 100_000);
/** As long as it takes to see whether memory grows, by hand: 10,000. */
const RECEIVED = Number(process.env.QUANTCHAT_BENCH_RECEIVED ?? 500);
const PEOPLE = 20;
const TURNS = 200;
const CHAT_PAGE = new URL('./product/chatPage.ts', import.meta.url);
const CRYPTO_PAGE = fileURLToPath(new URL('./cryptoPage.ts', import.meta.url));
/** Without it, Chromium has no post-quantum functions, as Firefox hasn't: noble does it all. */
const WITHOUT_NATIVE = '--disable-features=WebCryptoPQC';

/** Of all pages' processes, in MB, as Linux counts it. */
async function resident(devtools: CDPSession): Promise<number> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const kib = processInfo
    .filter((it) => it.type === 'renderer')
    .map((it) => /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${it.id}/status`, 'utf8'))?.[1])
    .map(Number);
  return kib.reduce((sum, it) => sum + it, 0) / 1024;
}

function sayLoad(): void {
  console.info(`load of the machine: ${(loadavg()[0] ?? 0).toFixed(1)}`);
}

/** Milliseconds from the click on until the conversation's newest message is painted. */
async function openingOf(client: Page, name: string): Promise<number> {
  const row = client.getByRole('navigation', { name: 'Conversations' }).getByText(name, {
    exact: true,
  });
  await row.scrollIntoViewIfNeeded();
  const opened = row.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const before = new Set(document.querySelectorAll('li[data-message]'));
        const began = performance.now();
        const look = () => {
          const isShown = [...document.querySelectorAll('li[data-message]')].some(
            (it) => !before.has(it),
          );
          if (isShown) {
            watch.disconnect();
            requestAnimationFrame(() => resolve(performance.now() - began));
          }
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { childList: true, subtree: true });
        (element as HTMLElement).click();
      }),
  );
  return opened;
}

/** Long tasks while the wheel is turned over it so many times, milliseconds each. */
async function scrolled(client: Page, over: Locator, by: number): Promise<number[]> {
  await client.evaluate(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map((it) => it.duration));
    }).observe({ type: 'longtask' });
    Object.assign(globalThis, { tasks });
  });
  await over.hover();
  for (let turn = 0; turn < TURNS; turn++) {
    await client.mouse.wheel(0, by);
    await client.waitForTimeout(30);
  }
  return client.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
}

test('many messages that are stored', async ({ relay }) => {
  const folder = mkdtempSync(join(tmpdir(), 'quantchat-many-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: executable(),
    args: ['--no-sandbox'],
    serviceWorkers: 'block',
  });
  try {
    await seed(context, relay.url, PEOPLE, STORED);
    const client = await context.newPage();
    await client.goto(relay.url);
    // Of those whose rows are in sight: who wrote last stands first.
    const names = Array.from({ length: 7 }, (_, at) => new RegExp(`^Person ${PEOPLE - 1 - at} `));
    await expect(client.getByText(/^Person 19 /).first()).toBeVisible();
    const chat = await pageWith(context, relay.url, CHAT_PAGE);
    // The list is there before the engine has done what it does at a start.
    await chat.waitForTimeout(SETTLED);
    const ways: number[] = [];
    for (let time = 0; time < 7; time++) {
      ways.push(await chat.evaluate(() => page.nothing()));
    }
    const rows: Record<string, { ms: string; 'of a call that does nothing': string }> = {};
    const row = (name: string, ms: number) => {
      rows[name] = {
        ms: ms.toFixed(1),
        'of a call that does nothing': (ms / median(ways)).toFixed(1),
      };
    };
    row('a call that does nothing', median(ways));
    for (const [name, query] of Object.entries({
      'search, the first: a common word': 'ka',
      'search, a rare phrase': '"needle in the haystack"',
      'search, two words': 'kalo miten',
      'search, what is not there': 'nowhere',
    })) {
      row(name, await chat.evaluate((it) => page.search(it), query));
    }
    await client.bringToFront();
    const openings: number[] = [];
    for (const name of names) {
      openings.push(
        await openingOf(client, (await client.getByText(name).first().textContent()) ?? ''),
      );
    }
    row('a conversation opened first, with its program', openings[0] ?? Number.NaN);
    row('opened, median of the next', median(openings.slice(1)));
    console.table(rows);
    sayScrolled(
      'the history',
      await scrolled(client, client.getByRole('list', { name: /^Messages with/ }), -600),
    );
    const plain = await context.newPage();
    await plain.setContent('<p>Meet me at the old mill at noon.</p>'.repeat(5000));
    sayScrolled('a page of as many plain lines', await scrolled(plain, plain.locator('body'), 600));
    sayLoad();
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function sayScrolled(what: string, tasks: readonly number[]): void {
  const longest = Math.max(0, ...tasks);
  console.info(
    `${TURNS} turns of the wheel through ${what}: ${tasks.length} tasks of more than 50 ms, the longest ${longest} ms`,
  );
}

/** Somebody with a client in a browser of their own, and a page that asks its engine. */
async function personIn(browser: Browser, url: string, name: string) {
  const person = await Person.at(browser, url, name, () => {});
  await person.register();
  return person;
}

/** Ann and Cem with a browser of theirs, and Ben with one of that cryptography: all know each other. */
async function threePeople(url: string, cryptography: 'native' | 'noble') {
  const [theirs, bens] = await Promise.all(
    [[], cryptography === 'noble' ? [WITHOUT_NATIVE] : []].map((args) =>
      chromium.launch({ executablePath: executable(), args: ['--no-sandbox', ...args] }),
    ),
  );
  if (!theirs || !bens) {
    throw new Error('There are no browsers.');
  }
  const ann = await personIn(theirs, url, 'Ann');
  const cem = await personIn(theirs, url, 'Cem');
  const ben = await personIn(bens, url, 'Ben');
  for (const other of [ann, cem]) {
    await other.add(ben);
    await ben.add(other);
  }
  return { ann, cem, ben, theirs, bens };
}

async function sendFrom(who: Person, url: string, to: Person, count: number): Promise<void> {
  const sends = await pageWith(who.context, url, CHAT_PAGE);
  await sends.evaluate(([name, count]) => page.send(name, count), [to.name, count] as const);
  await sends.close();
}

/** How many messages a browser opens in a second, and does nothing else. */
async function openedAlone(cryptography: 'native' | 'noble'): Promise<number> {
  const inPage = await ModulePage.open(CRYPTO_PAGE, executable());
  try {
    return await inPage.page.evaluate((it) => globalThis.quantchatOpened(it), cryptography);
  } finally {
    await inPage.close();
  }
}

test('messages that have waited', async ({ relay }) => {
  const rows: Record<string, Record<string, string>> = {};
  for (const cryptography of ['native', 'noble'] as const) {
    const { ann, cem, ben, theirs, bens } = await threePeople(relay.url, cryptography);
    await ben.page.close();
    await sendFrom(ann, relay.url, ben, 240);
    await sendFrom(cem, relay.url, ben, 40);
    // Else their browsers take in receipts, on the same processors.
    await theirs.close();
    const watches = await pageWith(ben.context, relay.url, CHAT_PAGE);
    const catching = watches.evaluate((count) => page.caughtUp(count), 280);
    ben.page = await ben.context.newPage();
    await ben.page.goto('/');
    const { first, firstAfter, allAfter } = await catching;
    await bens.close();
    const alone = (280_000 / (await openedAlone(cryptography))).toFixed(0);
    rows[cryptography] = {
      '280 caught up, ms': allAfter.toFixed(0),
      'opened alone, ms': alone,
      'of that': (allAfter / Number(alone)).toFixed(1),
      'the first readable, ms': firstAfter.toFixed(0),
      'of the newest conversation': first === cem.name ? 'yes' : 'no',
    };
  }
  console.table(rows);
  sayLoad();
});

test('memory while many messages come in', async ({ relay }) => {
  const rows: Record<string, Record<string, string>> = {};
  for (const cryptography of ['native', 'noble'] as const) {
    const { ann, ben, theirs, bens } = await threePeople(relay.url, cryptography);
    const sends = await pageWith(ann.context, relay.url, CHAT_PAGE);
    const watches = await pageWith(ben.context, relay.url, CHAT_PAGE);
    const devtools = await bens.newBrowserCDPSession();
    const heaps = await Heaps.of(ben.page);
    const count = RECEIVED / 5;
    for (let part = 1; part <= 5; part++) {
      await sends.evaluate(([name, count]) => page.send(name, count), [ben.name, count] as const);
      await watches.evaluate(([name, count]) => page.received(name, count), [
        ann.name,
        part * count,
      ] as const);
      const all = (await resident(devtools)).toFixed(0);
      const held = await heaps.inUse();
      const now = [held.page, held.worker].map((it) => (it / 1e6).toFixed(2)).join(' and ');
      rows[cryptography] = { ...rows[cryptography], [`after ${part * count}`]: `${now}, ${all}` };
      // It takes long, and may be ended before all of it is over.
      console.info(
        `${cryptography}, ${part * count} received: the page and its worker hold ${now} MB, ${all} MB are resident`,
      );
    }
    await theirs.close();
    await bens.close();
  }
  console.table(rows);
  sayLoad();
});
