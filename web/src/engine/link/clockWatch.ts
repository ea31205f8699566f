import type { Clock } from '../../protocol/clock';
import type { ServerTime } from '../../protocol/serverTime';

/** How far clocks may be apart: what the relay and other programs allow, too. Milliseconds. */
export const TOLERANCE = 5 * 60_000;

/** The relay takes messages that are as old. */
const LONGEST_WAIT = 7 * 24 * 60 * 60_000;

/** So that what is made at the end of it still arrives in time. */
const MARGIN = 60 * 60_000;

/**
 * Compares the clock here with the server's. What the server says changes no time that this program
 * writes down: it only says whether the clock is to be set, and what had better wait until it is.
 */
export class ClockWatch {
  readonly #server: ServerTime;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ask: () => Promise<void>;
  readonly #tell: (ahead: number) => void;

  /** By how much the clock was off when that was last told; 0 while it is right. */
  #told = 0;

  /**
   * @param ask has the server answer something
   * @param tell is told how far the clock here is ahead, in milliseconds, negative where it is
   *     behind: once, and again where that changes; 0 once it is right again
   */
  constructor(
    server: ServerTime,
    clock: Pick<Clock, 'now'>,
    ask: () => Promise<void>,
    tell: (ahead: number) => void,
  ) {
    this.#server = server;
    this.#clock = clock;
    this.#ask = ask;
    this.#tell = tell;
  }

  /** The server's time, if it has said. */
  serverNow(): number | undefined {
    return this.#server.now();
  }

  /**
   * Whether what is dated now would be taken. Nothing is sealed while that isn't known: what was
   * signed at a wrong time is refused by its recipient for good.
   *
   * @throws Unreachable where it can't be known
   */
  async allowsSealing(): Promise<boolean> {
    // It may be this computer that slept, and not the clock that jumped.
    if (!this.#server.isHeard || !this.isTaken(this.#clock.now())) {
      await this.#ask();
    }
    return this.isTaken(this.#clock.now());
  }

  /** Whether the relay takes what is dated so; true where the server hasn't said its time. */
  isTaken(time: number): boolean {
    const now = this.#server.now();
    return now === undefined || (time <= now + TOLERANCE && time >= now - LONGEST_WAIT + MARGIN);
  }

  /** Whether something that was written after then can't have waited for too long. */
  isWithinLongestWait(then: number): boolean {
    const now = this.#server.now();
    return now === undefined || then >= now - LONGEST_WAIT;
  }

  /** Tells the user, once, if the clock is off, and once when it is right again. */
  async look(): Promise<void> {
    const off = this.#off();
    if (this.#isTold(off)) {
      return;
    }
    // What passed while this computer slept may be missing from the server's time.
    const sure = off === 0 ? 0 : await this.#confirmed();
    if (sure !== undefined && !this.#isTold(sure)) {
      this.#told = sure;
      this.#tell(sure);
    }
  }

  async #confirmed(): Promise<number | undefined> {
    try {
      await this.#ask();
      return this.#off();
    } catch {
      // The next answer says.
      return undefined;
    }
  }

  #isTold(off: number): boolean {
    return off === 0 || this.#told === 0
      ? off === this.#told
      : Math.abs(off - this.#told) <= TOLERANCE;
  }

  /** How far the clock is ahead, negative where it is behind; 0 while it is right. */
  #off(): number {
    const now = this.#server.now();
    const ahead = now === undefined ? 0 : this.#clock.now() - now;
    return Math.abs(ahead) > TOLERANCE ? ahead : 0;
  }
}
