import { describe, expect, it } from 'vitest';
import { ServerRefusal, Unreachable } from './failures';
import { SignIn } from './signIn';
import { type Reply, says, saysText } from './testing/scriptedFetch';
import { signedIn } from './testing/signedIn';

const SESSION = {
  access_token: 'access',
  refresh_token: 'refresh',
  expires_in: 900,
  user_id: '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21',
  email: 'ada@example.com',
  username: 'ada',
  full_name: 'Ada Lovelace',
  tomorrow: [1],
};

function setUp(...replies: Reply[]) {
  const { rest, clock, server } = signedIn(...replies);
  return { signIn: new SignIn(rest, clock, 'QuantChat (Firefox, Linux)'), server, clock };
}

describe('signing in', () => {
  it('opens a session', async () => {
    const { signIn, server, clock } = setUp(says(200, SESSION));

    expect(await signIn.login('ada@example.com', 'secret')).toEqual({
      profile: {
        userId: SESSION.user_id,
        email: 'ada@example.com',
        username: 'ada',
        fullName: 'Ada Lovelace',
      },
      tokens: { access: 'access', refresh: 'refresh', expires: clock.now() + 900_000 },
    });
    expect(server.routes).toEqual(['POST /auth/login']);
    expect(JSON.parse(server.asked[0]?.text ?? '')).toEqual({
      email: 'ada@example.com',
      password: 'secret',
      client_name: 'QuantChat (Firefox, Linux)',
    });
  });

  it('leaves names that nobody chose to the server', async () => {
    const { signIn, server } = setUp(says(201, SESSION), says(201, SESSION));

    await signIn.register('a@b.c', 'secret', { username: '', fullName: '' });
    await signIn.register('a@b.c', 'secret', { username: 'ada', fullName: 'Ada' });

    const bodies = server.asked.map((asked) => JSON.parse(asked.text ?? ''));
    expect(bodies[0]).not.toHaveProperty('username');
    expect(bodies[0]).not.toHaveProperty('full_name');
    expect(bodies[1]).toMatchObject({ username: 'ada', full_name: 'Ada' });
  });

  it('is refused in the words of the server', async () => {
    const { signIn } = setUp(says(401, { detail: 'The email address or the password is wrong.' }));

    const failure = await signIn.login('a@b.c', 'wrong').catch((reason: unknown) => reason);

    expect(failure).toBeInstanceOf(ServerRefusal);
    expect(failure).toMatchObject({ status: 401, message: expect.stringContaining('is wrong') });
  });

  it.each<[string, object]>([
    ['no id', { ...SESSION, user_id: undefined }],
    ['an id that is a path', { ...SESSION, user_id: '../../x' }],
    ['no token', { ...SESSION, access_token: null }],
    ['a name that is a number', { ...SESSION, username: 7 }],
  ])('fails where the answer has %s', async (_, answer) => {
    const { signIn } = setUp(says(200, answer));

    await expect(signIn.login('a@b.c', 'p')).rejects.toBeInstanceOf(Unreachable);
  });

  it('fails where the network wants to be signed in to first', async () => {
    const { signIn } = setUp(saysText(200, '<html>Welcome to our hotel</html>'));

    await expect(signIn.login('a@b.c', 'p')).rejects.toBeInstanceOf(Unreachable);
  });
});

it('asks for a mail, and chooses a password with its code', async () => {
  const { signIn, server } = setUp(says(202, { detail: 'On its way.' }), says(204));

  await signIn.forgotPassword('ada@example.com');
  await signIn.resetPassword('ada@example.com', '7K2QM-0XW9D', 'another one');

  expect(server.routes).toEqual(['POST /auth/password/forgot', 'POST /auth/password/reset']);
  expect(server.asked.every((asked) => asked.bearer === undefined)).toBe(true);
});
