import type { ServerTime } from '../protocol/serverTime';
import { TOLERANCE } from './link/clockWatch';
import type { Shared } from './parts';
import { type Age, keepValue, valueNamed } from './stored/state';
import { DAY, MINUTE } from './surroundings';

/** The relay keeps a message for 7 days, and clocks differ. */
export const UNDER_WAY = 8 * DAY;

/** How far what is written down may lag behind. */
const WRITTEN_EVERY = MINUTE;

export interface KeyTimeParts {
  shared: Shared;
  serverTime: ServerTime;
  /** Whether there is a session: without one nothing comes in, and nobody contradicts the clock. */
  hasSession: () => Promise<boolean>;
}

/**
 * What time it is for keys: they get old by time that has passed, and not by a clock that jumps.
 * That is time that this program has run, and whatever else the clock says where the server's
 * agrees. Where it doesn't, or can't be asked, what the clock was put ahead by counts once the
 * clock has gone on for 8 days more, and wasn't set back: nothing that is under way needs the keys
 * of before any more. So who lies about the time, or is silent, keeps a key alive for some days
 * longer, and not for ever.
 */
export class KeyTime {
  readonly #shared: Shared;
  readonly #serverTime: ServerTime;
  readonly #hasSession: () => Promise<boolean>;
  #last: { age: Age; elapsed: number } | undefined;
  #written: Age | undefined;

  constructor({ shared, serverTime, hasSession }: KeyTimeParts) {
    this.#shared = shared;
    this.#serverTime = serverTime;
    this.#hasSession = hasSession;
  }

  /** What time it is. Kept in the store, so that the next program goes on from here. */
  async now(): Promise<number> {
    const hasSession = await this.#hasSession();
    return this.#shared.transactions.run(async (transaction) => {
      const clock = this.#shared.clock.now();
      const elapsed = this.#shared.clock.elapsed();
      this.#written ??= await valueNamed(transaction, 'age');
      const before = this.#last?.age ?? this.#written;
      const passed = this.#last ? Math.max(0, elapsed - this.#last.elapsed) : 0;
      const age =
        before === undefined || this.#isConfirmed(clock)
          ? { time: clock, clock, unsure: {} }
          : ageAfter(before, clock, passed, hasSession);
      this.#last = { age, elapsed };
      if (!this.#written || !isNear(this.#written, age)) {
        keepValue(transaction, 'age', age);
        transaction.afterwards(() => {
          this.#written = age;
        });
      }
      return Math.round(age.time);
    });
  }

  #isConfirmed(clock: number): boolean {
    const now = this.#serverTime.now();
    return now !== undefined && Math.abs(now - clock) <= TOLERANCE;
  }
}

function ageAfter(before: Age, clock: number, passed: number, hasSession: boolean): Age {
  let unsure = clock - before.clock - passed;
  let time = before.time + passed;
  if (unsure >= 0 && (unsure <= WRITTEN_EVERY || !hasSession)) {
    time += unsure;
    unsure = 0;
  }
  const today = Math.floor(clock / DAY);
  // A clock that was fast once postpones nothing.
  const stretches = new Map<number, number>();
  for (const [day, millis] of Object.entries(before.unsure)) {
    add(stretches, Math.min(Number(day), today), millis);
  }
  if (unsure < 0) {
    takeBack(stretches, -unsure);
  } else if (unsure > 0) {
    add(stretches, today, unsure);
  }
  for (const [day, millis] of [...stretches]) {
    if (day < today - UNDER_WAY / DAY) {
      time += millis;
      stretches.delete(day);
    }
  }
  return { time, clock, unsure: Object.fromEntries(stretches) };
}

function add(stretches: Map<number, number>, day: number, millis: number): void {
  stretches.set(day, (stretches.get(day) ?? 0) + millis);
}

/** The clock was set back: what it was put ahead by is cancelled, the latest first. */
function takeBack(stretches: Map<number, number>, millis: number): void {
  let left = millis;
  for (const day of [...stretches.keys()].sort((one, other) => other - one)) {
    const there = stretches.get(day) ?? 0;
    if (left < there) {
      stretches.set(day, there - left);
      return;
    }
    stretches.delete(day);
    left -= there;
  }
}

function isNear(kept: Age, age: Age): boolean {
  return (
    JSON.stringify(kept.unsure) === JSON.stringify(age.unsure) &&
    Math.abs(kept.time - age.time) < WRITTEN_EVERY &&
    Math.abs(kept.clock - age.clock) < WRITTEN_EVERY
  );
}
