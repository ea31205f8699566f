import type { BrowserContext } from '@playwright/test';
import { scriptsOf } from '../../e2e/store/served';
import { Person } from '../../e2e/support/people';
import type { SeedPage } from './seedPage';

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
  const scripts = await scriptsOf(new URL('./seedPage.ts', import.meta.url));
  const seeding = await context.newPage();
  await seeding.route(`${url}/seed/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const body = scripts.get(pathname.replace('/seed', ''));
    return body === undefined
      ? route.fulfill({
          body: '<!doctype html><script type="module" src="/seed/page.js"></script>',
          contentType: 'text/html',
        })
      : route.fulfill({ body, contentType: 'text/javascript' });
  });
  await seeding.goto(`${url}/seed/`);
  await seeding.waitForFunction(() => 'page' in globalThis);
  await seeding.evaluate(([people, messages]) => page.fill(people, messages), [
    people,
    messages,
  ] as const);
  await seeding.close();
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
