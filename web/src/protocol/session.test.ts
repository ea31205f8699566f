import { describe, expect, it } from 'vitest';
import { LoginRequired, ServerRefusal, Unreachable } from './failures';
import { Rest } from './rest';
import { ServerTime } from './serverTime';
import { Session, type TokenStore, type Tokens, tokensIn } from './session';
import { FakeClock } from './testing/fakeClock';
import { cut, type Reply, ScriptedFetch, says, saysText } from './testing/scriptedFetch';

const BASE = 'https://relay.example.org/api/v1';
const UNAUTHORIZED = says(401, { detail: 'The access token has expired.' });

class StoreOfTest implements TokenStore {
  current: Tokens | undefined;
  /** The refresh tokens that were kept. */
  readonly kept: string[] = [];
  fault: Error | undefined;

  constructor(tokens?: Tokens) {
    this.current = tokens;
  }

  async tokens() {
    return this.current;
  }

  async keep(tokens: Tokens) {
    if (this.fault) {
      throw this.fault;
    }
    this.kept.push(tokens.refresh);
    this.current = tokens;
  }

  async forget() {
    this.current = undefined;
  }
}

function setUp(lifetime: number, ...replies: Reply[]) {
  const clock = new FakeClock();
  const server = new ScriptedFetch(BASE).add(...replies);
  const rest = new Rest(BASE, server.fetch, clock, new ServerTime(clock));
  const store = new StoreOfTest({
    access: 'access-1',
    refresh: 'refresh-1',
    expires: clock.now() + lifetime,
  });
  const session = new Session(rest, store, clock);
  const ask = (path = '/users/me') =>
    session.authorized((bearer) => rest.call('GET', path, { bearer }));
  return { clock, server, rest, store, session, ask };
}

function newTokens(number: number): Reply {
  return says(200, {
    access_token: `access-${number}`,
    refresh_token: `refresh-${number}`,
    expires_in: 900,
    token_type: 'bearer',
  });
}

function bearers(server: ScriptedFetch): (string | undefined)[] {
  return server.asked.map((asked) => asked.bearer);
}

describe('a call', () => {
  it('goes with the token that there is', async () => {
    const { ask, server } = setUp(900_000, says(200, {}));

    await ask();

    expect(bearers(server)).toEqual(['access-1']);
  });

  it('goes with a new token where the old one ends within a minute', async () => {
    const { ask, server, store } = setUp(60_000, newTokens(2), says(200, {}));

    await ask();

    expect(server.routes).toEqual(['POST /auth/refresh', 'GET /users/me']);
    expect(server.asked[1]?.bearer).toBe('access-2');
    expect(store.kept).toEqual(['refresh-2']);
  });

  it('goes with a new token where a clock that was set back makes the old one look good', async () => {
    const { ask, server, clock } = setUp(900_000, newTokens(2), says(200, {}));

    clock.set(clock.now() - 30 * 24 * 60 * 60_000);
    await ask();

    expect(bearers(server)).toEqual([undefined, 'access-2']);
  });

  it('goes again, once, with a new token where the server refuses the old one', async () => {
    const { ask, server } = setUp(900_000, UNAUTHORIZED, newTokens(2), says(200, {}));

    await ask();

    expect(bearers(server)).toEqual(['access-1', undefined, 'access-2']);
  });

  it('asks for a login where the server refuses the new token, too', async () => {
    const { ask } = setUp(900_000, UNAUTHORIZED, newTokens(2), UNAUTHORIZED);

    await expect(ask()).rejects.toBeInstanceOf(LoginRequired);
  });

  it('asks for a login where there are no tokens, and asks the server nothing', async () => {
    const { ask, store, server } = setUp(900_000);
    await store.forget();

    await expect(ask()).rejects.toBeInstanceOf(LoginRequired);
    expect(server.asked).toEqual([]);
  });

  it("has no token in any call's address", async () => {
    const { ask, server } = setUp(0, newTokens(2), says(200, {}));

    await ask();

    expect(server.routes.join()).not.toMatch(/access-|refresh-/);
  });

  it('lets other refusals through', async () => {
    const { ask, server } = setUp(900_000, says(403, { detail: 'Not yours.' }));

    await expect(ask()).rejects.toBeInstanceOf(ServerRefusal);
    expect(server.asked).toHaveLength(1);
  });
});

describe('a refresh', () => {
  it('happens once for all calls that need it at the same time', async () => {
    const replies = Array.from({ length: 5 }, () => says(200, {}));
    const { ask, server, store } = setUp(0, newTokens(2), ...replies);

    await Promise.all([ask('/a'), ask('/b'), ask('/c'), ask('/d'), ask('/e')]);

    expect(server.routes.filter((route) => route === 'POST /auth/refresh')).toHaveLength(1);
    expect(bearers(server).slice(1)).toEqual(Array(5).fill('access-2'));
    expect(store.kept).toEqual(['refresh-2']);
  });

  it('that fails fails for all that wait for it, and is asked once', async () => {
    const { ask, server } = setUp(0, cut);

    const calls = await Promise.allSettled([ask('/a'), ask('/b'), ask('/c')]);

    expect(calls.map((call) => call.status)).toEqual(Array(3).fill('rejected'));
    expect(server.routes).toEqual(['POST /auth/refresh']);
  });

  it('happens once where several calls are refused one after the other', async () => {
    const { session, rest, server } = setUp(900_000);
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    server.add(
      UNAUTHORIZED,
      async () => {
        await held;
        return new Response('{}', { status: 401 });
      },
      newTokens(2),
      says(200, {}),
      says(200, {}),
    );
    const call = (path: string) =>
      session.authorized((bearer) => rest.call('GET', path, { bearer }));
    const late = [call('/a'), call('/b')];
    await late[0];
    release();
    await late[1];

    expect(server.routes.filter((route) => route === 'POST /auth/refresh')).toHaveLength(1);
  });

  it('uses new tokens only once they are stored; a store that fails leaves the old ones', async () => {
    const { ask, server, store } = setUp(0, newTokens(2), newTokens(2), says(200, {}));
    store.fault = new Error('There is no room.');

    await expect(ask()).rejects.toThrow('There is no room.');
    expect(store.current?.refresh).toBe('refresh-1');
    store.fault = undefined;
    await ask();

    expect(server.asked.map((asked) => asked.text)).toEqual([
      '{"refresh_token":"refresh-1"}',
      '{"refresh_token":"refresh-1"}',
      undefined,
    ]);
  });

  it('whose answer is lost is asked again with the same token', async () => {
    const { ask, store, server } = setUp(0, cut, newTokens(2), says(200, {}));

    await expect(ask()).rejects.toBeInstanceOf(Unreachable);
    expect(store.current?.refresh).toBe('refresh-1');
    await ask();

    expect(server.asked[1]?.text).toBe('{"refresh_token":"refresh-1"}');
  });

  it('of a session that has ended forgets the tokens and asks for a login', async () => {
    const { ask, store } = setUp(0, UNAUTHORIZED);

    await expect(ask()).rejects.toBeInstanceOf(LoginRequired);
    expect(store.current).toBeUndefined();
  });

  it.each<[string, Reply]>([
    ['500', says(500, {})],
    ['429', says(429, {})],
    ['a page in HTML', saysText(200, '<html>')],
    ['tokens of the wrong type', says(200, { access_token: 7, refresh_token: null })],
    ['no refresh token', says(200, { access_token: 'a', expires_in: 900 })],
  ])('that is answered by %s loses nothing', async (_, reply) => {
    const { ask, store } = setUp(0, reply);

    await expect(ask()).rejects.toBeInstanceOf(Unreachable);
    expect(store.current?.refresh).toBe('refresh-1');
  });
});

describe('logging out', () => {
  it('forgets the tokens first, and shows the server the refresh token', async () => {
    const { session, server, store } = setUp(900_000, says(204));

    await session.logout();

    expect(store.current).toBeUndefined();
    expect(server.routes).toEqual(['POST /auth/logout']);
    expect(server.asked[0]?.text).toBe('{"refresh_token":"refresh-1"}');
  });

  it('forgets the tokens where the server is gone', async () => {
    const { session, store } = setUp(900_000, cut);

    await expect(session.logout()).rejects.toBeInstanceOf(Unreachable);
    expect(store.current).toBeUndefined();
  });

  it('while tokens are refreshed ends the session that goes on with the new ones', async () => {
    const { session, ask, server, store } = setUp(0);
    let logout: Promise<void> | undefined;
    server.add(
      (asked) => {
        logout = session.logout();
        return newTokens(2)(asked);
      },
      says(200, {}),
      says(204),
    );

    await ask().catch(() => undefined);
    await logout;

    expect(store.current).toBeUndefined();
    const told = server.asked.find((it) => it.path === '/auth/logout');
    expect(told?.text).toBe('{"refresh_token":"refresh-2"}');
  });

  it('has calls that come behind it ask for a login', async () => {
    const { session, ask, store } = setUp(0, says(204));

    const logout = session.logout();
    await expect(ask()).rejects.toBeInstanceOf(LoginRequired);
    await logout;

    expect(store.current).toBeUndefined();
  });
});

describe('the life of a token', () => {
  it.each([
    [900, 900_000],
    [0, 0],
    [-5, 0],
    [10 ** 12, 24 * 60 * 60_000],
    ['900', 0],
  ])('of %s seconds is %s ms', (claimed, life) => {
    const answer = { access_token: 'a', refresh_token: 'r', expires_in: claimed };

    expect(tokensIn(answer, 1_000).expires).toBe(1_000 + life);
  });
});
