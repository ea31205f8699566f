/**
 * Does one thing, one time after the other, however often it is asked for meanwhile: each call
 * returns after a time that began after it.
 */
export class Repeated {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  run(): Promise<void> {
    if (!this.#running) {
      this.#running = this.#once();
      return this.#running;
    }
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.run();
      });
    return this.#next;
  }

  async #once(): Promise<void> {
    try {
      await this.#work();
    } finally {
      this.#running = undefined;
    }
  }
}
