/** What was asked of a scripted server. */
export interface Asked {
  method: string;
  /** With its query, without the base. */
  path: string;
  bearer: string | undefined;
  headers: Headers;
  /** As it was sent. */
  text: string | undefined;
  /** Aborted where who asked has given up. */
  signal: AbortSignal | undefined;
}

export type Reply = (asked: Asked) => Response | Promise<Response>;

/** A server that answers by a script, one reply after the other; and none that isn't written. */
export class ScriptedFetch {
  readonly asked: Asked[] = [];
  readonly #base: string;
  readonly #replies: Reply[] = [];

  constructor(base: string) {
    this.#base = base;
  }

  add(...replies: Reply[]): this {
    this.#replies.push(...replies);
    return this;
  }

  /** What hasn't been replied isn't any more. */
  forget(): void {
    this.#replies.length = 0;
  }

  /** Which routes were asked, in their order. */
  get routes(): string[] {
    return this.asked.map((asked) => `${asked.method} ${asked.path}`);
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    const asked: Asked = {
      method: init.method ?? 'GET',
      path: String(input).replace(this.#base, ''),
      bearer: headers.get('Authorization')?.replace(/^Bearer /, ''),
      headers,
      text: typeof init.body === 'string' ? init.body : undefined,
      signal: init.signal ?? undefined,
    };
    this.asked.push(asked);
    const reply = this.#replies.shift();
    if (!reply) {
      throw new Error(`Nobody expects ${asked.method} ${asked.path}`);
    }
    return reply(asked);
  };
}

/** Answers in JSON. */
export function says(status: number, body?: unknown, headers: Record<string, string> = {}): Reply {
  return () =>
    new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
}

/** Answers with a text, whatever it is. */
export function saysText(status: number, text: string): Reply {
  return () => new Response(text, { status, headers: { 'Content-Type': 'text/html' } });
}

/** The connection comes about, or is cut, as a browser tells it. */
export const cut: Reply = () => {
  throw new TypeError('Failed to fetch');
};

/** Never answers; ends when who asked gives up. */
export const silence: Reply = ({ signal }) =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
  });
