import { expect, it } from 'vitest';
import { ServerTime } from './serverTime';
import { FakeClock } from './testing/fakeClock';

it('goes on by what passes, whatever becomes of the clock', async () => {
  const clock = new FakeClock();
  const server = new ServerTime(clock);
  server.heard('Mon, 02 Feb 2026 10:00:00 GMT');

  await clock.pass(90_000);
  clock.set(0);

  expect(server.now()).toBe(Date.UTC(2026, 1, 2, 10, 1, 30, 500));
});

it('knows an answer without a date, or with none that can be read, from no answer', () => {
  const server = new ServerTime(new FakeClock());

  expect(server.isHeard).toBe(false);
  server.heard(null);
  server.heard('soon');

  expect(server.isHeard).toBe(true);
  expect(server.now()).toBeUndefined();
});
