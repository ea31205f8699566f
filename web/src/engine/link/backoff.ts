/** The first wait and the longest one, milliseconds. */
export interface Bounds {
  first: number;
  longest: number;
}

const DEFAULT_BOUNDS: Bounds = { first: 500, longest: 60_000 };

const MOST_DOUBLINGS = 20;

/**
 * How long to wait before the next try: a random part of a time that doubles, so that a thousand
 * programs of a server that is back don't come at once.
 */
export class Backoff {
  readonly #random: () => number;
  readonly #bounds: Bounds;
  #failures = 0;

  /** @param random from 0 to 1, without 1 */
  constructor(random: () => number, bounds = DEFAULT_BOUNDS) {
    this.#random = random;
    this.#bounds = bounds;
  }

  /** From half of the time to all of it, milliseconds; the next is twice as long. */
  next(): number {
    const longest = Math.min(this.#bounds.longest, this.#bounds.first * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, MOST_DOUBLINGS);
    return Math.round(longest / 2 + this.#random() * (longest / 2));
  }

  reset(): void {
    this.#failures = 0;
  }
}
