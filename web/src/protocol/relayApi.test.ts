import { describe, expect, it } from 'vitest';
import { ServerRefusal, Unreachable } from './failures';
import { RelayApi } from './relayApi';
import { type Reply, says, saysText } from './testing/scriptedFetch';
import { signedIn } from './testing/signedIn';

const MESSAGE = '019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17';

function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function entry(number: number, more: object = {}) {
  return {
    contact_id: id(number),
    contact_username: `user ${number}`,
    contact_email: '',
    contact_full_name: `User ${number}`,
    is_online: number % 2 === 0,
    blocked: false,
    created_at: `2026-02-02T10:00:${String(number).padStart(2, '0')}.000Z`,
    ...more,
  };
}

function setUp(...replies: Reply[]) {
  const { rest, session, server } = signedIn(...replies);
  return { relay: new RelayApi(rest, session), server };
}

describe('contacts', () => {
  it('come page by page, in the order in which they were added', async () => {
    const { relay, server } = setUp(
      says(200, { contacts: [entry(3), entry(1)], next_cursor: 'a/b+c' }),
      says(200, { contacts: [entry(2)], next_cursor: null }),
    );

    const contacts = await relay.contacts();

    expect(contacts.map((contact) => contact.id)).toEqual([id(1), id(2), id(3)]);
    expect(contacts[1]).toMatchObject({ isOnline: true, username: 'user 2', blocked: false });
    expect(server.routes[1]).toBe('GET /contacts?limit=100&cursor=a%2Fb%2Bc');
  });

  it('come at once from a server that knows no pages', async () => {
    const { relay } = setUp(says(200, [entry(2), entry(1)]));

    expect((await relay.contacts()).map((contact) => contact.id)).toEqual([id(1), id(2)]);
  });

  it.each<[string, object]>([
    ['an id that is none', { contact_id: '../users/me' }],
    ['a name that is none', { contact_username: null }],
    ['an address that is none', { contact_email: 7 }],
  ])('with %s make no sense', async (_, more) => {
    const { relay } = setUp(says(200, { contacts: [entry(1, more)], next_cursor: null }));

    await expect(relay.contacts()).rejects.toBeInstanceOf(Unreachable);
  });

  it('that begin anew for ever are not fetched for ever', async () => {
    const page = { contacts: [entry(1)], next_cursor: 'same' };
    const { relay, server } = setUp(says(200, page), says(200, page));

    await expect(relay.contacts()).rejects.toBeInstanceOf(Unreachable);
    expect(server.asked).toHaveLength(2);
  });

  it('without an end are not fetched for ever', async () => {
    const pages = Array.from({ length: 200 }, (_, page) =>
      says(200, { contacts: [], next_cursor: `${page}` }),
    );
    const { relay } = setUp(...pages);

    await expect(relay.contacts()).rejects.toThrow('no end');
  });

  it('are added, removed and blocked', async () => {
    const { relay, server } = setUp(says(201, entry(1)), says(204), says(204), says(204));

    expect(await relay.addContact('grace@example.com')).toMatchObject({ id: id(1) });
    await relay.removeContact(id(1));
    await relay.block(id(1), true);
    await relay.block(id(1), false);

    expect(server.asked[0]?.text).toBe('{"contact_email":"grace@example.com"}');
    expect(server.routes.slice(1)).toEqual([
      `DELETE /contacts/${id(1)}`,
      `PUT /contacts/${id(1)}/block`,
      `DELETE /contacts/${id(1)}/block`,
    ]);
  });

  it('that there is no account of are refused in the words of the server', async () => {
    const { relay } = setUp(says(404, { detail: 'There is no such user.' }));

    await expect(relay.addContact('nobody@example.com')).rejects.toMatchObject({
      status: 404,
      message: 'There is no such user.',
    });
  });
});

describe('a message', () => {
  it('goes as it is', async () => {
    const { relay, server } = setUp(says(201, { status: 'queued', message_id: MESSAGE }));

    await relay.send('{"b":1,"a":2}');

    expect(server.asked[0]?.text).toBe('{"b":1,"a":2}');
  });

  it.each<[string, Reply]>([
    ['a page of somebody else', saysText(200, '<html>')],
    ['JSON of somebody else', says(200, { hello: 'there' })],
  ])('is not sent by %s', async (_, reply) => {
    const { relay } = setUp(reply);

    await expect(relay.send('{}')).rejects.toBeInstanceOf(Unreachable);
  });

  it('is refused with its code and time', async () => {
    const { relay } = setUp(
      says(429, { detail: 'Later.', code: 'stranger_allowance' }, { 'Retry-After': '100' }),
    );

    const failure = await relay.send('{}').catch((reason: unknown) => reason);

    expect(failure).toBeInstanceOf(ServerRefusal);
    expect(failure).toMatchObject({ code: 'stranger_allowance', retryAfter: 100 });
  });
});

describe('what is pending', () => {
  it('comes page by page; fields of tomorrow are there', async () => {
    const { relay, server } = setUp(
      says(200, { messages: [{ id: MESSAGE, tomorrow: 1 }, 'no message'], next_cursor: 'n' }),
      says(200, { messages: [], next_cursor: null }),
    );

    expect(await relay.pending(undefined)).toEqual({
      messages: [{ id: MESSAGE, tomorrow: 1 }],
      nextCursor: 'n',
    });
    expect(await relay.pending('n')).toEqual({ messages: [], nextCursor: undefined });
    expect(server.routes[1]).toBe('GET /relay/pending?limit=100&cursor=n');
  });

  it.each([{}, { messages: {} }, { messages: null }, []])(
    'is not nothing where the answer is %j',
    async (answer) => {
      const { relay } = setUp(says(200, answer));

      await expect(relay.pending(undefined)).rejects.toBeInstanceOf(Unreachable);
    },
  );

  it('is acknowledged', async () => {
    const { relay, server } = setUp(says(200, { results: [] }));

    await relay.acknowledge([MESSAGE]);

    expect(server.asked[0]?.text).toBe(`{"message_ids":["${MESSAGE}"]}`);
  });
});

it('gets a ticket, or says that there is none', async () => {
  const { relay } = setUp(says(201, { ticket: 't' }), says(201, { ticket: 7 }));

  expect(await relay.socketTicket()).toBe('t');
  await expect(relay.socketTicket()).rejects.toBeInstanceOf(Unreachable);
});
