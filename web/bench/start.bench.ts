import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { scriptsOf } from '../e2e/store/served';
import { chromium as executable } from '../e2e/support/chromium';
import { test } from '../e2e/support/relay';
import { median, SETTLED, seed } from './product/seeding';

const PEOPLE = 100;
const ROUNDS = Number(process.env.QUANTCHAT_BENCH_ROUNDS ?? 7);
/** Milliseconds on a quiet machine of two cores. */
const GOALS = { cold: 500, warm: 250 };

const folder = mkdtempSync(join(tmpdir(), 'quantchat-start-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function launch(profile: string, serviceWorkers: 'allow' | 'block'): Promise<BrowserContext> {
  return chromium.launchPersistentContext(join(folder, profile), {
    executablePath: executable(),
    args: ['--no-sandbox'],
    serviceWorkers,
  });
}

/** Is done when the list can be used: milliseconds from the navigation on. */
const LIST_SHOWN = `new Promise((resolve) => {
  const look = (list) => list.getEntriesByName('quantchat:list').forEach((it) => resolve(it.startTime));
  new PerformanceObserver(look).observe({ type: 'mark', buffered: true });
})`;

/**
 * Milliseconds from the navigation on until the list can be used. Playwright's own ways of waiting would have the page
 * compile 330 kB of theirs meanwhile.
 */
async function listShown(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  const { result } = await devtools.send('Runtime.evaluate', {
    expression: LIST_SHOWN,
    awaitPromise: true,
  });
  await devtools.detach();
  return Number(result.value);
}

/** What has to be loaded and compiled again. */
function forgetFiles(profile: string): void {
  for (const kept of ['Cache', 'Code Cache', 'GPUCache']) {
    rmSync(join(folder, profile, 'Default', kept), { recursive: true, force: true });
  }
}

async function serveEmpty(): Promise<{ server: Server; url: string }> {
  const scripts = await scriptsOf(new URL('./product/emptyPage.tsx', import.meta.url));
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? '<!doctype html><body><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}/` };
}

interface Start {
  name: string;
  profile: string;
  url: string;
  serviceWorkers: 'allow' | 'block';
  keepsFiles: boolean;
}

test('how soon a list of 100 conversations is there', async ({ relay }) => {
  const seeding = await launch('kept', 'block');
  await seed(seeding, relay.url, PEOPLE, PEOPLE * 20);
  await seeding.close();
  cpSync(join(folder, 'kept'), join(folder, 'bare'), { recursive: true });
  const empty = await serveEmpty();
  const base = { serviceWorkers: 'block', keepsFiles: true } as const;
  const kept = {
    profile: 'kept',
    url: relay.url,
    serviceWorkers: 'allow',
    keepsFiles: true,
  } as const;
  const starts: Start[] = [
    { ...base, name: 'an empty page with Preact', profile: 'empty', url: empty.url },
    { ...kept, name: 'kept by the service worker' },
    { ...kept, name: 'nothing kept', profile: 'bare', serviceWorkers: 'block', keepsFiles: false },
  ];
  await keepOffline(kept.profile, relay.url);
  const taken = new Map(
    starts.map(({ name }) => [name, { cold: [] as number[], warm: [] as number[] }]),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, profile, url, serviceWorkers, keepsFiles } of starts) {
      if (!keepsFiles) {
        forgetFiles(profile);
      }
      const context = await launch(profile, serviceWorkers);
      const page = await context.newPage();
      await page.goto(url);
      taken.get(name)?.cold.push(await listShown(page));
      // Nobody loads it again while it is still at what it does once it is there.
      await page.waitForTimeout(SETTLED);
      await page.reload();
      taken.get(name)?.warm.push(await listShown(page));
      await context.close();
    }
  }
  empty.server.close();
  print(taken);
});

/** Leaves the profile as somebody has it who was here before: with the service worker's copies. */
async function keepOffline(profile: string, url: string): Promise<void> {
  const context = await launch(profile, 'allow');
  const page = await context.newPage();
  await page.goto(url);
  await listShown(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await context.close();
}

function print(taken: ReadonlyMap<string, { cold: number[]; warm: number[] }>): void {
  const whole = [...taken].map(([name, { cold, warm }]) => ({
    name,
    cold: median(cold),
    warm: median(warm),
  }));
  const [empty] = whole;
  console.table(
    whole.map(({ name, cold, warm }) => ({
      '': name,
      'cold, ms': Math.round(cold),
      'of an empty page': (cold / (empty?.cold ?? 1)).toFixed(1),
      'warm, ms': Math.round(warm),
      'of an empty page, warm': (warm / (empty?.warm ?? 1)).toFixed(1),
    })),
  );
  console.info(
    `medians of ${ROUNDS}; goals on a quiet machine: ${GOALS.cold} and ${GOALS.warm} ms`,
  );
  console.info(`load of the machine: ${(loadavg()[0] ?? 0).toFixed(1)}`);
}
