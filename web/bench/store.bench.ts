import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { type BrowserContext, type CDPSession, expect, type Page, test } from '@playwright/test';
import { scriptsOf, tabWith } from '../e2e/store/served';
import type { StoreBench } from './storePage';

declare const page: StoreBench;

/** How long 100,000 messages may keep a person waiting for what is searched, in ms. */
const SEARCH_BUDGET = 300;
/** The budget is for a machine that does nothing else: the bench alone keeps its two cores busy. */
const QUIET = 3;

/** Of all pages' processes, in MB, as Linux counts it. */
async function resident(browser: CDPSession | undefined): Promise<number> {
  const info = await browser?.send('SystemInfo.getProcessInfo');
  const kib = (info?.processInfo ?? [])
    .filter((it) => it.type === 'renderer')
    .map((it) => /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${it.id}/status`, 'utf8'))?.[1])
    .map(Number);
  return kib.reduce((sum, it) => sum + it, 0) / 1024;
}

/** In a tab that has done nothing else yet. */
async function memoryOfSearching(context: BrowserContext, fresh: Page): Promise<number> {
  const devtools = await context.newCDPSession(fresh);
  const browser = await context.browser()?.newBrowserCDPSession();
  await devtools.send('HeapProfiler.collectGarbage');
  const before = await resident(browser);
  await fresh.evaluate(() => page.searchAll());
  await devtools.send('HeapProfiler.collectGarbage');
  return (await resident(browser)) - before;
}

test('the store of 100,000 messages, beside plain rows of the same', async ({ context }) => {
  const scripts = await scriptsOf(new URL('./storePage.ts', import.meta.url));
  const opened = await tabWith(scripts, context);
  const rows: Record<string, { sealed: string; plain: string }> = {};
  const row = (
    name: string,
    { sealed, plain }: { sealed: number; plain?: number },
    unit: string,
  ) => {
    const text = (value: number | undefined) =>
      value === undefined ? '' : `${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
    rows[name] = { sealed: text(sealed), plain: text(plain) };
  };

  row('single strict commits', await opened.evaluate(() => page.commits(300, 1)), '/s');
  row('rows in commits of 100', await opened.evaluate(() => page.commits(60, 100)), '/s');
  row('100,000 written, with search', await opened.evaluate(() => page.fill(100_000)), 's');
  row('last 60 of 100,000', await opened.evaluate(() => page.lastPage(60)), 'ms');
  const searches = await opened.evaluate(() => page.searches());
  for (const [name, measured] of Object.entries(searches)) {
    row(`search: ${name}`, measured, 'ms');
  }
  row('one message deleted', await opened.evaluate(() => page.deletion()), 'ms');
  row('blocks made anew', await opened.evaluate(() => page.rebuild()), 's');
  await opened.close();
  const kept = await memoryOfSearching(context, await tabWith(scripts, context));
  row('memory that searching keeps', { sealed: kept }, 'MB');
  console.table(rows);
  const [load = 0] = loadavg();
  console.info(`load of the machine: ${load.toFixed(1)}`);

  for (const [name, measured] of Object.entries(load < QUIET ? searches : {})) {
    expect(measured.sealed, name).toBeLessThanOrEqual(SEARCH_BUDGET);
  }
});
