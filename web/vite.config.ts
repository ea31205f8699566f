import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { apart } from './build/apart.ts';
import { early } from './build/early.ts';
import { licences } from './build/licences.ts';
import { release } from './build/release.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const compat = at('./node_modules/preact/compat');

const others = licences();

/** SHA-512 is of safety numbers alone: it would come with SHA-256, which is needed at once. */
const OWN_COPIES = [['@noble/hashes/sha2.js', /\/safetyNumber\.ts$/]] as const;

/** What is needed at once is one file: each request more is a wait, and packs less well. */
const atOnce = (name: string) => ({
  name,
  tags: ['$initial' as const],
  test: (id: string) => !id.endsWith('/src/sw.ts'),
});

/** What starts the worker comes before, and is a file of its own. */
const first = (name: string) => ({
  name,
  priority: 1,
  test: /\/src\/(window\/(ownWorker|engineWorker|trusted)\.ts|worker\.ts\?worker)/,
});

export default defineConfig({
  resolve: { alias: { react: compat, 'react-dom': compat } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [others.page(), early('start'), release(at('./public'))],
  worker: {
    format: 'es',
    plugins: () => [apart(OWN_COPIES), others.worker()],
    rolldownOptions: { output: { codeSplitting: { groups: [atOnce('engine')] } } },
  },
  build: {
    target: 'es2023',
    // Browsers of more than two years ago: nothing is said a second way for older ones.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    outDir: at('./target/dist'),
    emptyOutDir: true,
    // An inlined asset would be a data: URL, which the CSP lets no script or style be.
    assetsInlineLimit: 0,
    // What a part imports is found when it is loaded: to name it here would weigh more on the first load.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, all) => all.filter((it) => it.endsWith('.css')),
    },
    rollupOptions: {
      input: { index: at('./index.html'), sw: at('./src/sw.ts') },
      output: {
        codeSplitting: { groups: [first('start'), atOnce('client')] },
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    // A process for each file, which reads all modules anew, takes longer than most files' tests.
    isolate: false,
    // By default it leaves one core free, which is half of two.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
