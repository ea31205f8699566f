import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'vite';

/** Where pages are that nobody but the test serves; a secure context. */
export const ORIGIN = 'http://localhost:9';

const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types quantchat";

/** A script and all it imports, by their paths; `vitest` is what runs in pages. */
export async function scriptsOf(entry: URL): Promise<Map<string, string>> {
  const vitest = fileURLToPath(new URL('./vitest.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { vitest } },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: fileURLToPath(entry),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  return new Map(
    (Array.isArray(built) ? built : [built])
      .flatMap((it) => ('output' in it ? it.output : []))
      .map((it) => [`/${it.fileName}`, it.type === 'chunk' ? it.code : String(it.source)]),
  );
}

/** A tab with the script in it, under the product's CSP, once the script has run. */
export async function tabWith(
  scripts: ReadonlyMap<string, string>,
  context: BrowserContext,
): Promise<Page> {
  const opened = await context.newPage();
  await opened.route(`${ORIGIN}/**`, (route) => {
    const script = scripts.get(new URL(route.request().url()).pathname);
    return script === undefined
      ? route.fulfill({
          body: '<!doctype html><script type="module" src="/page.js"></script>',
          headers: { 'content-type': 'text/html', 'content-security-policy': CSP },
        })
      : route.fulfill({ body: script, headers: { 'content-type': 'text/javascript' } });
  });
  await opened.goto(ORIGIN);
  await opened.waitForFunction(() => 'page' in globalThis);
  return opened;
}
