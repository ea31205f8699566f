import type { Clock } from './clock';

const HALF_A_SECOND = 500;

/**
 * What time it is by the server: what its last answer said (`Date`, RFC 9110 §6.6.1), and what has
 * passed since. The clock here has no part in it.
 */
export class ServerTime {
  readonly #clock: Pick<Clock, 'elapsed'>;
  #last: { date: number; elapsed: number } | undefined;
  #answered = false;

  constructor(clock: Pick<Clock, 'elapsed'>) {
    this.#clock = clock;
  }

  /** Whether there was any answer. */
  get isHeard(): boolean {
    return this.#answered;
  }

  /**
   * The server's time, to a second and the way of an answer; `undefined` where it hasn't said. What
   * passes while this computer sleeps may not be in it.
   */
  now(): number | undefined {
    return this.#last && this.#last.date + Math.round(this.#clock.elapsed() - this.#last.elapsed);
  }

  /** There was an answer, with this date if there was one. */
  heard(date: string | null): void {
    this.#answered = true;
    const said = date === null ? Number.NaN : Date.parse(date);
    if (!Number.isNaN(said)) {
      // It is cut to the second.
      this.#last = { date: said + HALF_A_SECOND, elapsed: this.#clock.elapsed() };
    }
  }
}
