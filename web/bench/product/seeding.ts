import type { BrowserContext, Page } from '@playwright/test';
import { scriptsOf } from '../../e2e/store/served';
import { Person } from '../../e2e/support/people';
import type { SeedPage } from './seedPage';

/** Milliseconds from the list on until nothing of the start goes on. */
export const SETTLED = 2_000;

declare const page: SeedPage;

/** Makes an account in this context, and puts so much into its store as if it had come in. */
export async function seed(
  context: BrowserContext,
  url: string,
  people: number,
  messages: number,
): Promise<void> {
  const client = await context.newPage();
  await client.goto(url);
  await new Person('Ann', context, client).register();
  await client.close();
  const seeding = await pageWith(context, url, new URL('./seedPage.ts', import.meta.url));
  await seeding.evaluate(([people, messages]) => page.fill(people, messages), [
    people,
    messages,
  ] as const);
  await seeding.close();
}

/** A page of the client's origin that has a bench's own script. */
export async function pageWith(context: BrowserContext, url: string, entry: URL): Promise<Page> {
  const scripts = await scriptsOf(entry);
  const page = await context.newPage();
  await page.route(`${url}/bench/**`, (route) => {
    const body = scripts.get(new URL(route.request().url()).pathname.replace('/bench', ''));
    return body === undefined
      ? route.fulfill({
          body: '<!doctype html><script type="module" src="/bench/page.js"></script>',
          contentType: 'text/html',
        })
      : route.fulfill({ body, contentType: 'text/javascript' });
  });
  await page.goto(`${url}/bench/`);
  await page.waitForFunction(() => 'page' in globalThis);
  return page;
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
