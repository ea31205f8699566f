import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { build, preview } from 'vite';
import config from '../../vite.config.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface HeaderRule {
  path: string;
  headers: Record<string, string>;
}

/** The headers that every server of this client sends, the CSP among them. */
function served(): Record<string, string> {
  const rules = JSON.parse(readFileSync(at('../infra/web-headers.json'), 'utf8')) as HeaderRule[];
  const all = rules.find((it) => it.path === '/*');
  if (all === undefined) {
    throw new Error('infra/web-headers.json says nothing of all paths');
  }
  return all.headers;
}

/** The screens, and the parts of them that are tested alone. */
const PAGES = ['dev.html', 'e2e/conversation/page.html'];

/**
 * The screens with believable data and no relay: `dev.html`, built as the client is, and served
 * under the same headers.
 */
export const test = base.extend<object, { screens: string }>({
  screens: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it.
    async ({}, use) => {
      const { plugins: _release, test: _vitest, ...shared } = config;
      mkdirSync(at('target'), { recursive: true });
      // Of its own: another run at the same time builds, too.
      const outDir = mkdtempSync(at('target/page-'));
      const own = {
        ...shared,
        configFile: false as const,
        root: at(''),
        logLevel: 'error' as const,
        build: { ...shared.build, outDir, rollupOptions: { input: PAGES.map(at) } },
      };
      await build(own);
      const server = await preview({
        ...own,
        preview: { port: 0, host: '127.0.0.1', headers: served() },
      });
      const address = server.httpServer.address();
      if (address === null || typeof address !== 'object') {
        throw new Error('The page server has no port');
      }
      await use(`http://127.0.0.1:${address.port}/dev.html`);
      await server.close();
      rmSync(outDir, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

export const expect = base.expect;
