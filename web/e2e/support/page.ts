import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { createServer } from 'vite';

/** The screens with believable data and no relay, from the sources: `dev.html`. */
export const test = base.extend<object, { screens: string }>({
  screens: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it.
    async ({}, use) => {
      const server = await createServer({
        root: fileURLToPath(new URL('../../', import.meta.url)),
        server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
        logLevel: 'error',
      });
      await server.listen();
      const address = server.httpServer?.address();
      if (address === null || typeof address !== 'object') {
        throw new Error('The page server has no port');
      }
      await use(`http://127.0.0.1:${address.port}/dev.html`);
      await server.close();
    },
    { scope: 'worker' },
  ],
});

export const expect = base.expect;
