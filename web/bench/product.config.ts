import { defineConfig } from '@playwright/test';
import { chromium } from '../e2e/support/chromium';

/**
 * The whole client at a relay: `npx playwright test -c bench/product.config.ts load`, `start` or
 * `many`. `QUANTCHAT_RELAY` names a relay that runs already.
 */
export default defineConfig({
  testDir: '.',
  testMatch: ['load.bench.ts', 'start.bench.ts', 'many.bench.ts'],
  outputDir: '../target/bench',
  reporter: [['list']],
  workers: 1,
  timeout: 3_600_000,
  expect: { timeout: 120_000 },
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: { executablePath: chromium(), args: ['--no-sandbox'] },
  },
});
