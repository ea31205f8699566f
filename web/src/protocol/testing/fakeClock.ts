import type { Clock } from '../clock';

interface Waiting {
  due: number;
  action: () => void;
}

/** A clock that goes only when it is told to. */
export class FakeClock implements Clock {
  #passed = 0;
  /** Of the clock on the wall against what has passed. */
  #offset: number;
  #waiting: Waiting[] = [];

  constructor(start = Date.UTC(2026, 1, 2, 10)) {
    this.#offset = start;
  }

  now(): number {
    return this.#offset + this.#passed;
  }

  elapsed(): number {
    return this.#passed;
  }

  after(delay: number, action: () => void): () => void {
    const entry = { due: this.#passed + delay, action };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** Sets the clock on the wall, as a person does, or a computer that slept: no timer notices. */
  set(time: number): void {
    this.#offset = time - this.#passed;
  }

  /** The delays of all timers, soonest first. */
  get delays(): number[] {
    return this.#waiting.map((it) => it.due - this.#passed).sort((one, other) => one - other);
  }

  /** Lets time go on, and does in its order what falls due; promises settle in between. */
  async pass(time: number): Promise<void> {
    const end = this.#passed + time;
    await settled();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const due = next;
      this.#waiting = this.#waiting.filter((other) => other !== due);
      this.#passed = due.due;
      due.action();
      await settled();
    }
    this.#passed = end;
  }

  #next(end: number): Waiting | undefined {
    return this.#waiting
      .filter((it) => it.due <= end)
      .reduce<Waiting | undefined>((one, it) => (one && one.due <= it.due ? one : it), undefined);
  }
}

/** Lets everything happen that waits for nothing from outside. */
export async function settled(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  for (let turns = 0; turns < 3; turns++) {
    await new Promise<void>((done) => {
      port1.onmessage = () => done();
      port2.postMessage(0);
    });
  }
  port1.close();
}
