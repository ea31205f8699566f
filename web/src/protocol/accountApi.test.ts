import { describe, expect, it } from 'vitest';
import { AccountApi } from './accountApi';
import { ServerRefusal, Unreachable } from './failures';
import { type Reply, says } from './testing/scriptedFetch';
import { signedIn } from './testing/signedIn';

const ADA = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';
const PROFILE = { user_id: ADA, email: 'ada@example.com', username: 'ada', full_name: 'Ada' };
const SESSION = {
  session_id: '3f2b9f4e-7c0d-4a52-8a37-9b1f6d5e2c10',
  name: null,
  created_at: '2026-02-02T10:00:00.123Z',
  last_used_at: '2026-02-03T08:30:00.456Z',
  current: true,
};

function setUp(...replies: Reply[]) {
  const { rest, session, server } = signedIn(...replies);
  return { account: new AccountApi(rest, session), server };
}

describe('the profile', () => {
  it('says whether the address is verified, where it is', async () => {
    const { account } = setUp(
      says(200, PROFILE),
      says(200, { ...PROFILE, email_verified: false }),
      says(200, { ...PROFILE, email_verified: 'no' }),
    );

    expect((await account.profile()).emailVerified).toBeUndefined();
    expect((await account.profile()).emailVerified).toBe(false);
    expect((await account.profile()).emailVerified).toBeUndefined();
  });

  it('changes in what is said, and in nothing else', async () => {
    const { account, server } = setUp(says(200, { ...PROFILE, full_name: 'Ada King' }));

    expect(await account.changeProfile({ fullName: 'Ada King' })).toMatchObject({
      fullName: 'Ada King',
    });
    expect(server.asked[0]?.text).toBe('{"full_name":"Ada King"}');
  });
});

describe('the address', () => {
  it('changes at once, or once it is verified', async () => {
    const { account } = setUp(
      says(200, { email: 'ada@example.org' }),
      says(202, { email: 'ada@example.com', pending_email: 'ada@example.org' }),
    );

    expect(await account.changeEmail('ada@example.org', 'p')).toEqual({ email: 'ada@example.org' });
    expect(await account.changeEmail('ada@example.org', 'p')).toEqual({
      pending: 'ada@example.org',
    });
  });

  it('is verified by a code, without a session', async () => {
    const { account, server } = setUp(
      says(202, { email: '', pending_email: 'ada@example.org' }),
      says(200, { user_id: ADA, email: 'ada@example.org', email_verified: true }),
    );

    expect(await account.sendVerification()).toBe('ada@example.org');
    expect(await account.verifyEmail(ADA, '7K2QM-0XW9D')).toBe('ada@example.org');
    expect(server.asked[1]?.bearer).toBeUndefined();
  });
});

describe('sessions', () => {
  it('are listed; what they are called may not be known', async () => {
    const { account } = setUp(
      says(200, { sessions: [SESSION, { ...SESSION, name: 'Phone', current: false }] }),
    );

    expect(await account.sessions()).toEqual([
      {
        id: SESSION.session_id,
        program: undefined,
        created: Date.parse(SESSION.created_at),
        lastUsed: Date.parse(SESSION.last_used_at),
        isCurrent: true,
      },
      expect.objectContaining({ program: 'Phone', isCurrent: false }),
    ]);
  });

  it.each(['session_id', 'created_at', 'last_used_at'])(
    'without %s make no sense',
    async (name) => {
      const { account } = setUp(says(200, { sessions: [{ ...SESSION, [name]: 'x' }] }));

      await expect(account.sessions()).rejects.toBeInstanceOf(Unreachable);
    },
  );

  it('are ended by an id that reaches no other route', async () => {
    const { account, server } = setUp(says(204), says(204));

    await account.endSession('../password?x');
    await account.endOtherSessions();

    expect(server.routes).toEqual([
      'DELETE /auth/sessions/..%2Fpassword%3Fx',
      'DELETE /auth/sessions',
    ]);
  });
});

describe('the export', () => {
  it('is its pages put together', async () => {
    const { account, server } = setUp(
      says(200, { profile: PROFILE, messages: [{ id: 1 }], next_cursor: 'a+b' }),
      says(200, { messages: [{ id: 2 }], next_cursor: null }),
    );

    expect(await account.export()).toEqual({ profile: PROFILE, messages: [{ id: 1 }, { id: 2 }] });
    expect(server.routes[1]).toBe('GET /users/me/export?cursor=a%2Bb');
  });

  it('has an end', async () => {
    const pages = Array.from({ length: 200 }, (_, page) =>
      says(200, { messages: [], next_cursor: `${page}` }),
    );
    const { account } = setUp(...pages);

    await expect(account.export()).rejects.toThrow('no end');
  });
});

it('changes the password and deletes the account with it, in bodies', async () => {
  const { account, server } = setUp(says(204), says(202, {}), says(403, { detail: 'Wrong.' }));

  await account.changePassword('old', 'new');
  await account.delete('new');
  await expect(account.delete('wrong')).rejects.toBeInstanceOf(ServerRefusal);

  expect(server.routes).toEqual(['POST /auth/password', 'DELETE /users/me', 'DELETE /users/me']);
  expect(server.asked[0]?.text).toBe('{"password":"old","new_password":"new"}');
});
