import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { chromium } from '../e2e/support/chromium';
import { ModulePage } from '../src/crypto/checks/modulePage';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Bytes in gzip of all that is needed to chat with the browser's own cryptography: a third of them
 * are noble's hashes, for no browser has SHA-3.
 */
const ENTRY_BUDGET = 25 * 1024;

test('sealing and opening, beside AES-GCM of the browser alone on the same bytes', async () => {
  const inPage = await ModulePage.open(at('cryptoPage.ts'), chromium());
  try {
    console.table(await inPage.page.evaluate(() => globalThis.quantchatBench()));
  } finally {
    await inPage.close();
  }
});

test('what is loaded of it', async () => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('cryptoEntry.ts'), preserveEntrySignatures: 'strict' },
    },
  });
  const chunks = (Array.isArray(result) ? result : [result])
    .flatMap((it) => ('output' in it ? it.output : []))
    .filter((it) => it.type === 'chunk')
    .map((it) => ({ ...it, gzip: gzipSync(it.code, { level: 9 }).length }));
  console.table(
    chunks.map(({ name, isEntry, code, gzip }) => ({ name, isEntry, bytes: code.length, gzip })),
  );
  const needed = new Set<string>();
  const need = (file: string) => {
    if (!needed.has(file)) {
      needed.add(file);
      chunks.find((it) => it.fileName === file)?.imports.forEach(need);
    }
  };
  for (const entry of chunks.filter((it) => it.isEntry)) {
    need(entry.fileName);
  }
  const sum = chunks.filter((it) => needed.has(it.fileName)).reduce((all, it) => all + it.gzip, 0);
  console.log(`needed at once: ${sum} bytes in gzip`);

  expect(sum).toBeLessThanOrEqual(ENTRY_BUDGET);
});
