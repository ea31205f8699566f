import { defineConfig } from '@playwright/test';
import { chromium } from '../e2e/support/chromium';

/** `npx playwright test -c bench/scroll.config.ts` prints the table of the list. */
export default defineConfig({
  testDir: '.',
  testMatch: 'scroll.bench.ts',
  outputDir: '../target/bench',
  reporter: [['list']],
  workers: 1,
  timeout: 600_000,
  use: { launchOptions: { executablePath: chromium(), args: ['--no-sandbox'] } },
});
