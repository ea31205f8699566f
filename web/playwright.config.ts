import { defineConfig } from '@playwright/test';
import { headless, LAUNCH } from './e2e/support/chromium';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'target/e2e',
  reporter: [['list']],
  // For two cores: each waits for its relay or a timer a third of its time.
  workers: 3,
  fullyParallel: false,
  // What is waited for comes when it comes; these end what never does.
  timeout: 600_000,
  // A browser that dies at its start is no fault of the program; a test that needed this is named flaky.
  retries: 1,
  expect: { timeout: 120_000 },
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // To record each test takes a third of all that this machine does.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: { ...LAUNCH, executablePath: headless() },
  },
});
