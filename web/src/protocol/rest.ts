import type { Clock } from './clock';
import { isOfTheRecipient, ServerRefusal, senseless, Unreachable } from './failures';
import { type JsonObject, objectIn, type Raw, read, type Schema, textIn, write } from './json';
import { wordsOf } from './problemWords';
import type { ServerTime } from './serverTime';

/**
 * Until a request is answered, and between two pieces of the answer; the server's own time-out is
 * 29 s, and nobody waits that long. Milliseconds.
 */
const LONGEST_CALL = 20_000;

/** Until all of an answer is there: 1 MiB over a line of 28 kbit/s. */
const LONGEST_ANSWER = 5 * 60_000;

/** A page of pending messages is 1 MiB at most, one of an export 3 MiB; more isn't read. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

/** Seconds. */
const LONGEST_QUIET = 24 * 60 * 60;

const NO_CONTENT = 204;
const NOT_MODIFIED = 304;
const REQUEST_TIMEOUT = 408;
const TOO_MANY = 429;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A success. */
export interface Answer {
  status: number;
  /** JSON; `undefined` where there is none to be. */
  body: unknown;
}

export interface Call {
  bearer?: string;
  /** What is to be sent as JSON. */
  body?: unknown;
  /** JSON that is to be sent as it is. */
  json?: string;
}

/** Calls of REST routes: JSON there and back. */
export class Rest {
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #serverTime: ServerTime;

  /**
   * @param base such as `https://chat.example.org/api/v1`
   */
  constructor(
    base: string,
    fetch: typeof globalThis.fetch,
    clock: Pick<Clock, 'after'>,
    serverTime: ServerTime,
  ) {
    this.#base = base.replace(/\/+$/, '');
    this.#fetch = fetch;
    this.#clock = clock;
    this.#serverTime = serverTime;
  }

  /**
   * @param path with its query; what comes from elsewhere is encoded in it
   * @throws ServerRefusal, Unreachable; BrokenText where the body can't be sent as it is
   */
  async call(method: Method, path: string, call: Call = {}): Promise<Answer> {
    const request = this.#request(method, call);
    const patience = new Patience(this.#clock);
    try {
      const fetch = this.#fetch; // A browser's must not be called as somebody's method.
      const response = await fetch(this.#base + path, { ...request, signal: patience.signal });
      this.#serverTime.heard(response.headers.get('Date'));
      return answer(response, await bodyOf(response, () => patience.renew()));
    } catch (failure) {
      throw patience.signal.aborted
        ? new Unreachable("The server doesn't answer in time. Try again later.")
        : obstacle(failure);
    } finally {
      patience.over();
    }
  }

  #request(method: Method, call: Call): RequestInit {
    const json = call.json ?? (call.body === undefined ? undefined : write(call.body));
    return {
      method,
      headers: {
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(call.bearer === undefined ? {} : { Authorization: `Bearer ${call.bearer}` }),
      },
      ...(json === undefined ? {} : { body: json }),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    };
  }
}

/** Ends what takes too long; a slow line that carries something may take longer. */
class Patience {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #ending = new AbortController();
  readonly #end = () => this.#ending.abort();
  readonly #disarmAll: () => void;
  #disarm: () => void;

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
    this.#disarmAll = clock.after(LONGEST_ANSWER, this.#end);
    this.#disarm = clock.after(LONGEST_CALL, this.#end);
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  renew(): void {
    this.#disarm();
    this.#disarm = this.#clock.after(LONGEST_CALL, this.#end);
  }

  over(): void {
    this.#disarm();
    this.#disarmAll();
  }
}

/** The body of a success that is to be an object. */
export function objectOf<Contract = JsonObject>(answer: Answer): Raw<Contract> {
  const object = objectIn<Contract>(answer.body);
  if (!object) {
    throw senseless();
  }
  return object;
}

/** @param came is told of each piece */
async function bodyOf(response: Response, came: () => void): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
    came();
    size += chunk.value.length;
    if (size > LARGEST_ANSWER) {
      await reader?.cancel();
      throw new Unreachable("The server's answer is too large. Try again later.");
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

function answer(response: Response, text: string): Answer {
  const { status } = response;
  if (status === NO_CONTENT || status === NOT_MODIFIED) {
    return { status, body: undefined };
  }
  const body = read(text);
  if (status >= 200 && status < 300) {
    // Such as the page of a network that wants to be signed in to: nothing was done.
    if (typeof body !== 'object' || body === null) {
      throw senseless();
    }
    return { status, body };
  }
  throw refusal(response, objectIn<Schema<'ValidationProblem'>>(body) ?? {});
}

function refusal(
  response: Response,
  problem: Raw<Schema<'ValidationProblem'>>,
): ServerRefusal | Unreachable {
  const { status } = response;
  const code = textIn(problem, 'code') ?? '';
  const detail = wordsOf(problem) ?? `The server refuses this (${status}).`;
  const wait = retryAfter(response);
  if (status >= 400 && status < 500 && isOfTheRecipient(code)) {
    return new ServerRefusal(status, detail, code, wait);
  }
  if (status === TOO_MANY) {
    return new Unreachable('The server is asked too much. Try again later.', wait);
  }
  if (status < 400 || status >= 500 || status === REQUEST_TIMEOUT) {
    return new Unreachable(
      `The server can't answer now (it says ${status}). Try again later.`,
      wait,
    );
  }
  return new ServerRefusal(status, detail, code);
}

/** RFC 9110 §10.2.3, in seconds; `undefined` where there is none, or a date. */
function retryAfter(response: Response): number | undefined {
  const text = response.headers.get('Retry-After') ?? '';
  return /^[0-9]{1,18}$/.test(text) && Number(text) > 0
    ? Math.min(Number(text), LONGEST_QUIET)
    : undefined;
}

/** A browser doesn't say why there was no answer. */
export function obstacle(failure: unknown): Error {
  if (failure instanceof Unreachable || failure instanceof ServerRefusal) {
    return failure;
  }
  return new Unreachable("The server can't be reached. Check your connection, and try again.");
}
