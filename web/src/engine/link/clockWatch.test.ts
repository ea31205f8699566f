import { describe, expect, it } from 'vitest';
import { Unreachable } from '../../protocol/failures';
import { ServerTime } from '../../protocol/serverTime';
import { FakeClock } from '../../protocol/testing/fakeClock';
import { ClockWatch } from './clockWatch';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function setUp() {
  const clock = new FakeClock();
  /** What time it is at the server. */
  let right = clock.now();
  const server = new ServerTime(clock);
  const told: number[] = [];
  let asked = 0;
  let fault: Error | undefined;
  const answers = () => server.heard(new Date(right).toUTCString());
  const watch = new ClockWatch(
    server,
    clock,
    async () => {
      asked++;
      if (fault) {
        throw fault;
      }
      answers();
    },
    (ahead) => told.push(ahead),
  );
  return {
    clock,
    watch,
    told,
    answers,
    asked: () => asked,
    right: (time: number) => {
      right = time;
    },
    goesAway: (failure: Error | undefined) => {
      fault = failure;
    },
  };
}

describe('the clock', () => {
  it('is nobody to be told of while it is right', async () => {
    const { watch, told, answers, clock } = setUp();
    answers();
    clock.set(clock.now() + 4 * MINUTE);
    await watch.look();

    expect(told).toEqual([]);
  });

  it('that is off is told once, and once more when it is right again', async () => {
    const { watch, told, answers, clock } = setUp();
    const start = clock.now();
    answers();
    clock.set(start + HOUR);
    await watch.look();
    await watch.look();
    expect(told).toHaveLength(1);
    expect(told[0]).toBeGreaterThan(59 * MINUTE);

    clock.set(start);
    await watch.look();
    await watch.look();
    expect(told).toHaveLength(2);
    expect(told[1]).toBe(0);
  });

  it('that is behind is said with a minus', async () => {
    const { watch, told, answers, clock } = setUp();
    answers();
    clock.set(clock.now() - HOUR);
    await watch.look();

    expect(told[0]).toBeLessThan(-59 * MINUTE);
  });

  it('is told again where it is off by another time', async () => {
    const { watch, told, answers, clock } = setUp();
    const start = clock.now();
    answers();
    clock.set(start + HOUR);
    await watch.look();
    clock.set(start + HOUR + 4 * MINUTE);
    await watch.look();
    clock.set(start + 3 * HOUR);
    await watch.look();

    expect(told).toHaveLength(2);
  });

  it('is not off where the machine slept and the server says so', async () => {
    const { watch, told, answers, clock, right } = setUp();
    answers();
    right(clock.now() + 8 * HOUR);
    clock.set(clock.now() + 8 * HOUR);
    await watch.look();

    expect(told).toEqual([]);
  });

  it('is not said to be off where the server is away', async () => {
    const { watch, told, answers, clock, goesAway } = setUp();
    answers();
    clock.set(clock.now() + HOUR);
    goesAway(new Unreachable('Gone.'));
    await watch.look();
    expect(told).toEqual([]);

    goesAway(undefined);
    await watch.look();
    expect(told).toHaveLength(1);
  });
});

describe('sealing', () => {
  it('waits for the first answer of the server', async () => {
    const { watch, asked, goesAway } = setUp();
    goesAway(new Unreachable('Gone.'));
    await expect(watch.allowsSealing()).rejects.toBeInstanceOf(Unreachable);

    goesAway(undefined);
    expect(await watch.allowsSealing()).toBe(true);
    expect(await watch.allowsSealing()).toBe(true);
    expect(asked()).toBe(2);
  });

  it.each([
    [4 * MINUTE, true],
    [6 * MINUTE, false],
    [-6 * DAY, true],
    [-7 * DAY, false],
  ])('with a clock that is %d ms ahead is allowed: %s', async (ahead, allowed) => {
    const { watch, answers, clock } = setUp();
    answers();
    clock.set(clock.now() + ahead);

    expect(await watch.allowsSealing()).toBe(allowed);
  });

  it('is allowed where the server never says its time', async () => {
    const clock = new FakeClock();
    const server = new ServerTime(clock);
    const watch = new ClockWatch(
      server,
      clock,
      async () => server.heard(null),
      () => {},
    );

    expect(await watch.allowsSealing()).toBe(true);
  });
});

it('knows what has waited for too long', () => {
  const { watch, answers, clock } = setUp();
  answers();

  expect(watch.isWithinLongestWait(clock.now() - 6 * DAY)).toBe(true);
  expect(watch.isWithinLongestWait(clock.now() - 8 * DAY)).toBe(false);
});
