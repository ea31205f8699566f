import { Backoff, type Bounds } from './backoff';

/** How long to wait before the next try: what the backoff says, and never less than was asked. */
export class Retries {
  readonly #backoff: Backoff;
  #asked = 0;

  constructor(random: () => number, bounds?: Bounds) {
    this.#backoff = new Backoff(random, bounds);
  }

  /** A try has failed, and the server may have said when to come back, in seconds. */
  heed(failure: { retryAfter: number | undefined }): void {
    this.#asked = Math.max(this.#asked, (failure.retryAfter ?? 0) * 1000);
  }

  /** How long to wait now, milliseconds. */
  next(): number {
    const wait = Math.max(this.#backoff.next(), this.#asked);
    this.#asked = 0;
    return wait;
  }

  /** A try has succeeded. */
  reset(): void {
    this.#asked = 0;
    this.#backoff.reset();
  }
}
