import type { Clock } from '../../protocol/clock';
import type { FakeClock } from '../../protocol/testing/fakeClock';
import type { MemoryStore } from '../../store/memory';
import type { Events, Message, QuantChat } from '../api';
import { openEngine, type Running } from '../engine';
import type { Step, Surroundings } from '../surroundings';
import { MemoryBrowser, MemoryShelf } from './memoryShelf';
import type { TestingRelay } from './relay';
import type { Seeded } from './seeded';
import { TestingSocket } from './testingSocket';

/** What a program that was killed does no more. */
class Killed extends Error {}

export interface Told {
  event: keyof Events;
  told: Events[keyof Events];
}

/** One person's browser, in which programs are started and killed. */
export class Program {
  browser = new MemoryBrowser();
  /** All that was ever told, of all lives. */
  readonly told: Told[] = [];
  /** Faults of programs that weren't killed. */
  readonly faults: unknown[] = [];
  /** Whether the network is there. */
  online = true;
  /** Is asked at each step; true kills the program there. */
  killAt: (step: Step) => boolean = () => false;
  /** Is asked before each call of the network's and after its answer; true kills there. */
  killAtCall: () => boolean = () => false;
  /** Is asked before each commit and after it; true kills there. */
  killAtCommit: (when: 'before' | 'after') => boolean = () => false;
  /** Has the clock of this computer off by so much. */
  ahead = 0;
  readonly #relay: TestingRelay;
  readonly #clock: FakeClock;
  readonly #seeded: Seeded;
  #life: Life | undefined;

  constructor(relay: TestingRelay, clock: FakeClock, seeded: Seeded) {
    this.#relay = relay;
    this.#clock = clock;
    this.#seeded = seeded;
  }

  get isRunning(): boolean {
    return this.#life?.isAlive ?? false;
  }

  get chat(): QuantChat {
    return this.#running.chat;
  }

  get #running(): Running {
    if (!this.#life?.running) {
      throw new Error('It is not running.');
    }
    return this.#life.running;
  }

  /** What it stores in. */
  get store(): MemoryStore {
    const store = [...(this.#life?.stores ?? [])].at(-1);
    if (!store) {
      throw new Error('Nothing is stored.');
    }
    return store;
  }

  /** A program on what the one before has left. */
  async start(): Promise<QuantChat> {
    const life = new Life();
    this.#life = life;
    try {
      const opening = openEngine(this.#surroundings(life), (event, told) => {
        if (life.isAlive) {
          this.told.push({ event, told });
        }
      });
      await Promise.race([
        opening.then((running) => {
          life.running = running;
        }),
        life.ended,
      ]);
    } catch (failure) {
      if (life.isAlive) {
        throw failure;
      }
    }
    return life.running?.chat ?? this.start();
  }

  /**
   * Does something as often as it takes: where the program dies of it, another one is started, and
   * does it anew.
   */
  async persist<T>(work: (chat: QuantChat) => Promise<T>): Promise<T> {
    for (;;) {
      const chat = this.isRunning ? this.chat : await this.start();
      const life = this.#life;
      const died = Symbol('died');
      const result = await Promise.race([
        work(chat).catch((failure: unknown) => {
          if (life?.isAlive) {
            throw failure;
          }
          return died;
        }),
        life?.ended.then(() => died) ?? died,
      ]);
      if (result !== died) {
        return result as T;
      }
    }
  }

  /** Starts another one where it is dead. */
  async revive(): Promise<void> {
    if (!this.isRunning) {
      await this.start();
    }
  }

  /** It ends as it does for another tab that leads. */
  stop(): Promise<void> {
    return this.#running.stop();
  }

  /** It ends in the middle of whatever it does. */
  kill(): void {
    this.#life?.kill();
  }

  /** Cuts its sockets, as a network does that goes away. */
  cut(): void {
    for (const socket of this.#life?.sockets ?? []) {
      socket.cut();
    }
  }

  messages(contactId: string): Promise<Message[]> {
    return this.chat.messages(contactId, { at: 'end' }, 10_000).then(({ messages }) => messages);
  }

  #surroundings(life: Life): Surroundings {
    const relay = this.#relay;
    const isOnline = () => this.online;
    return {
      clock: this.#clockOf(life),
      random: (size) => this.#seeded.bytes(size),
      fetch: (input, init) => this.#call(life, String(input), init),
      WebSocket: class extends TestingSocket {
        constructor(url: string) {
          super(relay, url, isOnline() && life.isAlive);
          life.sockets.add(this);
        }
      } as unknown as Surroundings['WebSocket'],
      origin: 'http://relay.test',
      accounts: async () =>
        new MemoryShelf(this.browser, {
          opened: (store) => life.stores.add(store),
          committing: (when) => {
            if (life.isAlive && this.killAtCommit(when)) {
              life.kill();
            }
          },
        }),
      batchSize: 8,
      step: (step) => {
        if (!life.isAlive || this.killAt(step)) {
          life.kill();
          throw new Killed();
        }
      },
      fault: (failure) => {
        if (life.isAlive) {
          console.error(failure);
          this.faults.push(failure);
        }
      },
    };
  }

  #clockOf(life: Life): Clock {
    return {
      now: () => this.#clock.now() + this.ahead,
      elapsed: () => this.#clock.elapsed(),
      after: (delay, action) =>
        this.#clock.after(delay, () => {
          if (life.isAlive) {
            action();
          }
        }),
    };
  }

  async #call(life: Life, url: string, init: RequestInit | undefined): Promise<Response> {
    this.#dieHere(life);
    if (!life.isAlive) {
      return never();
    }
    if (!this.online) {
      throw new TypeError('fetch failed');
    }
    const response = await this.#relay.fetch(url, init);
    this.#dieHere(life);
    return life.isAlive ? response : never();
  }

  #dieHere(life: Life): void {
    if (life.isAlive && this.killAtCall()) {
      life.kill();
    }
  }
}

/** From a start to an end. */
class Life {
  isAlive = true;
  running: Running | undefined;
  readonly stores = new Set<MemoryStore>();
  readonly sockets = new Set<TestingSocket>();
  /** Is done when it dies. */
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;

  constructor() {
    this.ended = new Promise((done) => {
      this.#end = done;
    });
  }

  kill(): void {
    this.isAlive = false;
    this.#end();
    for (const store of this.stores) {
      store.down('gone');
    }
    for (const socket of this.sockets) {
      socket.close();
    }
  }
}

/** What a dead program waits for. */
function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
