import { gzipSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';
import { Person } from '../e2e/support/people';
import { expect, test } from '../e2e/support/relay';
import { Executed } from './product/executed';

/** Bytes of gzip that are all that signing in and chatting may need. */
const BUDGET = 60_000;

/** What a context has fetched of the client, API and socket apart. */
class Fetched {
  readonly #files = new Map<string, Promise<Buffer>>();

  constructor(context: BrowserContext) {
    context.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (!pathname.startsWith('/api/') && response.ok() && !this.#files.has(pathname)) {
        this.#files.set(pathname, response.body());
      }
    });
  }

  async upToNow(): Promise<Map<string, { plain: number; gzip: number }>> {
    const sizes = [...this.#files].map(async ([path, body]) => [path, sizeOf(await body)] as const);
    return new Map(await Promise.all(sizes));
  }

  async texts(): Promise<Map<string, string>> {
    const texts = [...this.#files].map(async ([path, body]) => [path, String(await body)] as const);
    return new Map(await Promise.all(texts));
  }
}

function sizeOf(body: Buffer): { plain: number; gzip: number } {
  return { plain: body.length, gzip: gzipSync(body, { level: 9 }).length };
}

test('what is fetched until two people have written to each other', async ({
  browser,
  relay,
  watch,
}) => {
  // The service worker fetches all there is, beside what is needed: it has its turn later.
  const alone = { baseURL: relay.url, serviceWorkers: 'block' } as const;
  const context = await browser.newContext(alone);
  const fetched = new Fetched(context);
  context.on('page', watch);
  const ann = new Person('Ann', context, await context.newPage());
  const executed = await Executed.of(ann.page);
  const began = executed.begin();
  await ann.page.goto('/');
  await began;
  await expect(ann.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await ann.page.waitForLoadState('networkidle');
  const stages = [{ stage: 'sign-in is shown', files: await fetched.upToNow() }];

  await ann.register();
  stages.push({ stage: 'an account is made', files: await fetched.upToNow() });

  const ben = await Person.at(browser, relay.url, 'Ben', watch);
  await ben.register();
  await ann.add(ben);
  await ben.add(ann);
  await ann.send(ben, 'Hello Ben');
  await expect(ben.message('Hello Ben')).toBeVisible();
  stages.push({ stage: 'the first message is sent', files: await fetched.upToNow() });

  await ben.send(ann, 'Hello Ann');
  await expect(ann.message('Hello Ann')).toBeVisible();
  await expect(ann.message('Hello Ben').getByText('Read')).toBeAttached();
  stages.push({ stage: 'the first one has come in', files: await fetched.upToNow() });

  // What is no script counts as it is.
  const run = await executed.sizes(await fetched.texts());
  const rows: { file: string; plain: number; gzip: number; run: number; stage: string }[] = [];
  for (const { stage, files } of stages) {
    for (const [file, size] of files) {
      if (!rows.some((row) => row.file === file)) {
        rows.push({ file, ...size, run: run.get(file) ?? size.gzip, stage });
      }
    }
  }
  console.table(rows);
  for (const { stage, files } of stages) {
    const gzip = [...files.values()].reduce((sum, it) => sum + it.gzip, 0);
    console.info(`${String(gzip).padStart(8)} bytes of gzip until ${stage}`);
  }
  console.info(`${String(BUDGET).padStart(8)} are the goal`);
  const sum = rows.reduce((all, it) => all + it.run, 0);
  console.info(`${String(sum).padStart(8)} without what V8 counts as never run until then`);
});
