import type { Clock } from './clock';
import { LoginRequired, ServerRefusal } from './failures';
import { numberIn, type Raw, required, type Schema, wordIn } from './json';
import { Lane } from './lane';
import { type Answer, objectOf, type Rest } from './rest';

const UNAUTHORIZED = 401;

/** Before its end an access token is replaced; within it a request is over. Milliseconds. */
const MARGIN = 60_000;

/** No server's word on how long a token is good reaches further. Seconds. */
const LONGEST_LIFE = 24 * 60 * 60;

/** Secrets: only ever in bodies and headers, never in an address. */
export interface Tokens {
  access: string;
  /** Good once. */
  refresh: string;
  /** When the access token ends, by the clock here. */
  expires: number;
}

/** Where the tokens of one session are kept. */
export interface TokenStore {
  tokens(): Promise<Tokens | undefined>;
  /** Returns once they are on the disk. */
  keep(tokens: Tokens): Promise<void>;
  forget(): Promise<void>;
}

/** Keeps the tokens of a session fresh: one refresh at a time, for a refresh token is good once. */
export class Session {
  readonly #rest: Rest;
  readonly #store: TokenStore;
  readonly #clock: Pick<Clock, 'now'>;
  #refreshing: Promise<Tokens> | undefined;
  /** What is forgotten must not come back by an answer that was on its way. */
  readonly #lane = new Lane();

  constructor(rest: Rest, store: TokenStore, clock: Pick<Clock, 'now'>) {
    this.#rest = rest;
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Calls with an access token; with a new one again, should the server not take it.
   *
   * @throws LoginRequired where there is no session, or it has ended
   */
  async authorized(call: (bearer: string) => Promise<Answer>): Promise<Answer> {
    const tokens = await this.#fresh();
    try {
      return await call(tokens.access);
    } catch (failure) {
      requireUnauthorized(failure);
    }
    const next = await this.#refreshed(tokens);
    try {
      return await call(next.access);
    } catch (failure) {
      requireUnauthorized(failure);
      throw new LoginRequired();
    }
  }

  /** Ends the session, here and there; here also where the server can't be told. */
  async logout(): Promise<void> {
    const tokens = await this.#lane.run(async () => {
      const ended = await this.#store.tokens();
      await this.#store.forget();
      return ended;
    });
    if (tokens) {
      const body: Schema<'RefreshTokenOnly'> = { refresh_token: tokens.refresh };
      await this.#rest.call('POST', '/auth/logout', { body });
    }
  }

  async #fresh(): Promise<Tokens> {
    const tokens = await this.#stored();
    const isGood = this.#clock.now() + MARGIN < tokens.expires;
    // A clock that was set back would have a token look good for long.
    const isPlausible = tokens.expires <= this.#clock.now() + LONGEST_LIFE * 1000;
    return isGood && isPlausible ? tokens : this.#refreshed(tokens);
  }

  async #stored(): Promise<Tokens> {
    const tokens = await this.#store.tokens();
    if (!tokens) {
      throw new LoginRequired();
    }
    return tokens;
  }

  async #refreshed(old: Tokens): Promise<Tokens> {
    this.#refreshing ??= this.#lane
      .run(() => this.#refresh(old))
      .finally(() => {
        this.#refreshing = undefined;
      });
    return this.#refreshing;
  }

  /**
   * New tokens are on the disk before they are used. Where the answer is lost, or they can't be
   * kept, the server gives the same again for a while to who shows the old one.
   */
  async #refresh(old: Tokens): Promise<Tokens> {
    const current = await this.#stored();
    if (current.refresh !== old.refresh) {
      return current;
    }
    const body: Schema<'RefreshTokenOnly'> = { refresh_token: current.refresh };
    let answer: Answer;
    try {
      answer = await this.#rest.call('POST', '/auth/refresh', { body });
    } catch (failure) {
      requireUnauthorized(failure);
      await this.#store.forget();
      throw new LoginRequired();
    }
    const next = tokensIn(objectOf<Schema<'Tokens'>>(answer), this.#clock.now());
    await this.#store.keep(next);
    return next;
  }
}

/**
 * Reads the tokens of an answer.
 *
 * @param now when it came, by the clock here
 */
export function tokensIn(answer: Raw<Schema<'Tokens'>>, now: number): Tokens {
  const claimed = numberIn(answer, 'expires_in') ?? 0;
  return {
    access: required(wordIn(answer, 'access_token')),
    refresh: required(wordIn(answer, 'refresh_token')),
    expires: now + Math.min(Math.max(claimed, 0), LONGEST_LIFE) * 1000,
  };
}

function requireUnauthorized(failure: unknown): void {
  if (!(failure instanceof ServerRefusal && failure.status === UNAUTHORIZED)) {
    throw failure;
  }
}
