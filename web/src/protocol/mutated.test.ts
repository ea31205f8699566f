import { expect, it } from 'vitest';
import { AccountApi } from './accountApi';
import { LoginRequired, ServerRefusal, Unreachable } from './failures';
import { frameOf } from './frame';
import { KeyDirectory } from './keyDirectory';
import { MediaApi } from './mediaApi';
import { RelayApi } from './relayApi';
import { SignIn } from './signIn';
import { says } from './testing/scriptedFetch';
import { newSeed, seeded } from './testing/seeded';
import { BASE, signedIn } from './testing/signedIn';

const ID = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';
const TIME = '2026-02-02T10:00:00.000Z';
const CONTACT = {
  contact_id: ID,
  contact_username: 'ada',
  contact_email: '',
  contact_full_name: 'Ada',
  is_online: true,
  blocked: false,
  created_at: TIME,
};
const ACCOUNT = {
  user_id: ID,
  email: 'ada@example.com',
  username: 'ada',
  full_name: 'Ada',
  access_token: 'access',
  refresh_token: 'refresh',
  expires_in: 900,
  email_verified: true,
};
const PART = { number: 1, offset: 0, size: 9, url: 'https://a.example/b', headers: { host: 'a' } };

function every() {
  const { rest, session, server, clock } = signedIn();
  const account = new AccountApi(rest, session);
  const relay = new RelayApi(rest, session);
  const keys = new KeyDirectory(rest, session);
  const media = new MediaApi(rest, session, BASE);
  const file = { size: 9, sha256: '', deleteHash: '', parts: [] };
  const calls: [object, () => Promise<unknown>][] = [
    [{ contacts: [CONTACT, CONTACT], next_cursor: null }, () => relay.contacts()],
    [[CONTACT], () => relay.contacts()],
    [CONTACT, () => relay.addContact('a@b.c')],
    [{ messages: [{ id: ID }], next_cursor: 'c' }, () => relay.pending(undefined)],
    [{ status: 'queued', message_id: ID }, () => relay.send('{}')],
    [{ ticket: 't' }, () => relay.socketTicket()],
    [ACCOUNT, () => new SignIn(rest, clock, 'p').login('a@b.c', 'p')],
    [ACCOUNT, () => account.profile()],
    [{ email: 'a@b.c', pending_email: 'd@e.f' }, () => account.changeEmail('d@e.f', 'p')],
    [
      { sessions: [{ session_id: ID, name: 'n', created_at: TIME, last_used_at: TIME }] },
      () => account.sessions(),
    ],
    [{ profile: {}, messages: [{}], next_cursor: null }, () => account.export()],
    [{ one_time: 7, low: true }, () => keys.stock()],
    [{ bundle: {}, batches: [{}], one_time_prekeys: [] }, () => keys.take(ID, 1, 1)],
    [{ bundle_version: 1 }, () => keys.bundle(ID, 0)],
    [
      { media_id: 'A'.repeat(43), expires_at: TIME, upload: { multipart: true, parts: [PART] } },
      () => media.begin(file),
    ],
    [{ expires_at: TIME, size: 9, download: { url: '/a' } }, () => media.download(ID)],
  ];
  return { server, calls };
}

/** Something in it is something else, or gone, or there is more; now and then all of it. */
function mutated(value: unknown, random: () => number): unknown {
  const others = [null, true, -1, 1.5, 2 ** 60, '', '\ud800', 'x'.repeat(99), [], {}, [[{}]], ID];
  if (random() < 0.15 || typeof value !== 'object' || value === null) {
    return others[Math.floor(random() * others.length)];
  }
  if (Array.isArray(value)) {
    const chosen = Math.floor(random() * value.length);
    return value.map((element, at) => (at === chosen ? mutated(element, random) : element));
  }
  const names = Object.keys(value);
  const name = names[Math.floor(random() * names.length)] ?? 'more';
  const { [name]: chosen, ...rest } = value as Record<string, unknown>;
  return random() < 0.2 ? rest : { ...rest, [name]: mutated(chosen, random) };
}

it('takes an answer, or says that there was none; nothing else comes of what servers say', async () => {
  const seed = newSeed('Answers');
  const random = seeded(seed);
  const { server, calls } = every();

  for (let round = 0; round < 60; round++) {
    for (const [answer, call] of calls) {
      const body = mutated(answer, random);
      const reply = says(200, body);
      // Some ask for another page, some for the other way up; none for more than a few.
      server.add(...Array.from({ length: 3 }, () => reply));
      const failure = await call().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      server.forget();
      const isKnown =
        failure === undefined ||
        failure instanceof Unreachable ||
        failure instanceof ServerRefusal ||
        failure instanceof LoginRequired;
      expect(isKnown, `seed ${seed}: ${JSON.stringify(body)} ends in ${failure}`).toBe(true);
    }
  }
});

it('reads every frame', () => {
  const seed = newSeed('Frames');
  const random = seeded(seed);
  const types = ['new_message', 'message_queued', 'error', 'message_read', 'typing', 'user_online'];
  const payload = {
    user_id: ID,
    message_id: ID,
    sender_id: ID,
    type: 'send',
    status: 429,
    retry_after: 7,
    is_typing: true,
    proof: 'p',
  };

  for (let round = 0; round < 3_000; round++) {
    const changed = mutated(payload, random);
    if (typeof changed === 'object' && changed !== null && !Array.isArray(changed)) {
      const type = types[round % types.length] ?? '';
      const frame = frameOf(type, changed as Record<string, unknown>);
      for (const id of ['userId', 'messageId', 'contactId', 'senderId']) {
        const value = (frame as Record<string, unknown>)[id];
        expect(value === undefined || value === ID, `seed ${seed}`).toBe(true);
      }
    }
  }
});
