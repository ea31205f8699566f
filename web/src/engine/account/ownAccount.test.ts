import { describe, expect, it } from 'vitest';
import { LoginRequired, ServerRefusal, Unreachable } from '../../protocol/failures';
import { Rest } from '../../protocol/rest';
import { ServerTime } from '../../protocol/serverTime';
import { Session } from '../../protocol/session';
import { FakeClock } from '../../protocol/testing/fakeClock';
import { cut, type Reply, ScriptedFetch, says } from '../../protocol/testing/scriptedFetch';
import { BASE } from '../../protocol/testing/signedIn';
import { MemoryStore } from '../../store/memory';
import type { Account } from '../api';
import { OwnAccount } from './ownAccount';
import { StoredAccount } from './storedAccount';
import { ACCOUNT_TABLES } from './tables';

const ADA: Account = {
  userId: '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21',
  email: 'ada@example.com',
  username: 'ada',
  fullName: 'Ada Lovelace',
  emailVerified: false,
};
const PROFILE = {
  user_id: ADA.userId,
  email: ADA.email,
  username: 'ada',
  full_name: 'Ada King',
  email_verified: true,
};
const LISTED = {
  session_id: '3f2b9f4e-7c0d-4a52-8a37-9b1f6d5e2c10',
  name: 'QuantChat (browser)',
  created_at: '2026-02-02T10:00:00.000Z',
  last_used_at: '2026-02-02T11:00:00.000Z',
  current: true,
};
const OTHER = { ...LISTED, session_id: '4f2b9f4e-7c0d-4a52-8a37-9b1f6d5e2c10', current: false };

async function setUp(...replies: Reply[]) {
  const clock = new FakeClock();
  const server = new ScriptedFetch(BASE).add(...replies);
  const rest = new Rest(BASE, server.fetch, clock, new ServerTime(clock));
  const store = new MemoryStore(ACCOUNT_TABLES);
  const stored = new StoredAccount(store);
  await stored.opened(
    ADA,
    { access: 'access', refresh: 'refresh', expires: clock.now() + 900_000 },
    'here',
  );
  const told: (Account | string)[] = [];
  const account = new OwnAccount(rest, new Session(rest, stored, clock), stored, {
    changed: (now) => told.push(now),
    ended: (why) => told.push(why),
  });
  return { account, server, store, stored, told };
}

describe('who it is', () => {
  it('is stored, and then told', async () => {
    const { account, stored, told } = await setUp(says(200, PROFILE), says(200, PROFILE));
    const now = { ...ADA, fullName: 'Ada King', emailVerified: true };

    expect(await account.refresh()).toEqual(now);
    expect(await account.updateProfile({ fullName: 'Ada King' })).toEqual(now);

    expect(await stored.account()).toEqual(now);
    expect(told).toEqual([now, now]);
  });

  it('is never another', async () => {
    const other = { ...PROFILE, user_id: '3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40' };
    const { account, stored, told } = await setUp(says(200, other));

    await expect(account.refresh()).rejects.toMatchObject({ code: 'damaged' });
    expect(await stored.account()).toEqual(ADA);
    expect(told).toEqual([]);
  });
});

describe('the address', () => {
  it('is another at once where the server sends no mail', async () => {
    const { account, stored } = await setUp(says(200, { email: 'ada@example.org' }));

    expect(await account.changeEmail('ada@example.org', 'p')).toBe(false);
    expect((await stored.account())?.email).toBe('ada@example.org');
  });

  it('is another once its code is shown', async () => {
    const { account, stored, server } = await setUp(
      says(202, { email: ADA.email, pending_email: 'ada@example.org' }),
      says(202, { email: ADA.email, pending_email: 'ada@example.org' }),
      says(200, { user_id: ADA.userId, email: 'ada@example.org', email_verified: true }),
    );

    expect(await account.changeEmail('ada@example.org', 'p')).toBe(true);
    expect((await stored.account())?.email).toBe(ADA.email);
    await account.sendVerification();
    await account.verifyEmail(' 7K2QM-0XW9D ');

    expect(await stored.account()).toMatchObject({ email: 'ada@example.org', emailVerified: true });
    expect(JSON.parse(server.asked[2]?.text ?? '').code).toBe('7K2QM-0XW9D');
  });

  it('stays with a wrong code', async () => {
    const { account, stored } = await setUp(says(403, { detail: 'That code is wrong.' }));

    await expect(account.verifyEmail('x')).rejects.toBeInstanceOf(ServerRefusal);
    expect(await stored.account()).toEqual(ADA);
  });
});

describe('sessions', () => {
  it('are listed', async () => {
    const { account } = await setUp(says(200, { sessions: [LISTED, { ...OTHER, name: null }] }));

    const sessions = await account.sessions();

    expect(sessions[0]).toMatchObject({ program: 'QuantChat (browser)', isCurrent: true });
    expect(sessions[1]).not.toHaveProperty('program');
  });

  it('that are ended elsewhere leave this one', async () => {
    const { account, stored, told } = await setUp(
      says(200, { sessions: [LISTED, OTHER] }),
      says(204),
    );
    await account.endSession(OTHER.session_id);

    expect(await stored.tokens()).toBeDefined();
    expect(told).toEqual([]);
  });

  it('that are ended and are this one take the tokens along', async () => {
    const { account, stored, told } = await setUp(
      says(200, { sessions: [LISTED, OTHER] }),
      says(204),
    );
    await account.endSession(LISTED.session_id);

    expect(await stored.tokens()).toBeUndefined();
    expect(told).toEqual(['signed_out']);
  });

  it('that have ended ask for a login', async () => {
    const { account } = await setUp(says(401, {}), says(401, {}));

    await expect(account.sessions()).rejects.toBeInstanceOf(LoginRequired);
  });
});

describe('signing out', () => {
  it('ends the session there and here', async () => {
    const { account, stored, told } = await setUp(says(204));

    expect(await account.logout()).toBe(true);
    expect(await stored.tokens()).toBeUndefined();
    expect(told).toEqual(['signed_out']);
  });

  it('ends it here where the server is away', async () => {
    const { account, stored, told } = await setUp(cut);

    expect(await account.logout()).toBe(false);
    expect(await stored.tokens()).toBeUndefined();
    expect(told).toEqual(['signed_out']);
  });

  it('that the store refuses has not happened', async () => {
    const { account, store, stored, told, server } = await setUp();
    store.at(1, { fail: 'full' });

    await expect(account.logout()).rejects.toMatchObject({ code: 'full' });
    expect(await stored.tokens()).toBeDefined();
    expect(told).toEqual([]);
    expect(server.asked).toEqual([]);
  });
});

describe('deleting the account', () => {
  it('leaves what is stored, without a session', async () => {
    const { account, stored, told } = await setUp(says(202, {}));
    await account.deleteAccount('secret');

    expect(await stored.account()).toEqual(ADA);
    expect(await stored.tokens()).toBeUndefined();
    expect(told).toEqual(['account_deleted']);
  });

  it.each<[string, Reply]>([
    ['with a wrong password', says(403, { detail: 'The password is wrong.' })],
    ['without an answer', cut],
  ])('%s changes nothing here', async (_, reply) => {
    const { account, stored, told } = await setUp(reply);

    await expect(account.deleteAccount('x')).rejects.toThrow();
    expect(await stored.tokens()).toBeDefined();
    expect(told).toEqual([]);
  });
});

it('exports what the server has, as JSON that a person can read', async () => {
  const { account } = await setUp(says(200, { profile: PROFILE, messages: [], next_cursor: null }));

  const file = await account.exportAccount();

  expect(file.type).toBe('application/json');
  expect(JSON.parse(await file.text())).toEqual({ profile: PROFILE, messages: [] });
  expect(await file.text()).toContain('\n');
});

it('fails without an answer, and loses nothing', async () => {
  const { account, stored } = await setUp(cut);

  await expect(account.changePassword('a', 'b')).rejects.toBeInstanceOf(Unreachable);
  expect(await stored.tokens()).toBeDefined();
});
