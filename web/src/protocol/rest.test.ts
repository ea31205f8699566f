import { describe, expect, it } from 'vitest';
import { BrokenText, ServerRefusal, Unreachable } from './failures';
import { objectOf, Rest } from './rest';
import { ServerTime } from './serverTime';
import { FakeClock, settled } from './testing/fakeClock';
import { cut, type Reply, ScriptedFetch, says, saysText, silence } from './testing/scriptedFetch';

const BASE = 'https://relay.example.org/api/v1';

function setUp(...replies: Reply[]) {
  const clock = new FakeClock();
  const server = new ScriptedFetch(BASE).add(...replies);
  const time = new ServerTime(clock);
  return { clock, server, time, rest: new Rest(`${BASE}/`, server.fetch, clock, time) };
}

function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (answer) => {
      throw new Error(`It was answered: ${JSON.stringify(answer)}`);
    },
    (failure: unknown) => failure,
  );
}

describe('a call', () => {
  it('sends JSON and a token, and neither cookies nor where it comes from', async () => {
    let sent: RequestInit | undefined;
    const clock = new FakeClock();
    const fetch = async (_: unknown, init?: RequestInit) => {
      sent = init;
      return new Response('{"ok":true}');
    };
    const rest = new Rest(BASE, fetch as typeof globalThis.fetch, clock, new ServerTime(clock));

    const answer = await rest.call('POST', '/contacts', { bearer: 't0ken', body: { a: 1 } });

    expect(answer).toEqual({ status: 200, body: { ok: true } });
    expect(sent).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { Authorization: 'Bearer t0ken', 'Content-Type': 'application/json' },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
  });

  it('hears the time of each answer, refusals too', async () => {
    const { rest, time } = setUp(
      says(404, { detail: 'No.' }, { Date: 'Mon, 02 Feb 2026 10:00:00 GMT' }),
    );

    await failureOf(rest.call('GET', '/users/me'));

    expect(time.now()).toBe(Date.UTC(2026, 1, 2, 10, 0, 0, 500));
  });

  it('takes 204 and 304 for answers without a body', async () => {
    const { rest } = setUp(says(204), () => new Response(null, { status: 304 }));

    expect(await rest.call('DELETE', '/contacts/1')).toEqual({ status: 204, body: undefined });
    expect(await rest.call('GET', '/keys/1/bundle')).toEqual({ status: 304, body: undefined });
  });

  it('puts characters together that come in pieces', async () => {
    const bytes = new TextEncoder().encode('{"text":"😀"}');
    const { rest } = setUp(
      () =>
        new Response(
          new ReadableStream({
            start(to) {
              for (const byte of bytes) {
                to.enqueue(Uint8Array.of(byte));
              }
              to.close();
            },
          }),
        ),
    );

    expect(await rest.call('GET', '/any')).toMatchObject({ body: { text: '😀' } });
  });

  it('never sends half of a character', async () => {
    const { rest, server } = setUp();

    expect(await failureOf(rest.call('POST', '/any', { body: '\ud83d' }))).toBeInstanceOf(
      BrokenText,
    );
    expect(server.asked).toEqual([]);
  });
});

describe('a refusal', () => {
  it("is said in the server's words, with its code", async () => {
    const { rest } = setUp(says(422, { detail: 'Set your clock.', code: 'clock' }));

    const failure = await failureOf(rest.call('POST', '/relay/send'));

    expect(failure).toBeInstanceOf(ServerRefusal);
    expect(failure).toMatchObject({
      status: 422,
      message: 'Set your clock.',
      code: 'clock',
      isForTheClock: true,
      retryAfter: undefined,
    });
  });

  it('that says nothing is said with its number', async () => {
    const { rest } = setUp(saysText(403, '<h1>Forbidden</h1>'));

    const failure = await failureOf(rest.call('GET', '/any'));

    expect(failure).toBeInstanceOf(ServerRefusal);
    expect((failure as Error).message).toBe('The server refuses this (403).');
  });

  it('that stands for one recipient is no reason to leave the server alone', async () => {
    const { rest } = setUp(
      says(429, { detail: 'Full.', code: 'inbox_full' }, { 'Retry-After': '60' }),
    );

    const failure = await failureOf(rest.call('POST', '/relay/send'));

    expect(failure).toBeInstanceOf(ServerRefusal);
    expect(failure).toMatchObject({ isOfTheRecipient: true, retryAfter: 60 });
  });
});

describe('no answer', () => {
  it.each<[string, Reply, string]>([
    ['is a cut connection', cut, 'reached'],
    ['is one that is no JSON', saysText(200, '<html>Sign in to this network</html>'), 'no sense'],
    ['is one that is empty', saysText(201, ''), 'no sense'],
    ['is one that is a number', saysText(200, '7'), 'no sense'],
    ['is a 500', says(500, { detail: 'Oh.' }), '500'],
    ['is a 502 in HTML', saysText(502, '<h1>Bad gateway</h1>'), '502'],
    ['is a 503', says(503), '503'],
    ['is a 408', says(408), '408'],
    ['is a 429', says(429), 'too much'],
    ['is a redirect', says(302), '302'],
    ['is one of more than 8 MiB', saysText(200, ' '.repeat(8 * 1024 * 1024 + 1)), 'too large'],
  ])('%s', async (_, reply, words) => {
    const { rest } = setUp(reply);

    const failure = await failureOf(rest.call('GET', '/any'));

    expect(failure).toBeInstanceOf(Unreachable);
    expect((failure as Error).message).toContain(words);
  });

  it('is one that is late; nothing is waited for afterwards', async () => {
    const { rest, clock, server } = setUp(silence);
    const failure = failureOf(rest.call('GET', '/any'));

    await clock.pass(19_999);
    expect(server.asked[0]?.signal?.aborted).toBe(false);
    await clock.pass(1);

    expect(await failure).toBeInstanceOf(Unreachable);
    expect(((await failure) as Error).message).toContain('in time');
    expect(clock.delays).toEqual([]);
  });

  it('is one that begins and then stops', async () => {
    const { rest, clock } = setUp(
      ({ signal }) =>
        new Response(
          new ReadableStream({
            start(to) {
              to.enqueue(new TextEncoder().encode('{"messages":['));
              signal?.addEventListener('abort', () => to.error(signal.reason));
            },
          }),
        ),
    );
    const failure = failureOf(rest.call('GET', '/relay/pending'));

    await clock.pass(20_000);

    expect(((await failure) as Error).message).toContain('in time');
  });

  it('is not one that comes slowly; one that never ends is given up', async () => {
    let piece: (text: string) => void = () => {};
    let close = () => {};
    const slow: Reply = ({ signal }) =>
      new Response(
        new ReadableStream({
          start(to) {
            piece = (text) => to.enqueue(new TextEncoder().encode(text));
            close = () => to.close();
            signal?.addEventListener('abort', () => to.error(signal.reason));
          },
        }),
      );
    const { rest, clock } = setUp(slow, slow);
    const call = rest.call('GET', '/relay/pending');
    await clock.pass(19_000);
    piece('{"a":');
    await clock.pass(19_000);
    piece('1}');
    close();
    expect(await call).toMatchObject({ body: { a: 1 } });

    const endless = failureOf(rest.call('GET', '/relay/pending'));
    for (let waited = 0; waited < 290_000; waited += 10_000) {
      await clock.pass(10_000);
      piece(' ');
    }
    await clock.pass(10_000);
    expect(((await endless) as Error).message).toContain('in time');
    expect(clock.delays).toEqual([]);
  });

  it.each([
    ['60', 60],
    ['99999999999', 86_400],
    ['0', undefined],
    ['-5', undefined],
    ['Mon, 02 Feb 2026 10:00:00 GMT', undefined],
  ])('with Retry-After: %s asks for quiet of %s seconds', async (header, seconds) => {
    const { rest } = setUp(
      says(429, {}, { 'Retry-After': header }),
      says(503, {}, { 'Retry-After': header }),
    );

    expect(await failureOf(rest.call('GET', '/any'))).toMatchObject({ retryAfter: seconds });
    expect(await failureOf(rest.call('GET', '/any'))).toMatchObject({ retryAfter: seconds });
  });

  it('leaves no timer behind once it is over', async () => {
    const { rest, clock } = setUp(says(200, {}));

    await rest.call('GET', '/any');
    await settled();

    expect(clock.delays).toEqual([]);
  });
});

it('takes an array for no object', () => {
  expect(() => objectOf({ status: 200, body: [] })).toThrow(Unreachable);
});
