import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build, preview } from 'vite';
import config from '../vite.config';
import type { List, Scrolled } from './scrollPage';

/** How long opening a conversation of 100,000 messages may take, in ms. */
const OPENING_BUDGET = 100;
/** The budgets are for a machine that does nothing else: the bench alone keeps its two cores busy. */
const QUIET = 3;
const FRAMES = 300;

const folder = fileURLToPath(new URL('..', import.meta.url));

test('a conversation of 100,000 messages: opened, and scrolled through', async ({ page }) => {
  // The page alone: what makes a release of the client is left out.
  const { plugins: _release, test: _vitest, ...shared } = config;
  const outDir = `${folder}target/bench-scroll`;
  const own = {
    ...shared,
    configFile: false as const,
    root: folder,
    logLevel: 'error' as const,
    build: { ...shared.build, outDir, rollupOptions: { input: `${folder}bench/scroll.html` } },
  };
  await build(own);
  const server = await preview({ ...own, preview: { port: 0, host: '127.0.0.1' } });
  try {
    await page.goto(`${server.resolvedUrls?.local[0]}bench/scroll.html`);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const cpu = async (): Promise<Record<string, number>> => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    };
    const rows: Record<string, Record<string, number>> = {};
    const measured: Record<List, { opening: number; scrolled: Scrolled } | undefined> = {
      own: undefined,
      virtua: undefined,
    };
    for (const list of ['own', 'virtua'] as const) {
      const openings: number[] = [];
      for (let i = 0; i < 7; i++) {
        openings.push(await page.evaluate((it) => window.bench.open(it), list));
      }
      const opening = openings.sort((one, other) => one - other)[3] ?? Number.NaN;
      const before = await cpu();
      const scrolled = await page.evaluate((it) => window.bench.scroll(it), FRAMES);
      const after = await cpu();
      const spent = (name: string) =>
        Number(((((after[name] ?? 0) - (before[name] ?? 0)) * 1e6) / scrolled.passed).toFixed(0));
      measured[list] = { opening, scrolled };
      rows[list] = {
        'opening, median of 7 (ms)': Math.round(opening),
        'messages passed': scrolled.passed,
        'tasks > 50 ms': scrolled.longTasks.length,
        'longest (ms)': Math.max(0, ...scrolled.longTasks),
        'worst frame (ms)': Math.round(scrolled.worstFrame),
        'most rows': scrolled.rows,
        // Of the thread, whatever else the machine does.
        'script (ms of CPU for 1,000)': spent('ScriptDuration'),
        'style (ms)': spent('RecalcStyleDuration'),
        'layout (ms)': spent('LayoutDuration'),
        'all (ms)': spent('TaskDuration'),
      };
    }
    for (const name of Object.keys(rows.own ?? {})) {
      const line = ['own', 'virtua'].map((list) => String(rows[list]?.[name]).padStart(10));
      console.log(name.padEnd(32), ...line);
    }
    const load = loadavg()[0] ?? 0;
    console.log(`load average ${load.toFixed(1)}`);
    expect(measured.own?.scrolled.passed).toBeGreaterThan(500);
    expect(measured.own?.scrolled.rows).toBeLessThan(500);
    if (load < QUIET) {
      expect(measured.own?.opening).toBeLessThanOrEqual(OPENING_BUDGET);
      expect(measured.own?.scrolled.longTasks).toEqual([]);
    } else {
      console.log('The machine is busy: budgets are not held.');
    }
  } finally {
    await server.close();
  }
});
