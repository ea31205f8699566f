import { type OfferedPrekey, OfferedPrekeys, PrekeyBatch } from '../../crypto';
import type { Clock } from '../../protocol/clock';
import { newId } from '../ids';
import type { Seeded } from './seeded';

type Json = Record<string, unknown>;

/** How calls and frames fare; probabilities. */
export interface Weather {
  /** A call never arrives. */
  loseCall: number;
  /** A call is done, and its answer lost. */
  loseAnswer: number;
  /** A push is lost. */
  losePush: number;
  /** A push comes twice. */
  repeatPush: number;
  /** A push comes before the one before it. */
  swapPushes: number;
}

export const FAIR: Weather = {
  loseCall: 0,
  loseAnswer: 0,
  losePush: 0,
  repeatPush: 0,
  swapPushes: 0,
};

interface Account {
  userId: string;
  email: string;
  password: string;
  username: string;
  bundle?: Json;
  prekeys: OfferedPrekey[];
  contacts: Set<string>;
  blocked: Set<string>;
  pending: Map<string, Json>;
  refreshTokens: Set<string>;
}

/** @param userId who calls; absent where nobody is signed in */
export type Rule = (
  method: string,
  path: string,
  body: Json,
  userId: string | undefined,
) => Answer | undefined;

/** A socket's end at the relay. */
export interface RelayEnd {
  userId: string;
  deliver(frame: Json): void;
}

/** An answer's status and body. */
interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

const LOW = 20;
const PAGE = 100;
const LARGEST_PUSH = 100_000;

/**
 * A relay in memory that follows the contract, for as much of it as engines use. It counts what
 * tests want to know, and can be had to lose, repeat and swap.
 */
export class TestingRelay {
  weather: Weather = FAIR;
  /** Calls that are answered otherwise: the first that isn't undefined counts. */
  readonly rules: Rule[] = [];
  /** Answers what is about files; what it doesn't know isn't about them. */
  media: (url: string, init?: RequestInit) => Promise<Response | undefined> = async () => undefined;
  /** Bodies of all messages that were taken, by their id: the same id has the same bytes. */
  readonly sent = new Map<string, string>();
  /** Ids that came with other bytes than before. */
  readonly altered: string[] = [];
  /** All calls that came, in their order. */
  readonly calls: string[] = [];

  readonly #clock: Clock;
  readonly #seeded: Seeded;
  readonly #accounts = new Map<string, Account>();
  readonly #ends = new Set<RelayEnd>();
  #held: (() => void) | undefined;

  constructor(clock: Clock, seeded: Seeded) {
    this.#clock = clock;
    this.#seeded = seeded;
  }

  // ---- for tests

  /** It hands a message over that was acknowledged. */
  replay(to: string, from: string, request: string): void {
    const body = JSON.parse(request) as Json;
    const { message_id: id, ...rest } = body;
    this.account(to).pending.set(String(id), { ...rest, id, sender_id: from });
  }

  /** Somebody has deleted their account. */
  leave(userId: string): void {
    this.#accounts.delete(userId);
  }

  /** It forgets a message that nobody has acknowledged. */
  lose(userId: string, messageId: string): void {
    this.account(userId).pending.delete(messageId);
  }

  /** Takes over what another relay has; its programs aren't connected here. */
  copyFrom(other: TestingRelay): void {
    for (const [userId, account] of other.#accounts) {
      this.#accounts.set(userId, {
        ...account,
        prekeys: [...account.prekeys],
        contacts: new Set(account.contacts),
        blocked: new Set(account.blocked),
        pending: new Map(account.pending),
        refreshTokens: new Set(account.refreshTokens),
      });
    }
    for (const [id, text] of other.sent) {
      this.sent.set(id, text);
    }
  }

  account(userId: string): Account {
    const account = this.#accounts.get(userId);
    if (!account) {
      throw new Error('No such account.');
    }
    return account;
  }

  pendingOf(userId: string): Json[] {
    return [...this.account(userId).pending.values()];
  }

  /** Has each have the other as a contact. */
  befriend(one: string, other: string): void {
    this.account(one).contacts.add(other);
    this.account(other).contacts.add(one);
  }

  // ---- HTTP

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    await Promise.resolve();
    const url = new URL(String(input));
    const method = init?.method ?? 'GET';
    const path = url.pathname.replace('/api/v1', '');
    if (this.#seeded.happens(this.weather.loseCall)) {
      throw new TypeError('fetch failed');
    }
    this.calls.push(`${method} ${path}`);
    const ofFile = await this.media(String(input), init);
    if (ofFile) {
      return ofFile;
    }
    const body = init?.body === undefined ? {} : (JSON.parse(String(init.body)) as Json);
    const bearer = new Headers(init?.headers).get('Authorization')?.replace('Bearer ', '');
    const answer =
      this.#ruled(method, path, body, bearer) ??
      this.#answer(method, path, url.searchParams, body, bearer);
    if (this.#seeded.happens(this.weather.loseAnswer)) {
      throw new TypeError('fetch failed');
    }
    return this.#response(answer);
  };

  #ruled(method: string, path: string, body: Json, userId: string | undefined): Answer | undefined {
    return this.rules
      .map((rule) => rule(method, path, body, userId))
      .find((it) => it !== undefined);
  }

  #response({ status, body, headers }: Answer): Response {
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { Date: new Date(this.#clock.now()).toUTCString(), ...headers },
    });
  }

  #answer(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Json,
    bearer: string | undefined,
  ): Answer {
    switch (`${method} ${path}`) {
      case 'POST /auth/register':
        return this.#register(body);
      case 'POST /auth/login':
        return this.#login(body);
      case 'POST /auth/refresh':
        return this.#refresh(body);
      case 'POST /auth/logout':
        return ok({ detail: 'Signed out.' });
    }
    const account = this.#accounts.get(bearer ?? '');
    return account ? this.#own(account, method, path, query, body) : problem(401, 'Sign in.');
  }

  #own(account: Account, method: string, path: string, query: URLSearchParams, body: Json): Answer {
    switch (`${method} ${path}`) {
      case 'GET /users/me':
        return ok({ ...profile(account), created_at: this.#time(), email_verified: true });
      case 'POST /auth/socket-ticket':
        return ok({ ticket: account.userId, expires_in: 60 });
      case 'PUT /keys/bundle':
        return this.#publish(account, body);
      case 'POST /keys/prekeys':
        return this.#upload(account, body);
      case 'GET /keys/prekeys/count':
        return ok(stock(account));
      case 'DELETE /keys/prekeys':
        account.prekeys = [];
        return ok({ withdrawn: true });
      case 'GET /contacts':
        return ok({ contacts: this.#contacts(account), next_cursor: null });
      case 'POST /contacts':
        return this.#addContact(account, body);
      case 'POST /relay/send':
        return this.#send(account, body);
      case 'GET /relay/pending':
        return ok(page(account, query.get('cursor')));
      case 'POST /relay/acknowledge':
        return this.#acknowledge(account, body);
    }
    const [, first, id, last] = path.split('/');
    if (first === 'keys' && id !== undefined && method === 'GET') {
      return last === 'bundle' ? this.#bundle(id, query) : this.#take(id, query);
    }
    if (first === 'contacts' && id !== undefined && method === 'DELETE') {
      account.contacts.delete(id);
      return { status: 204 };
    }
    return problem(404, `The double doesn't know ${method} ${path}.`);
  }

  #register(body: Json): Answer {
    const email = String(body.email);
    if ([...this.#accounts.values()].some((it) => it.email === email)) {
      return problem(409, 'This address has an account.');
    }
    const account: Account = {
      userId: newId((size) => this.#seeded.bytes(size)),
      email,
      password: String(body.password),
      username: String(body.username ?? email),
      prekeys: [],
      contacts: new Set(),
      blocked: new Set(),
      pending: new Map(),
      refreshTokens: new Set(),
    };
    this.#accounts.set(account.userId, account);
    return { status: 201, body: this.#session(account) };
  }

  #login(body: Json): Answer {
    const account = [...this.#accounts.values()].find((it) => it.email === body.email);
    return account && account.password === body.password
      ? ok(this.#session(account))
      : problem(401, 'Address or password are wrong.');
  }

  #session(account: Account): Json {
    return { ...this.#tokens(account), ...profile(account) };
  }

  #tokens(account: Account): Json {
    const refresh = newId((size) => this.#seeded.bytes(size));
    account.refreshTokens.add(refresh);
    return {
      access_token: account.userId,
      token_type: 'bearer',
      expires_in: 900,
      refresh_token: refresh,
    };
  }

  #refresh(body: Json): Answer {
    const account = [...this.#accounts.values()].find((it) =>
      it.refreshTokens.has(String(body.refresh_token)),
    );
    return account ? ok(this.#tokens(account)) : problem(401, 'The session has ended.');
  }

  // ---- keys

  #publish(account: Account, body: Json): Answer {
    const there = Number(account.bundle?.bundle_version ?? 0);
    if (Number(body.bundle_version) !== there + 1) {
      return problem(409, 'Another version is here.');
    }
    account.bundle = body;
    return ok({ bundle_version: body.bundle_version, expires_at: body.expires_at });
  }

  #upload(account: Account, body: Json): Answer {
    const batch = PrekeyBatch.fromMap(body);
    if (!account.prekeys.some(({ batch: { batchId } }) => batchId === batch.batchId)) {
      account.prekeys.push(...batch.offers());
    }
    return ok({ ...stock(account), batch_id: batch.batchId, expires_at: this.#time() });
  }

  #bundle(userId: string, query: URLSearchParams): Answer {
    const bundle = this.#accounts.get(userId)?.bundle;
    if (!bundle) {
      return problem(404, 'They have published no keys.');
    }
    return String(bundle.bundle_version) === query.get('if_version') ? { status: 304 } : ok(bundle);
  }

  #take(userId: string, query: URLSearchParams): Answer {
    const account = this.#accounts.get(userId);
    if (!account?.bundle) {
      return problem(404, 'They have published no keys.');
    }
    const wasLow = account.prekeys.length <= LOW;
    const taken = account.prekeys.splice(0, Number(query.get('take')));
    if (!wasLow && account.prekeys.length <= LOW) {
      this.#push(userId, 'prekeys_low', { one_time: account.prekeys.length });
    }
    const isKnown = String(account.bundle.bundle_version) === query.get('if_version');
    return ok({
      ...new OfferedPrekeys(userId, taken).toMap(),
      user_id: userId,
      bundle: isKnown ? null : account.bundle,
      last_resort_key_id: null,
    });
  }

  // ---- contacts

  #contacts(account: Account): Json[] {
    return [...account.contacts].map((id) => this.#contact(account, id));
  }

  #contact(account: Account, id: string): Json {
    const other = this.account(id);
    return {
      contact_id: id,
      contact_username: other.username,
      contact_email: other.email,
      contact_full_name: other.username,
      is_online: this.#isOnline(id),
      contact_last_seen: null,
      created_at: this.#time(),
      blocked: account.blocked.has(id),
    };
  }

  #addContact(account: Account, body: Json): Answer {
    const other = [...this.#accounts.values()].find(
      (it) => it.email === body.contact_email || it.userId === body.contact_id,
    );
    if (!other) {
      return problem(404, 'Nobody has this address.');
    }
    account.contacts.add(other.userId);
    this.#push(other.userId, 'contact_added', {
      contact_id: account.userId,
      username: account.username,
      email: account.email,
      public_key: null,
    });
    return { status: 201, body: this.#contact(account, other.userId) };
  }

  // ---- messages

  #send(account: Account, body: Json): Answer {
    const recipient = this.#accounts.get(String(body.recipient_id));
    if (!recipient) {
      return problem(404, 'Nobody is there.');
    }
    const id = String(body.message_id);
    const text = JSON.stringify(body);
    const before = this.sent.get(id);
    if (before !== undefined && before !== text) {
      this.altered.push(id);
      return problem(409, 'Another message has this id.');
    }
    if (before === undefined) {
      this.sent.set(id, text);
      const message: Json = {
        ...body,
        id,
        sender_id: account.userId,
        has_media: false,
        media_refs: body.media_refs ?? null,
        delivery_attempts: 0,
        expires_at: this.#time(),
        ...(recipient.contacts.has(account.userId) ? {} : { stranger: true }),
      };
      delete message.message_id;
      recipient.pending.set(id, message);
      this.#pushMessage(recipient.userId, message);
    }
    const created = this.#time();
    return ok({
      success: true,
      message_id: id,
      status: 'queued',
      created_at: created,
      expires_at: created,
    });
  }

  #pushMessage(userId: string, message: Json): void {
    const { id, created_at, media_refs, ...rest } = message;
    const whole = { ...rest, message_id: id, timestamp: created_at, media_attachments: media_refs };
    const { sender_id, stranger } = message;
    const short = { message_id: id, sender_id, timestamp: created_at, fetch: true, stranger };
    this.#push(userId, 'new_message', JSON.stringify(whole).length > LARGEST_PUSH ? short : whole);
  }

  #acknowledge(account: Account, body: Json): Answer {
    const ids = (body.message_ids ?? [body.message_id]) as string[];
    const results = ids.map((id) => ({
      message_id: id,
      status: account.pending.delete(id) ? 'acknowledged' : 'not_found',
    }));
    return ok({ success: true, results });
  }

  // ---- sockets

  connected(end: RelayEnd): void {
    const wasOnline = this.#isOnline(end.userId);
    this.#ends.add(end);
    if (!wasOnline) {
      this.#tellPresence(end.userId, 'user_online');
    }
  }

  gone(end: RelayEnd): void {
    if (this.#ends.delete(end) && !this.#isOnline(end.userId)) {
      this.#tellPresence(end.userId, 'user_offline');
    }
  }

  #isOnline(userId: string): boolean {
    return [...this.#ends].some((end) => end.userId === userId);
  }

  #tellPresence(userId: string, type: string): void {
    for (const friend of this.#friends(userId)) {
      this.#push(friend, type, { user_id: userId });
    }
  }

  #friends(userId: string): string[] {
    const { contacts } = this.account(userId);
    return [...contacts].filter((id) => this.account(id).contacts.has(userId));
  }

  /** Takes a frame of a program's. */
  came(end: RelayEnd, text: string): void {
    const { type, payload } = JSON.parse(text) as { type: string; payload: Json };
    const account = this.account(end.userId);
    switch (type) {
      case 'ping':
        end.deliver({ type: 'pong', payload: {} });
        break;
      case 'send': {
        const answer =
          this.#ruled('POST', '/relay/send', payload, end.userId) ?? this.#send(account, payload);
        if (!this.#seeded.happens(this.weather.loseAnswer)) {
          end.deliver(
            answer.status === 200
              ? { type: 'message_queued', payload: answer.body }
              : sendError(payload, answer),
          );
        }
        break;
      }
      case 'acknowledge':
        this.#acknowledge(account, payload);
        break;
      case 'typing':
        this.#forward(account.userId, String(payload.recipient_id), 'typing', {
          user_id: account.userId,
          is_typing: payload.is_typing,
        });
        break;
      case 'delivery_confirmation':
      case 'read_confirmation':
        this.#forward(
          account.userId,
          String(payload.sender_id),
          type === 'read_confirmation' ? 'message_read' : 'message_delivered',
          { message_id: payload.message_id, user_id: account.userId, proof: payload.proof },
        );
    }
  }

  #forward(from: string, to: string, type: string, payload: Json): void {
    if (this.#friends(from).includes(to)) {
      this.#push(to, type, payload);
    }
  }

  #push(userId: string, type: string, payload: Json): void {
    for (const end of this.#ends) {
      if (end.userId === userId && !this.#seeded.happens(this.weather.losePush)) {
        this.#pushTo(end, { type, payload });
        if (this.#seeded.happens(this.weather.repeatPush)) {
          this.#pushTo(end, { type, payload });
        }
      }
    }
  }

  /** Some wait for the next one, which overtakes them. */
  #pushTo(end: RelayEnd, frame: Json): void {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined && this.#seeded.happens(this.weather.swapPushes)) {
      this.#held = () => end.deliver(frame);
      this.#clock.after(1000, () => {
        const still = this.#held;
        this.#held = undefined;
        still?.();
      });
      return;
    }
    end.deliver(frame);
    held?.();
  }

  #time(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function problem(status: number, detail: string, more: Json = {}): Answer {
  return { status, body: { type: 'about:blank', title: 'Refused', status, detail, ...more } };
}

function sendError(payload: Json, { status, body, headers }: Answer): Json {
  const { detail, code } = body as Json;
  const after = headers?.['Retry-After'];
  return {
    type: 'error',
    payload: {
      type: 'send',
      status,
      detail,
      code,
      message_id: payload.message_id,
      ...(after === undefined ? {} : { retry_after: Number(after) }),
    },
  };
}

function stock(account: Account): Json {
  return { one_time: account.prekeys.length, low: account.prekeys.length <= LOW };
}

function profile(account: Account): Json {
  const { userId, email, username } = account;
  return {
    user_id: userId,
    email,
    username,
    full_name: username,
    public_key: null,
    public_keys: [],
  };
}

/** Oldest first; a cursor is the last id of the page before. */
function page(account: Account, cursor: string | null): Json {
  const ids = [...account.pending.keys()].sort().filter((id) => cursor === null || id > cursor);
  const messages = ids.slice(0, PAGE).map((id) => account.pending.get(id));
  const last = ids[PAGE - 1];
  return {
    success: true,
    count: messages.length,
    messages,
    next_cursor: ids.length > PAGE && last !== undefined ? last : null,
  };
}
