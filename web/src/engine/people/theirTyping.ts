import type { Clock } from '../../protocol/clock';

/** Who says that they type says so again sooner, or has stopped without a word. Milliseconds. */
const LONGEST_TYPING = 8_000;

/** Who is typing to the user; it ends by itself. */
export class TheirTyping {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #changed: (userId: string) => void;
  /** By who types, what calls off the end of it. */
  readonly #typing = new Map<string, () => void>();

  /** @param changed is told who has begun, or has stopped */
  constructor(clock: Pick<Clock, 'after'>, changed: (userId: string) => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  isTyping(userId: string): boolean {
    return this.#typing.has(userId);
  }

  /** They say so. */
  heard(userId: string, isTyping: boolean): void {
    if (!isTyping) {
      this.ended(userId);
      return;
    }
    const disarm = this.#typing.get(userId);
    disarm?.();
    this.#typing.set(
      userId,
      this.#clock.after(LONGEST_TYPING, () => this.ended(userId)),
    );
    if (!disarm) {
      this.#changed(userId);
    }
  }

  /** They have stopped: a message came, or they have gone. */
  ended(userId: string): void {
    const disarm = this.#typing.get(userId);
    if (disarm) {
      disarm();
      this.#typing.delete(userId);
      this.#changed(userId);
    }
  }

  /** The socket is gone. */
  reset(): void {
    for (const userId of [...this.#typing.keys()]) {
      this.ended(userId);
    }
  }
}
