import type { Clock } from './clock';
import { Unreachable } from './failures';
import type { Part } from './mediaApi';
import { obstacle } from './rest';

/** So long a connection may carry nothing, milliseconds. */
const LONGEST_IDLE = 30_000;

/** Headers that the browser sets by itself, and lets nobody set. */
const ITS_OWN: ReadonlySet<string> = new Set(['host', 'content-length']);

const OK = 200;
const PARTIAL = 206;

/** How bytes get to a link and back. */
export interface Carriers {
  fetch: typeof fetch;
  /** Tells how far an upload is, which `fetch` doesn't; absent where there is none. */
  XMLHttpRequest?: new () => XMLHttpRequest;
  clock: Pick<Clock, 'after'>;
}

/** Where what comes down goes; each is awaited before more is read. */
export interface Sink {
  /** Called once, before anything is written: what was there beyond `offset` is written anew. */
  from(offset: number): Promise<void>;
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Is told how many bytes more have moved. */
export type Flow = (bytes: number) => void;

/**
 * Carries sealed files under links, in memory that doesn't grow with them. A connection that
 * carries nothing for a while is given up. What is called off by a signal fails with its reason.
 */
export class ObjectClient {
  readonly #carriers: Carriers;

  constructor(carriers: Carriers) {
    this.#carriers = carriers;
  }

  /**
   * Puts a part of a file under a link.
   *
   * @param bytes the part's alone
   * @returns the status that was answered
   * @throws Unreachable where there was no answer
   */
  async put(part: Part, bytes: Blob, flow: Flow, signal: AbortSignal): Promise<number> {
    const headers = Object.fromEntries(
      Object.entries(part.headers).filter(([name]) => !ITS_OWN.has(name)),
    );
    const idle = new Idle(this.#carriers.clock, signal);
    try {
      const moved = (count: number) => {
        idle.moved();
        flow(count);
      };
      return await (this.#carriers.XMLHttpRequest
        ? putWithProgress(new this.#carriers.XMLHttpRequest(), part, headers, bytes, moved, idle)
        : this.#putAtOnce(part, headers, bytes, moved, idle));
    } catch (failure) {
      throw idle.reason(failure);
    } finally {
      idle.over();
    }
  }

  async #putAtOnce(
    part: Part,
    headers: Record<string, string>,
    body: Blob,
    moved: Flow,
    idle: Idle,
  ): Promise<number> {
    const request: RequestInit = { method: 'PUT', headers, body, signal: idle.signal };
    const { fetch } = this.#carriers; // A browser's must not be called as somebody's method.
    const response = await fetch(part.url, { ...request, ...UNDER_A_LINK });
    await response.body?.cancel();
    moved(body.size);
    return response.status;
  }

  /**
   * Fetches what is under a link, from a byte on.
   *
   * @param most the whole size: what comes beyond it isn't read
   * @returns the status that was answered; nothing was written unless it is 200 or 206
   * @throws Unreachable where it ends before all has come
   */
  async get(
    url: string,
    from: number,
    most: number,
    sink: Sink,
    flow: Flow,
    signal: AbortSignal,
  ): Promise<number> {
    const idle = new Idle(this.#carriers.clock, signal);
    try {
      const headers: Record<string, string> = from > 0 ? { Range: `bytes=${from}-` } : {};
      const { fetch } = this.#carriers;
      const response = await fetch(url, {
        headers,
        signal: idle.signal,
        ...UNDER_A_LINK,
      });
      idle.moved();
      const begin = beginOf(response, from);
      if (begin === undefined) {
        await response.body?.cancel();
      } else {
        await sink.from(begin);
        await pass(response, most - begin, sink, flow, idle);
      }
      return response.status;
    } catch (failure) {
      throw idle.reason(failure);
    } finally {
      idle.over();
    }
  }
}

const UNDER_A_LINK = {
  cache: 'no-store',
  credentials: 'omit',
  redirect: 'error',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;

/** The byte that an answer begins with; `undefined` where it isn't what was asked for. */
function beginOf(response: Response, from: number): number | undefined {
  if (response.status === OK) {
    return 0;
  }
  const range = response.headers.get('Content-Range') ?? '';
  return response.status === PARTIAL && range.startsWith(`bytes ${from}-`) ? from : undefined;
}

async function pass(
  response: Response,
  most: number,
  sink: Sink,
  flow: Flow,
  idle: Idle,
): Promise<void> {
  const reader = response.body?.getReader();
  let left = most;
  while (left > 0) {
    const chunk = await reader?.read();
    if (!chunk?.value) {
      throw new Unreachable('The file ended too early. Try again.');
    }
    const bytes = chunk.value.subarray(0, left);
    await sink.write(bytes);
    left -= bytes.length;
    idle.moved();
    flow(bytes.length);
  }
  await reader?.cancel();
}

function putWithProgress(
  request: XMLHttpRequest,
  part: Part,
  headers: Record<string, string>,
  bytes: Blob,
  moved: Flow,
  idle: Idle,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let told = 0;
    const tell = (loaded: number) => {
      // A browser may begin anew by itself: what was told stays told.
      moved(Math.max(0, Math.min(loaded, bytes.size) - told));
      told = Math.max(told, Math.min(loaded, bytes.size));
    };
    request.upload.onprogress = (event) => tell(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        tell(bytes.size);
      }
      resolve(request.status);
    };
    request.onerror = () => reject(obstacle(undefined));
    request.onabort = () => reject(obstacle(undefined));
    idle.signal.addEventListener('abort', () => request.abort(), { once: true });
    if (idle.signal.aborted) {
      reject(obstacle(undefined));
      return;
    }
    request.open('PUT', part.url);
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.send(bytes);
  });
}

/** Ends what has carried nothing for a while, and what is called off. */
class Idle {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #calledOff: AbortSignal;
  readonly #ending = new AbortController();
  #disarm: () => void = () => {};
  readonly #end = () => this.#ending.abort();

  constructor(clock: Pick<Clock, 'after'>, calledOff: AbortSignal) {
    this.#clock = clock;
    this.#calledOff = calledOff;
    calledOff.addEventListener('abort', this.#end);
    if (calledOff.aborted) {
      this.#end();
    }
    this.moved();
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  moved(): void {
    this.#disarm();
    this.#disarm = this.#clock.after(LONGEST_IDLE, this.#end);
  }

  over(): void {
    this.#disarm();
    this.#calledOff.removeEventListener('abort', this.#end);
  }

  /** Why it failed: what writes what has come may fail, too, in its own words. */
  reason(failure: unknown): unknown {
    if (this.#calledOff.aborted) {
      return this.#calledOff.reason;
    }
    if (this.#ending.signal.aborted) {
      return new Unreachable('The connection carries nothing any more. Try again.');
    }
    return failure instanceof TypeError ? obstacle(failure) : failure;
  }
}
