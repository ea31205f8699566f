/** The other side is told that typing goes on at most so often. */
const EVERY_MS = 3_000;

/** After so long without a key typing has stopped. */
const PAUSE_MS = 5_000;

export interface TypingClock {
  now(): number;
  /** Calls once, later; what it returns calls it off. */
  after(ms: number, call: () => void): () => void;
}

/** Tells that somebody types, seldom, and that they stopped, once. */
export class TypingSignal {
  readonly #tell: (typing: boolean) => void;
  readonly #clock: TypingClock;
  #told = Number.NEGATIVE_INFINITY;
  #typing = false;
  #callOff: () => void = () => {};

  constructor(tell: (typing: boolean) => void, clock: TypingClock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  typed(isEmpty: boolean): void {
    if (isEmpty) {
      this.stop();
      return;
    }
    this.#callOff();
    this.#callOff = this.#clock.after(PAUSE_MS, () => this.stop());
    if (this.#typing && this.#clock.now() - this.#told < EVERY_MS) return;
    this.#typing = true;
    this.#told = this.#clock.now();
    this.#tell(true);
  }

  /** The text was sent or taken away, or the conversation was left. */
  stop(): void {
    this.#callOff();
    if (!this.#typing) return;
    this.#typing = false;
    this.#tell(false);
  }
}
