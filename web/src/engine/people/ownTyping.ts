import type { Clock } from '../../protocol/clock';

/** So often it is said again that somebody types: frames cost, and theirs end by themselves. */
const AGAIN = 4_000;

/** Who hasn't typed for so long has stopped. Milliseconds. */
const PAUSE = 6_000;

/** Tells contacts that the user types, as seldom as does. */
export class OwnTyping {
  readonly #clock: Clock;
  readonly #send: (contactId: string, isTyping: boolean) => void;
  #current: { contactId: string; said: number; disarm: () => void } | undefined;

  /** @param send sends a frame where there is a socket, and nothing where there is none */
  constructor(clock: Clock, send: (contactId: string, isTyping: boolean) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** The user has typed something to somebody. */
  typed(contactId: string): void {
    const before = this.#current?.contactId === contactId ? this.#current : undefined;
    if (!before) {
      this.stopped();
    }
    before?.disarm();
    const now = this.#clock.elapsed();
    const isDue = !before || now - before.said >= AGAIN;
    this.#current = {
      contactId,
      said: isDue ? now : before.said,
      disarm: this.#clock.after(PAUSE, () => this.stopped()),
    };
    if (isDue) {
      this.#send(contactId, true);
    }
  }

  /** The user has stopped, or has sent what was typed; of one contact where that is said. */
  stopped(contactId = this.#current?.contactId): void {
    if (this.#current && this.#current.contactId === contactId) {
      this.#current.disarm();
      this.#current = undefined;
      this.#send(contactId, false);
    }
  }

  /** The socket is gone: nobody is told. */
  reset(): void {
    this.#current?.disarm();
    this.#current = undefined;
  }
}
