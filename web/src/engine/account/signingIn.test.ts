import { describe, expect, it } from 'vitest';
import { ServerRefusal, Unreachable } from '../../protocol/failures';
import { Rest } from '../../protocol/rest';
import { ServerTime } from '../../protocol/serverTime';
import { FakeClock } from '../../protocol/testing/fakeClock';
import { cut, type Reply, ScriptedFetch, says } from '../../protocol/testing/scriptedFetch';
import { BASE } from '../../protocol/testing/signedIn';
import { MemoryDisk, MemoryStore } from '../../store/memory';
import { StoreError } from '../../store/store';
import { SigningIn } from './signingIn';
import { identityChange, StoredAccount } from './storedAccount';
import { ACCOUNT_TABLES } from './tables';

const ADA = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';
const GRACE = '3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40';

const NO_BUNDLE = says(404, { detail: 'This account has no keys at present.' });
const BUNDLE = says(200, { bundle_version: 3 });

function profile(userId: string, more: object = {}) {
  const name = userId === ADA ? 'ada' : 'grace';
  return {
    user_id: userId,
    email: `${name}@example.com`,
    username: name,
    full_name: name,
    ...more,
  };
}

function session(userId: string): Reply {
  return says(200, {
    ...profile(userId),
    access_token: 'access',
    refresh_token: 'refresh',
    expires_in: 900,
  });
}

function setUp(...replies: Reply[]) {
  const clock = new FakeClock();
  const server = new ScriptedFetch(BASE).add(...replies);
  const rest = new Rest(BASE, server.fetch, clock, new ServerTime(clock));
  const disks = new Map<string, MemoryDisk>();
  let fault: StoreError | undefined;
  const storeOf = async (userId: string) => {
    if (fault) {
      throw fault;
    }
    const disk = disks.get(userId) ?? new MemoryDisk();
    disks.set(userId, disk);
    return new MemoryStore(ACCOUNT_TABLES, disk);
  };
  return {
    server,
    disks,
    storeOf,
    signingIn: new SigningIn(rest, clock, { storeOf }),
    fails: (failure: StoreError) => {
      fault = failure;
    },
  };
}

describe('signing in', () => {
  it('stores account and session; an identity may be made where none is published', async () => {
    const { signingIn, storeOf } = setUp(session(ADA), says(200, profile(ADA)), NO_BUNDLE);

    const signedIn = await signingIn.login('ada@example.com', 'secret');

    expect(signedIn.identity).toBe('free');
    expect(signedIn.account).toMatchObject({ userId: ADA, emailVerified: true });
    const stored = new StoredAccount(await storeOf(ADA));
    expect(await stored.account()).toEqual(signedIn.account);
    expect(await stored.tokens()).toMatchObject({ access: 'access', refresh: 'refresh' });
  });

  it('makes no identity where one is published elsewhere', async () => {
    const { signingIn, storeOf } = setUp(session(ADA), says(200, profile(ADA)), BUNDLE);

    expect((await signingIn.login('ada@example.com', 'secret')).identity).toBe('elsewhere');
    expect(await new StoredAccount(await storeOf(ADA)).identity()).toBe('elsewhere');
  });

  it('goes on with the identity that is here', async () => {
    const { signingIn, storeOf } = setUp(session(ADA), says(200, profile(ADA)), BUNDLE);
    await (await storeOf(ADA)).commit([identityChange('here')]);

    expect((await signingIn.login('ada@example.com', 'secret')).identity).toBe('here');
  });

  it('keeps two people apart', async () => {
    const { signingIn, storeOf } = setUp(
      session(ADA),
      says(200, profile(ADA)),
      NO_BUNDLE,
      session(GRACE),
      says(200, profile(GRACE)),
      NO_BUNDLE,
    );
    await signingIn.login('ada@example.com', 'secret');
    await signingIn.login('grace@example.com', 'secret');

    expect((await new StoredAccount(await storeOf(ADA)).account())?.username).toBe('ada');
    expect((await new StoredAccount(await storeOf(GRACE)).account())?.username).toBe('grace');
  });

  it('says that an address is to be verified where it is', async () => {
    const { signingIn } = setUp(
      session(ADA),
      says(200, profile(ADA, { email_verified: false })),
      NO_BUNDLE,
    );

    expect((await signingIn.login('a@b.c', 'p')).account.emailVerified).toBe(false);
  });

  it('with a wrong password stores nothing', async () => {
    const { signingIn, disks } = setUp(says(401, { detail: 'Wrong.' }));

    await expect(signingIn.login('a@b.c', 'p')).rejects.toBeInstanceOf(ServerRefusal);
    expect(disks.size).toBe(0);
  });

  it.each<[string, Reply[]]>([
    ['its profile', [cut]],
    ['whether there is an identity', [says(200, profile(ADA)), says(503, {})]],
  ])('that never learns %s ends the session again and stores nothing', async (_, replies) => {
    const { signingIn, disks, server } = setUp(session(ADA), ...replies, says(204));

    await expect(signingIn.login('a@b.c', 'p')).rejects.toBeInstanceOf(Unreachable);
    expect(disks.size).toBe(0);
    expect(server.routes.at(-1)).toBe('POST /auth/logout');
    expect(server.asked.at(-1)?.text).toBe('{"refresh_token":"refresh"}');
  });

  it('that finds no room ends the session again, and says why', async () => {
    const { signingIn, server, fails } = setUp(
      session(ADA),
      says(200, profile(ADA)),
      NO_BUNDLE,
      cut,
    );
    fails(new StoreError('full', 'There is no room.'));

    await expect(signingIn.login('a@b.c', 'p')).rejects.toMatchObject({ code: 'full' });
    expect(server.routes.at(-1)).toBe('POST /auth/logout');
  });

  it('keeps the tokens that came meanwhile', async () => {
    const { signingIn, storeOf } = setUp(
      session(ADA),
      says(401, {}),
      says(200, { access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 900 }),
      says(200, profile(ADA)),
      NO_BUNDLE,
    );
    await signingIn.login('a@b.c', 'p');

    expect((await new StoredAccount(await storeOf(ADA)).tokens())?.refresh).toBe('refresh-2');
  });
});

it('registers', async () => {
  const { signingIn, server } = setUp(session(ADA), says(200, profile(ADA)), NO_BUNDLE);

  await signingIn.register('ada@example.com', 'secret', { username: 'ada', fullName: '' });

  expect(server.routes[0]).toBe('POST /auth/register');
});

it('takes a code as it was pasted', async () => {
  const { signingIn, server } = setUp(says(202, {}), says(204));

  await signingIn.forgotPassword('ada@example.com');
  await signingIn.resetPassword('ada@example.com', ' 7K2QM-0XW9D\n', 'another one');

  expect(JSON.parse(server.asked[1]?.text ?? '').code).toBe('7K2QM-0XW9D');
});
