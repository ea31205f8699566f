import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import WebSocketOfNode from 'ws';
import { AccountApi } from '../../protocol/accountApi';
import { systemClock } from '../../protocol/clock';
import { LoginRequired, ServerRefusal } from '../../protocol/failures';
import type { Frame } from '../../protocol/frame';
import { KeyDirectory } from '../../protocol/keyDirectory';
import { MediaApi, type SealedFile } from '../../protocol/mediaApi';
import { ObjectClient } from '../../protocol/objectClient';
import { RelayApi } from '../../protocol/relayApi';
import { Rest } from '../../protocol/rest';
import { ServerTime } from '../../protocol/serverTime';
import { Session, type Tokens } from '../../protocol/session';
import { SignIn } from '../../protocol/signIn';
import { Socket, type WebSocketConstructor } from '../../protocol/socket';
import { HeldTokens } from '../account/heldTokens';
import type { Connection } from '../api';
import { Link } from './link';

/** The address of a relay that runs, without limits: `http://localhost:8080`. */
const RELAY = process.env.QUANTCHAT_RELAY ?? '';
if (RELAY === '') {
  console.log('No relay is asked: QUANTCHAT_RELAY has no address of one.');
}

/** The folder that it writes its mails into. */
const MAILS = process.env.QUANTCHAT_MAILS ?? '';
if (MAILS === '') {
  console.log('No mail is read: QUANTCHAT_MAILS names no folder of a relay.');
}

const PASSWORD = 'correct horse battery staple';
const MEBIBYTE = 1024 * 1024;
const NEVER = new AbortController().signal;
const webSocket = WebSocketOfNode as unknown as WebSocketConstructor;

const serverTime = new ServerTime(systemClock);
const rest = new Rest(`${RELAY}/api/v1`, fetch, systemClock, serverTime);
const signIn = new SignIn(rest, systemClock, 'QuantChat (Firefox, Linux)');

class Person {
  readonly id: string;
  readonly email: string;
  readonly held: HeldTokens;
  readonly session: Session;
  readonly account: AccountApi;
  readonly relay: RelayApi;
  readonly keys: KeyDirectory;
  readonly media: MediaApi;

  constructor(id: string, email: string, tokens: Tokens) {
    this.id = id;
    this.email = email;
    this.held = new HeldTokens(tokens);
    this.session = new Session(rest, this.held, systemClock);
    this.account = new AccountApi(rest, this.session);
    this.relay = new RelayApi(rest, this.session);
    this.keys = new KeyDirectory(rest, this.session);
    this.media = new MediaApi(rest, this.session, `${RELAY}/api/v1`);
  }

  static async registered(): Promise<Person> {
    const email = `${randomBytes(8).toString('hex')}@example.com`;
    const names = { username: 'ada', fullName: 'Ada Lovelace' };
    const { profile, tokens } = await signIn.register(email, PASSWORD, names);
    return new Person(profile.userId, email, tokens);
  }

  /** A socket, with what has come over it. */
  async connected() {
    const frames: Frame[] = [];
    let waiting: () => void = () => {};
    const socket = await Socket.open(
      webSocket,
      `${RELAY.replace('http', 'ws')}/ws`,
      await this.relay.socketTicket(),
      systemClock,
      {
        frame: (frame) => {
          frames.push(frame);
          waiting();
        },
        closed: () => waiting(),
      },
    );
    const comes = async (kind: Frame['kind']): Promise<Frame> => {
      for (;;) {
        const found = frames.findIndex((frame) => frame.kind === kind);
        const [frame] = found < 0 ? [] : frames.splice(found, 1);
        if (frame) {
          return frame;
        }
        await new Promise<void>((done) => {
          waiting = done;
        });
      }
    };
    return { socket, comes };
  }
}

function messageTo(recipientId: string) {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = randomBytes(8).toString('hex');
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(0, 12)}`;
  const request = JSON.stringify({
    message_id: id,
    recipient_id: recipientId,
    encrypted_content: 'AAAA',
    encrypted_session_key: 'AAAA',
  });
  return { id, request };
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function sealed(bytes: Uint8Array, secret: Uint8Array): SealedFile {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8 * MEBIBYTE) {
    parts.push(hash(bytes.subarray(at, at + 8 * MEBIBYTE)));
  }
  return { size: bytes.length, sha256: hash(bytes), deleteHash: hash(secret), parts };
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
    expect(sessions[0]?.program).toBe('QuantChat (Firefox, Linux)');
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

  it('people add each other, are there, type, and block', async () => {
    const [ada, grace] = [await Person.registered(), await Person.registered()];
    const atGrace = await grace.connected();
    atGrace.socket.ping();
    await atGrace.comes('other');

    expect(await ada.relay.addContact(grace.email)).toMatchObject({
      id: grace.id,
      email: grace.email,
      blocked: false,
    });
    expect(await atGrace.comes('contact_added')).toMatchObject({ contactId: ada.id });
    await grace.relay.addContact(ada.email);

    const atAda = await ada.connected();
    expect(await atGrace.comes('presence')).toMatchObject({ userId: ada.id, isOnline: true });
    expect((await ada.relay.contacts())[0]).toMatchObject({ id: grace.id, isOnline: true });
    atAda.socket.typing(grace.id, true);
    expect(await atGrace.comes('typing')).toMatchObject({ userId: ada.id, isTyping: true });

    atAda.socket.close();
    expect(await atGrace.comes('presence')).toMatchObject({ userId: ada.id, isOnline: false });
    atGrace.socket.close();

    await ada.relay.block(grace.id, true);
    expect((await ada.relay.contacts())[0]?.blocked).toBe(true);
    await ada.relay.block(grace.id, false);
    await ada.relay.removeContact(grace.id);
    expect(await ada.relay.contacts()).toEqual([]);
    await expect(ada.relay.addContact('nobody@example.com')).rejects.toMatchObject({ status: 404 });
  });

  it('messages go by the socket and by REST, and are pending until they are acknowledged', async () => {
    const [ada, grace] = [await Person.registered(), await Person.registered()];
    await ada.relay.addContact(grace.email);
    await grace.relay.addContact(ada.email);
    const [atAda, atGrace] = [await ada.connected(), await grace.connected()];

    const [one, two] = [messageTo(grace.id), messageTo(grace.id)];
    expect(atAda.socket.send(one.request)).toBe(true);
    expect(await atAda.comes('queued')).toEqual({ kind: 'queued', messageId: one.id });
    expect(await atGrace.comes('new_message')).toMatchObject({
      senderId: ada.id,
      stranger: false,
      isToFetch: false,
    });
    await ada.relay.send(two.request);
    await ada.relay.send(two.request);

    const { messages, nextCursor } = await grace.relay.pending(undefined);
    expect(messages.map((message) => message.id)).toEqual([one.id, two.id].sort());
    expect(nextCursor).toBeUndefined();
    atGrace.socket.confirm('read', one.id, ada.id, undefined);
    expect(await atAda.comes('receipt')).toMatchObject({ messageId: one.id, state: 'read' });

    await grace.relay.acknowledge([one.id, two.id]);
    expect((await grace.relay.pending(undefined)).messages).toEqual([]);
    const old = messageTo(grace.id);
    const request = old.request.replace(old.id, `00000000${old.id.slice(8)}`);
    await expect(ada.relay.send(request)).rejects.toMatchObject({ code: 'clock', status: 422 });
    atAda.socket.send(request);
    expect(await atAda.comes('send_refused')).toMatchObject({ code: 'clock', status: 422 });

    atAda.socket.close();
    atGrace.socket.close();
  });

  it('nobody has keys at first', async () => {
    const ada = await Person.registered();

    expect(await ada.keys.bundle(ada.id, 0)).toBeUndefined();
    expect(await ada.keys.take(ada.id, 1, 0)).toBeUndefined();
    expect(await ada.keys.stock()).toEqual({ left: 0, isLow: true });
    await ada.keys.withdraw();
  });

  it.each([1, 17 * MEBIBYTE])(
    'a file of %d bytes goes up, comes down and goes on',
    async (size) => {
      const ada = await Person.registered();
      const objects = new ObjectClient({ fetch, clock: systemClock });
      const [bytes, secret] = [new Uint8Array(randomBytes(size)), randomBytes(32)];
      const begun = await ada.media.begin(sealed(bytes, secret));
      expect(begun.isMultipart).toBe(size > 16 * MEBIBYTE);

      let sent = 0;
      for (const part of begun.parts) {
        const blob = new Blob([bytes.subarray(part.offset, part.offset + part.size)]);
        const status = await objects.put(
          part,
          blob,
          (moved) => {
            sent += moved;
          },
          NEVER,
        );
        expect(status).toBe(200);
      }
      expect(sent).toBe(size);
      if (begun.isMultipart) {
        expect((await ada.media.renew(begun.mediaId)).parts).toEqual([]);
        await ada.media.complete(begun.mediaId);
      }

      const came = new Uint8Array(size);
      let place = 0;
      const sink = {
        from: async (begin: number) => {
          place = begin;
        },
        write: async (chunk: Uint8Array) => {
          came.set(chunk, place);
          place += chunk.length;
        },
      };
      const { url } = await ada.media.download(begun.mediaId);
      expect(await objects.get(url, 0, size, sink, () => {}, NEVER)).toBe(200);
      expect(hash(came)).toBe(hash(bytes));
      if (size > 1) {
        came.fill(0, 1_000);
        expect(await objects.get(url, 1_000, size, sink, () => {}, NEVER)).toBe(206);
        expect(hash(came)).toBe(hash(bytes));
      }

      await expect(
        ada.media.delete(begun.mediaId, randomBytes(32).toString('base64')),
      ).rejects.toMatchObject({ status: 403 });
      await ada.media.delete(begun.mediaId, secret.toString('base64'));
      await expect(ada.media.download(begun.mediaId)).rejects.toMatchObject({ status: 404 });
    },
  );

  it('a link is open until the session ends', async () => {
    const ada = await Person.registered();
    const states: Connection[] = [];
    let open: () => void = () => {};
    let end: () => void = () => {};
    const opened = new Promise<void>((done) => {
      open = done;
    });
    const ended = new Promise<void>((done) => {
      end = done;
    });
    const link = new Link({
      WebSocket: webSocket,
      url: `${RELAY.replace('http', 'ws')}/ws`,
      ticket: () => ada.relay.socketTicket(),
      clock: systemClock,
      random: Math.random,
      handler: {
        connection: (state) => states.push(state),
        opened: () => open(),
        notOpened: () => {},
        frame: () => {},
        beat: () => {},
        lost: () => {},
        loginRequired: () => end(),
      },
    });
    link.open();
    await opened;
    expect(link.connection).toBe('online');
    await ada.session.logout();
    await ended;

    expect(states).toEqual(['connecting', 'online', 'offline', 'connecting', 'offline']);
  });
});
