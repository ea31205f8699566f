import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const compat = fileURLToPath(new URL('./node_modules/preact/compat', import.meta.url));

export default defineConfig({
  resolve: { alias: { react: compat, 'react-dom': compat } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: 'target/dist',
    emptyOutDir: true,
    // An inlined asset would be a data: URL, which the CSP lets no script or style be.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
