/**
 * Keeps the program's own files, so that it opens offline. Never keeps an answer of the API, and
 * never changes one: what isn't a file of the program goes past it.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
/** The files of this release, put in by the build: addresses under the origin. */
declare const __FILES__: readonly string[];
/** A hash of them. */
declare const __RELEASE__: string;

const PREFIX = 'quantchat-';
const CACHE = PREFIX + __RELEASE__;
const SHELL = '/index.html';
/** What the build is called, by a hash over the files: it can't be one of them. */
const BUILD = '/build.json';

worker.addEventListener('install', (event) => {
  event.waitUntil(keep());
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  // All or none: a release that is kept in part would break when it is used.
  await cache.addAll([...__FILES__, BUILD].map((file) => new Request(file, { cache: 'no-cache' })));
}

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder().then(() => worker.clients.claim()));
});

/** The release before this one stays: a tab that was opened with it still asks for its files. */
async function forgetOlder(): Promise<void> {
  const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  // In the order in which they were made.
  await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
}

worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') {
    void worker.skipWaiting();
  }
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) {
    return;
  }
  if (request.mode === 'navigate' ? url.pathname === '/' : isFile(url.pathname)) {
    event.respondWith(answer(request));
  }
});

function isFile(path: string): boolean {
  return path === BUILD || __FILES__.includes(path) || path.startsWith('/assets/');
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const path = request.mode === 'navigate' ? SHELL : new URL(request.url).pathname;
  return (
    (await cache.match(path, { ignoreVary: true })) ??
    (await caches.match(path, { ignoreVary: true })) ??
    fetch(request)
  );
}

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.contactId));
});

async function open(contactId: unknown): Promise<void> {
  const place = typeof contactId === 'string' ? `/#/c/${contactId}` : '/';
  const tabs = await worker.clients.matchAll({ type: 'window' });
  const tab = tabs[0];
  if (tab) {
    await tab.focus();
    tab.postMessage({ open: contactId });
  } else {
    await worker.clients.openWindow(place);
  }
}
