// Adds up what a browser has to load before a person can sign in and chat: the page, its styles, its scripts with all
// that they import at once, and their workers. Fails where that is more than it was, in bytes of gzip; the goal stands
// beside it. `bench/load.bench.ts` shows that nothing else is fetched until two people have written to each other.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const GOAL = 60_000;
/** What was reached; what grows beyond it has to be loaded when it is first used. */
const MOST = 106_700;
const CLIENT = new URL('target/dist/', import.meta.url);

const IMPORTED = /(?:\bfrom|\bimport)\s*["'`]\.?\/([^"'`]+\.js)["'`]/g;
// Of other scripts only workers are named by their whole path.
const WORKER = /["'`](\/assets\/[^"'`]+\.js)["'`]/g;
const LINKED = /(?:src|href)="\/([^"]+\.(?:js|css))"/g;
/** What stands in for functions that a browser's own cryptography lacks. */
const STANDS_IN = /\bimport\(["'`]\.\/([^"'`]+Noble-[^"'`]+\.js)["'`]\)/g;

const loaded = new Map();

function load(file) {
  if (loaded.has(file)) {
    return;
  }
  const content = readFileSync(new URL(file, CLIENT));
  loaded.set(file, gzipSync(content, { level: 9 }).length);
  const text = content.toString('utf8');
  const found = (pattern) => [...text.matchAll(pattern)].map(([, name]) => beside(file, name));
  if (file.endsWith('.html')) {
    for (const each of found(LINKED)) {
      load(each);
    }
  } else if (file.endsWith('.js')) {
    for (const each of [...found(IMPORTED), ...found(WORKER)]) {
      load(each);
    }
  }
}

function beside(file, name) {
  const base = name.startsWith('/') ? CLIENT : new URL(file, CLIENT);
  return new URL(name.replace(/^\//, ''), base).href.slice(CLIENT.href.length);
}

load('index.html');
for (const [file, bytes] of loaded) {
  console.log(`${String(bytes).padStart(8)}  ${file}`);
}
const sum = total();
console.log(
  `${String(sum).padStart(8)}  bytes of gzip in all; at most ${MOST}, and the goal is ${GOAL}`,
);
for (const file of [...loaded.keys()]) {
  const text = readFileSync(new URL(file, CLIENT), 'utf8');
  for (const [, name] of file.endsWith('.js') ? text.matchAll(STANDS_IN) : []) {
    load(beside(file, name));
  }
}
console.log(
  `${String(total() - sum).padStart(8)}  more in a browser without post-quantum functions`,
);
if (sum > MOST) {
  console.error(
    'The first load has grown: load by import() what signing in and chatting does without.',
  );
  process.exit(1);
}

function total() {
  return [...loaded.values()].reduce((all, bytes) => all + bytes, 0);
}
