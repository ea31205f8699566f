import { defineConfig } from '@playwright/test';

/** `npx playwright test -c bench/crypto.config.ts` prints the table of the envelope. */
export default defineConfig({
  testDir: '.',
  testMatch: 'crypto.bench.ts',
  outputDir: '../target/bench',
  reporter: [['list']],
  workers: 1,
  timeout: 900_000,
});
