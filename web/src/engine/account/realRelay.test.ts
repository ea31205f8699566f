import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../protocol/clock';
import { LoginRequired, ServerRefusal } from '../../protocol/failures';
import { MemoryDisk, MemoryStore } from '../../store/memory';
import { SigningIn } from './signingIn';
import { identityChange } from './storedAccount';
import { ACCOUNT_TABLES } from './tables';
import { newKeys } from './testing/newKeys';
import { PASSWORD, Person, PROGRAM, RELAY, rest, serverTime, signIn } from './testing/relayPerson';

/** The folder that it writes its mails into. */
const MAILS = process.env.QUANTCHAT_MAILS ?? '';
if (MAILS === '') {
  console.log('No mail is read: QUANTCHAT_MAILS names no folder of a relay.');
}

/** The code of the newest mail to an address; waits for it. */
async function codeTo(email: string, subject: RegExp): Promise<string> {
  for (;;) {
    const mail = readdirSync(MAILS)
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .reverse()
      .map((name) => readFileSync(join(MAILS, name), 'utf8'))
      .find((text) => text.includes(`To: ${email}`) && subject.test(text));
    const code = mail && /^ +([0-9A-Z]{5}-[0-9A-Z]{5})$/m.exec(mail)?.[1];
    if (code) {
      return code;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

describe.skipIf(RELAY === '')('at a real relay', () => {
  it.skipIf(MAILS === '')(
    'an address is verified, and a forgotten password replaced, by what was mailed',
    async () => {
      const ada = await Person.registered();
      const email = `new-${ada.email}`;
      expect(await ada.account.changeEmail(email, PASSWORD)).toEqual({ pending: email });
      const code = await codeTo(email, /^Subject: Confirm/m);
      expect(await ada.account.verifyEmail(ada.id, code.toLowerCase())).toBe(email);
      expect(await ada.account.profile()).toMatchObject({ email, emailVerified: true });

      await signIn.forgotPassword(email);
      const reset = await codeTo(email, /password/i);
      await signIn.resetPassword(email, reset, 'another password');
      await expect(ada.relay.socketTicket()).rejects.toBeInstanceOf(LoginRequired);
      expect((await signIn.login(email, 'another password')).profile.userId).toBe(ada.id);
    },
  );

  it('an account is made, used, changed and deleted', async () => {
    const ada = await Person.registered();
    expect(Math.abs((serverTime.now() ?? 0) - Date.now())).toBeLessThan(5_000);
    await expect(
      signIn.register(ada.email, PASSWORD, { username: '', fullName: '' }),
    ).rejects.toMatchObject({ status: 409 });
    await expect(signIn.login(ada.email, 'wrong password')).rejects.toMatchObject({ status: 401 });
    await expect(
      signIn.register('no address', 'short', { username: '', fullName: '' }),
    ).rejects.toMatchObject({ status: 422 });

    expect(await ada.account.changeProfile({ fullName: 'Ada King' })).toMatchObject({
      userId: ada.id,
      username: 'ada',
      fullName: 'Ada King',
    });
    const email = `new-${ada.email}`;
    // A relay that runs on a developer's machine writes its mails into a file.
    expect((await ada.account.profile()).emailVerified).toBe(false);
    expect(await ada.account.changeEmail(email, PASSWORD)).toEqual({ pending: email });
    expect(await ada.account.sendVerification()).toBe(email);
    await expect(ada.account.verifyEmail(ada.id, 'AAAAA-AAAAA')).rejects.toBeInstanceOf(
      ServerRefusal,
    );
    await signIn.forgotPassword(ada.email);

    const elsewhere = await signIn.login(ada.email, PASSWORD);
    const sessions = await ada.account.sessions();
    expect(sessions.map((session) => session.isCurrent).sort()).toEqual([false, true]);
    expect(sessions[0]?.program).toBe(PROGRAM);
    await ada.account.endOtherSessions();
    const other = new Person(ada.id, ada.email, elsewhere.tokens);
    await expect(other.relay.socketTicket()).rejects.toBeInstanceOf(LoginRequired);

    await ada.account.changePassword(PASSWORD, 'another password');
    await expect(signIn.login(ada.email, PASSWORD)).rejects.toBeInstanceOf(ServerRefusal);
    const all = await ada.account.export();
    expect(all).toMatchObject({ messages: [], profile: { user_id: ada.id } });

    await expect(ada.account.delete(PASSWORD)).rejects.toMatchObject({ status: 403 });
    await ada.account.delete('another password');
    await ada.account.delete('another password');
    await expect(ada.account.profile()).rejects.toBeInstanceOf(LoginRequired);
  });

  it('tokens are refreshed once for many calls, and none after the logout', async () => {
    const ada = await Person.registered();
    const first = await ada.held.tokens();
    if (!first) {
      throw new Error('There are no tokens');
    }
    await ada.held.keep({ ...first, expires: 0 });

    await Promise.all(Array.from({ length: 5 }, () => ada.account.profile()));

    const second = await ada.held.tokens();
    expect(second?.refresh).not.toBe(first.refresh);
    // Whoever has the answer lost asks again, and gets the same.
    await ada.held.keep({ ...first, expires: 0 });
    await ada.account.profile();
    expect((await ada.held.tokens())?.refresh).toBe(second?.refresh);

    await ada.session.logout();
    const over = new Person(ada.id, ada.email, {
      ...first,
      refresh: second?.refresh ?? '',
      expires: 0,
    });
    await expect(over.account.profile()).rejects.toBeInstanceOf(LoginRequired);
    expect(await over.held.tokens()).toBeUndefined();
  });

  it('a second browser makes no identity where the first has published one', async () => {
    const browser = () => {
      const disks = new Map<string, MemoryDisk>();
      const storeOf = async (userId: string) => {
        const disk = disks.get(userId) ?? new MemoryDisk();
        disks.set(userId, disk);
        return new MemoryStore(ACCOUNT_TABLES, disk);
      };
      return new SigningIn(rest, systemClock, { storeOf }, PROGRAM);
    };
    const [first, second] = [browser(), browser()];
    const email = `${randomBytes(8).toString('hex')}@example.com`;
    const names = { username: '', fullName: '' };
    const { account, identity, store } = await first.register(email, PASSWORD, names);
    expect(identity).toBe('free');
    expect((await second.login(email, PASSWORD)).identity).toBe('free');

    const ada = await Person.loggedIn(email);
    const { bundle } = await newKeys(account.userId);
    expect(await ada.keys.publish(bundle.toMap())).toBe(true);
    await store.commit([identityChange('here')]);

    expect((await second.login(email, PASSWORD)).identity).toBe('elsewhere');
    expect((await first.login(email, PASSWORD)).identity).toBe('here');
  });
});
