import type { RelayEnd, TestingRelay } from './relay';

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** A browser's socket, as far as programs use it, to a relay in memory. */
export class TestingSocket {
  readyState = CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #relay: TestingRelay;
  readonly #end: RelayEnd;

  /** @param reaches whether there is a network */
  constructor(relay: TestingRelay, url: string, reaches: boolean) {
    this.#relay = relay;
    this.#end = {
      userId: new URL(url).searchParams.get('ticket') ?? '',
      deliver: (frame) => this.#later(() => this.onmessage?.({ data: JSON.stringify(frame) })),
    };
    queueMicrotask(() => {
      if (!reaches) {
        this.readyState = CLOSED;
        this.onerror?.();
      } else if (this.readyState === CONNECTING) {
        this.readyState = OPEN;
        this.onopen?.();
        relay.connected(this.#end);
      }
    });
  }

  #later(work: () => void): void {
    setTimeout(() => {
      if (this.readyState === OPEN) {
        work();
      }
    });
  }

  send(text: string): void {
    this.#later(() => this.#relay.came(this.#end, text));
  }

  close(): void {
    this.readyState = CLOSED;
    this.#relay.gone(this.#end);
  }

  /** The network ends it. */
  cut(): void {
    this.close();
    this.onclose?.();
  }
}
