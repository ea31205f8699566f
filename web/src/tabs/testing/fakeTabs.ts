import type { Locks } from '../leading';
import type { Channel, Told } from '../wire';

/** One lock for all tabs of a test, as Web Locks give it: first come, first served. */
export class FakeLocks {
  #holder: { tab: string; release: () => void; steal: (fault: Error) => void } | undefined;
  readonly #queue: { tab: string; grant: () => void }[] = [];

  of(tab: string): Locks {
    return {
      request: (_name, options, held) => this.#request(tab, options, held),
    };
  }

  get holder(): string | undefined {
    return this.#holder?.tab;
  }

  /** What a browser does when a tab crashes: its lock is free, its requests are gone. */
  crash(tab: string): void {
    for (let i = this.#queue.length - 1; i >= 0; i--) {
      if (this.#queue[i]?.tab === tab) {
        this.#queue.splice(i, 1);
      }
    }
    if (this.#holder?.tab === tab) {
      this.#free();
    }
  }

  #request(
    tab: string,
    { signal, steal }: { signal?: AbortSignal; steal?: boolean },
    held: () => Promise<void>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const grant = () => {
        const holder = { tab, release: () => {}, steal: reject };
        this.#holder = holder;
        held().then(
          () => {
            resolve(undefined);
            if (this.#holder === holder) {
              this.#free();
            }
          },
          (fault) => {
            reject(fault);
            if (this.#holder === holder) {
              this.#free();
            }
          },
        );
      };
      if (steal) {
        this.#holder?.steal(new DOMException('stolen', 'AbortError'));
        grant();
      } else if (this.#holder) {
        const waiting = { tab, grant };
        this.#queue.push(waiting);
        signal?.addEventListener('abort', () => {
          const place = this.#queue.indexOf(waiting);
          if (place >= 0) {
            this.#queue.splice(place, 1);
            reject(new DOMException('not wanted', 'AbortError'));
          }
        });
      } else {
        grant();
      }
    });
  }

  #free(): void {
    this.#holder = undefined;
    this.#queue.shift()?.grant();
  }
}

/** A BroadcastChannel for all tabs of a test: told to everybody else, as copies, a little later. */
export class FakeBus {
  readonly #ends = new Set<{ tab: string; listeners: ((event: { data: unknown }) => void)[] }>();

  open(tab: string): Channel {
    const end = { tab, listeners: [] as ((event: { data: unknown }) => void)[] };
    this.#ends.add(end);
    return {
      postMessage: (told: Told) => {
        const copy = structuredClone(told);
        queueMicrotask(() => {
          for (const other of this.#ends) {
            if (other !== end && this.#ends.has(end)) {
              for (const listener of other.listeners) {
                listener({ data: copy });
              }
            }
          }
        });
      },
      addEventListener: (_type, listener) => end.listeners.push(listener),
      close: () => this.#ends.delete(end),
    };
  }

  /** Nothing of that tab is heard any more, and it hears nothing: it crashed, or is frozen. */
  cut(tab: string): void {
    for (const end of this.#ends) {
      if (end.tab === tab) {
        this.#ends.delete(end);
      }
    }
  }
}
