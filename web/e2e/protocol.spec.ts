import { expect, type Page, test } from '@playwright/test';
import { FILE, ScriptedServer } from './protocol/scriptedServer';
import type { Asked } from './protocol/worker';
import { scriptsOf } from './store/served';

declare const ask: (name: string, ...args: unknown[]) => Promise<unknown>;

let scripts: Map<string, string>;
let server: ScriptedServer;
let tab: Page;

test.beforeAll(async () => {
  scripts = await scriptsOf(new URL('./protocol/worker.ts', import.meta.url));
});

test.beforeEach(async ({ page }) => {
  server = new ScriptedServer(scripts);
  tab = page;
  await page.goto(await server.start());
  await page.waitForFunction(() => 'ask' in globalThis);
});

test.afterEach(() => server.end());

/** Has the worker do it. */
function asks<Name extends keyof Asked>(
  name: Name,
  ...args: Parameters<Asked[Name]>
): ReturnType<Asked[Name]> {
  return tab.evaluate(([called, given]) => ask(called, ...given), [
    name,
    args,
  ] as const) as ReturnType<Asked[Name]>;
}

test('reads answers as they are, and the time of each', async () => {
  expect(await asks('call', '/not-modified')).toBe(304);
  expect(await asks('call', '/ok')).toBe(200);
  expect(Math.abs(((await asks('serverNow')) ?? 0) - Date.now())).toBeLessThan(60_000);
});

test('keeps no answer, and no cookie', async ({ context }) => {
  await asks('call', '/ok');
  await asks('call', '/ok');

  expect(server.asked.filter((it) => it === 'GET /api/v1/ok')).toHaveLength(2);
  expect(await context.cookies()).toEqual([]);
});

test('says in words what is no answer, and goes nowhere else', async () => {
  expect(await asks('call', '/cut')).toContain("Unreachable: The server can't be reached");
  expect(await asks('call', '/cut-later')).toContain("Unreachable: The server can't be reached");
  expect(await asks('call', '/huge')).toContain('too large');
  expect(await asks('call', '/page')).toContain('makes no sense');
  expect(await asks('call', '/none')).toBe('ServerRefusal: There is no such route.');
  expect(await asks('call', '/elsewhere')).toContain('Unreachable');
  expect(server.asked).not.toContain('GET /api/v1/stolen');
});

test('puts files with what a link needs, tells how far it is, and can be called off', async () => {
  const size = 8 * 1024 * 1024;
  const done = await asks('put', size, Number.POSITIVE_INFINITY);

  expect(done).toMatchObject({ status: 200, moved: size });
  expect(done.times).toBeGreaterThan(1);
  expect(server.put[0]?.size).toBe(size);
  expect(server.put[0]?.headers).toMatchObject({
    'x-amz-checksum-sha256': 'hash',
    'content-length': String(size),
  });

  expect((await asks('put', size, 1)).status).toBe('called off');
});

test('fetches files whole, and from where they were left', async () => {
  expect(await asks('get', 0, FILE.length)).toEqual({ status: 200, begin: 0, text: FILE });
  expect(await asks('get', 4, FILE.length)).toEqual({ status: 206, begin: 4, text: 'efghij' });
  expect((await asks('get', 0, FILE.length + 1)).status).toContain('too early');
});

test('opens sockets by tickets, passes over what is no frame, and ends those that are too large', async () => {
  expect(await asks('socket', 'good&')).toEqual(['other', 'prekeys_low']);
  expect(await asks('socket', 'bad')).toEqual(['Unreachable']);
  expect(server.asked.filter((it) => it.startsWith('socket'))).toEqual([
    'socket /ws?ticket=good%26',
    'socket /ws?ticket=bad',
  ]);
});
