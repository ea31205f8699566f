import { defineConfig } from '@playwright/test';
import { chromium } from '../e2e/support/chromium';

/** `npx playwright test -c bench/store.config.ts` prints the table of the store. */
export default defineConfig({
  testDir: '.',
  testMatch: 'store.bench.ts',
  outputDir: '../target/bench',
  reporter: [['list']],
  workers: 1,
  timeout: 900_000,
  use: { launchOptions: { executablePath: chromium(), args: ['--no-sandbox'] } },
});
