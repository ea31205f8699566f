import type { Chat, EngineError, Events, QuantChat } from '../engine/api';
import { CALLS, type Channel, isTold, type Method, type Told } from './wire';

/** Milliseconds without an answer after which the leader is asked whether it is there. */
export const PATIENCE = 10_000;
/** And after which, without a word, it is given up. */
export const GIVEN_UP = 20_000;

export interface TabSurroundings {
  channel: Channel;
  /** A UUID of this life. */
  tab: string;
  uuid(): string;
  /** Calls back after so many milliseconds; returns what stops that. */
  after(milliseconds: number, then: () => void): () => void;
  /** The leader answers nobody: a new one is needed. */
  onLost(): void;
}

interface Pending {
  method: Method;
  args: unknown[];
  /** Which leader has been asked; none yet where it is absent. */
  asked?: string;
  resolve(value: unknown): void;
  reject(error: EngineError): void;
}

/** The engine as a tab sees it, wherever it runs. */
export function openRemoteChat(surroundings: TabSurroundings): Chat {
  const remote = new RemoteChat(surroundings);
  const calls = Object.fromEntries(
    (Object.keys(CALLS) as Method[]).map((method) => [
      method,
      (...args: unknown[]) => remote.call(method, args),
    ]),
  ) as unknown as QuantChat;
  return {
    ...calls,
    // Under a name of its own, what a dying leader may have stored isn't stored twice.
    send: (contactId, text, files) => calls.sendOnce(surroundings.uuid(), contactId, text, files),
    on: (event, listener) => remote.on(event, listener),
  };
}

/**
 * Calls wait until there is a leader; when one died, the next is asked again what may be asked
 * again.
 */
class RemoteChat {
  readonly #surroundings: TabSurroundings;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<keyof Events, Set<(told: never) => void>>();
  #leader: string | undefined;
  #hadLeader = false;
  #nextId = 1;
  #stopWaiting: (() => void) | undefined;

  constructor(surroundings: TabSurroundings) {
    this.#surroundings = surroundings;
    surroundings.channel.addEventListener('message', ({ data }) => {
      if (isTold(data)) {
        this.#hear(data);
      }
    });
    surroundings.channel.postMessage({ kind: 'who' });
  }

  call(method: Method, args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const pending: Pending = { method, args, resolve, reject };
      this.#pending.set(id, pending);
      this.#ask(id, pending);
      this.#watch();
    });
  }

  on<K extends keyof Events>(event: K, listener: (told: Events[K]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #hear(told: Told): void {
    switch (told.kind) {
      case 'hello':
        this.#follow(told.leader);
        break;
      case 'bye':
        if (told.leader === this.#leader) {
          this.#leader = undefined;
        }
        break;
      case 'event':
        if (told.leader === this.#leader) {
          this.#tell(told.name, told.told);
        }
        break;
      case 'answer':
        this.#settle(told, (pending) => pending.resolve(told.value));
        break;
      case 'refusal':
        this.#settle(told, (pending) => pending.reject(told.error));
        break;
      default:
    }
  }

  #follow(leader: string): void {
    this.#hush();
    if (leader !== this.#leader) {
      const isSuccessor = this.#hadLeader;
      this.#leader = leader;
      this.#hadLeader = true;
      for (const [id, pending] of [...this.#pending]) {
        if (pending.asked === undefined || CALLS[pending.method] === 'again') {
          this.#ask(id, pending);
        } else {
          this.#pending.delete(id);
          pending.reject(INTERRUPTED);
        }
      }
      if (isSuccessor) {
        this.#tell('resumed', null);
      }
    }
    this.#watch();
  }

  #ask(id: number, pending: Pending): void {
    const leader = this.#leader;
    if (leader === undefined) {
      return;
    }
    const { tab, channel } = this.#surroundings;
    pending.asked = leader;
    try {
      const { method, args } = pending;
      channel.postMessage({ kind: 'call', leader, tab, id, method, args });
    } catch (fault) {
      // What was passed can't be cloned: a fault of this program, and of this call alone.
      this.#pending.delete(id);
      pending.reject({ name: 'EngineError', code: 'internal', detail: String(fault) });
    }
  }

  #settle(told: { tab: string; id: number }, how: (pending: Pending) => void): void {
    const pending = this.#pending.get(told.id);
    if (told.tab === this.#surroundings.tab && pending) {
      this.#pending.delete(told.id);
      this.#hush();
      how(pending);
      this.#watch();
    }
  }

  /** While calls are open somebody must be there: after a silence the leader is asked, then given up. */
  #watch(): void {
    if (this.#stopWaiting || this.#pending.size === 0) {
      return;
    }
    const { after, channel, onLost } = this.#surroundings;
    this.#stopWaiting = after(PATIENCE, () => {
      channel.postMessage({ kind: 'who' });
      this.#stopWaiting = after(GIVEN_UP, () => {
        this.#stopWaiting = undefined;
        onLost();
        this.#watch();
      });
    });
  }

  #hush(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
  }

  #tell<K extends keyof Events>(name: K, told: Events[K]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      (listener as (told: Events[K]) => void)(told);
    }
  }
}

const INTERRUPTED: EngineError = {
  name: 'EngineError',
  code: 'interrupted',
  detail: 'The tab that was doing this was closed. Look whether it was done, and try again.',
};
