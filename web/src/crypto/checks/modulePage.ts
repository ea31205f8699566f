import { createServer, type Server } from 'node:http';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';

/** A page of a server of its own, with a module in it. */
export class ModulePage {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: Server;

  private constructor(page: Page, browser: Browser, server: Server) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
  }

  /**
   * @param entry a module's path; what it puts into `globalThis` is there in the page
   * @param executablePath of a Chromium
   */
  static async open(entry: string, executablePath: string): Promise<ModulePage> {
    const code = await bundled(entry);
    const server = createServer((request, response) => {
      const isCode = request.url === '/module.js';
      response.setHeader('Content-Type', isCode ? 'text/javascript' : 'text/html');
      response.end(
        isCode ? code : '<!doctype html><script type="module" src="/module.js"></script>',
      );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const page = await browser.newPage();
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
    return new ModulePage(page, browser, server);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: resolve(entry),
        output: { codeSplitting: false, format: 'es' },
        preserveEntrySignatures: false,
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const output of outputs) {
    if ('output' in output) {
      return output.output[0].code;
    }
  }
  throw new Error(`Nothing was built of ${entry}`);
}
