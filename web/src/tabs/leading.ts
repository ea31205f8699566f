import type { EngineError, Events, QuantChat } from '../engine/api';
import { type Channel, type EventTold, isMethod, isTold, type Told } from './wire';

export type Emit = <K extends keyof Events>(name: K, told: Events[K]) => void;

/** An engine that runs, until it is stopped. */
export interface Running {
  chat: QuantChat;
  /** Lets go of the store: nothing is written after it returns. */
  stop(): Promise<void>;
}

/** The part of LockManager that is used. */
export interface Locks {
  request(
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    held: () => Promise<void>,
  ): Promise<unknown>;
}

export const LEADER_LOCK = 'quantchat-leader';

export interface Candidate {
  locks: Locks;
  channel: Channel;
  /** A UUID of this life. */
  id: string;
  start(emit: Emit): Promise<Running>;
  /** Takes the lock from a leader that answers nobody. */
  steal?: boolean;
}

/**
 * Waits to be the leader, and is it until the signal ends it or another steals the lock. Only who
 * holds the lock runs an engine; the next one gets it once this engine has let go of the store, or
 * when this tab is gone. Returns when it is over.
 */
export async function lead(candidate: Candidate, signal: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const until = AbortSignal.any([signal, lost.signal]);
  let serving: Promise<void> | undefined;
  try {
    // A request that steals can't be aborted, and needn't be: it gets the lock at once.
    const options = candidate.steal ? { steal: true } : { signal };
    await candidate.locks.request(LEADER_LOCK, options, () => {
      serving = serve(candidate, until);
      return serving;
    });
  } catch (fault) {
    // Stolen, or not wanted any more.
    lost.abort();
    await serving;
    if (!isAbort(fault)) {
      throw fault;
    }
  }
}

function isAbort(fault: unknown): boolean {
  return fault instanceof Error && fault.name === 'AbortError';
}

async function serve({ channel, id, start }: Candidate, until: AbortSignal): Promise<void> {
  if (until.aborted) {
    return;
  }
  const tell = (told: Told) => channel.postMessage(told);
  const running = await start((name, told) => {
    if (!until.aborted) {
      tell({ kind: 'event', leader: id, name, told } as EventTold);
    }
  });
  try {
    channel.addEventListener('message', ({ data }) => {
      if (!isTold(data) || until.aborted) {
        return;
      }
      if (data.kind === 'who') {
        tell({ kind: 'hello', leader: id });
      } else if (data.kind === 'call' && data.leader === id) {
        void answer(running.chat, data, tell);
      }
    });
    tell({ kind: 'hello', leader: id });
    await ended(until);
  } finally {
    await running.stop();
    tell({ kind: 'bye', leader: id });
  }
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function answer(
  chat: QuantChat,
  call: Told & { kind: 'call' },
  tell: (told: Told) => void,
): Promise<void> {
  const { tab, id, method, args } = call;
  try {
    if (!isMethod(method)) {
      throw new TypeError(`There is no call named ${String(method)}`);
    }
    const work = chat[method] as (...args: unknown[]) => Promise<unknown>;
    tell({ kind: 'answer', tab, id, value: await work.apply(chat, args) });
  } catch (fault) {
    tell({ kind: 'refusal', tab, id, error: asEngineError(fault) });
  }
}

/** As plain values: classes don't come through a channel. */
export function asEngineError(fault: unknown): EngineError {
  if (isEngineError(fault)) {
    const { code, detail, retryAfter } = fault;
    return { name: 'EngineError', code, detail, ...(retryAfter !== undefined && { retryAfter }) };
  }
  return {
    name: 'EngineError',
    code: 'internal',
    detail: `Something went wrong in this program: ${String(fault)}`,
  };
}

function isEngineError(fault: unknown): fault is EngineError {
  return (
    typeof fault === 'object' && fault !== null && 'name' in fault && fault.name === 'EngineError'
  );
}
