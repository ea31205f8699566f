import type {
  Account,
  Attachment,
  Chat,
  Conversation,
  EngineError,
  Events,
  Message,
  Phase,
  QuantChat,
  Settings,
} from '../../engine/api';
import { INITIAL_SETTINGS } from '../state';
import { idOf, lastOf, lineOf, messagesOf, NOW, OWN_ID } from './fakeData';
import { pageOf } from './pages';

export const OWN_ACCOUNT: Account = {
  userId: OWN_ID,
  email: 'robin@example.org',
  username: 'robin',
  fullName: 'Robin Castellanos',
  emailVerified: true,
};

export interface FakeOptions {
  phase?: Phase;
  /** How many conversations there are. */
  conversations?: number;
  settings?: Partial<Settings>;
  /** Milliseconds now. */
  now?: () => number;
}

/** The engine, in memory and without a network: for tests of the screens and for looking at them. */
export interface FakeChat extends Chat {
  /** Tells the screens, as the engine does. */
  tell<K extends keyof Events>(event: K, told: Events[K]): void;
  /** A message comes in. */
  receive(contactId: string, text: string): Message;
  /** Puts messages at the end of a conversation, without a word. */
  stock(contactId: string, messages: readonly Message[]): void;
  /** Changes a line of the list. */
  change(contactId: string, change: Partial<Conversation>): void;
  enter(phase: Phase): void;
  /** The next call of this name fails so. */
  fail(call: keyof QuantChat, error: Omit<EngineError, 'name'>): void;
  /** The next call of this name waits until what comes back is called. */
  delay(call: keyof QuantChat): () => void;
  /** What was called, in order. */
  readonly calls: { name: string; args: unknown[] }[];
}

class FakeError extends Error implements EngineError {
  override readonly name = 'EngineError' as const;
  readonly code: string;
  readonly detail: string;

  constructor({ code, detail }: { code: string; detail: string }) {
    super(detail);
    this.code = code;
    this.detail = detail;
  }
}

const WRONG_PASSWORD = {
  code: 'invalid_credentials',
  detail: 'The address or the password is wrong. Check both and try again.',
};
const WRONG_PASSPHRASE = {
  code: 'wrong_passphrase',
  detail: 'That is not the passphrase. Try again.',
};

/** What the fake takes for the right password, passphrase and code. */
export const RIGHT = 'correct horse battery';

export function createFakeChat(options: FakeOptions = {}): FakeChat {
  const now = options.now ?? (() => NOW);
  const listeners = new Map<string, Set<(told: never) => void>>();
  const calls: FakeChat['calls'] = [];
  const failures = new Map<string, Omit<EngineError, 'name'>>();
  const delays = new Map<string, Promise<void>>();
  const lines = new Map<string, Conversation>();
  const stored = new Map<string, Message[]>();
  const requests = new Map<string, Message>();
  let account: Account = OWN_ACCOUNT;
  let phase: Phase = options.phase ?? { name: 'ready', account, loginRequired: false };
  let settings: Settings = { ...INITIAL_SETTINGS, ...options.settings };
  let passphrase: string | undefined = phase.name === 'locked' ? RIGHT : undefined;
  let count = 0;

  for (let number = 0; number < (options.conversations ?? 15); number++) {
    const messages = messagesOf(number);
    const line = lineOf(number, messages);
    stored.set(line.contactId, messages);
    lines.set(line.contactId, line);
  }

  const tell: FakeChat['tell'] = (event, told) => {
    for (const listener of listeners.get(event) ?? []) {
      (listener as (value: typeof told) => void)(told);
    }
  };
  const enter = (next: Phase) => {
    phase = next;
    tell('phase', next);
  };
  const ready = () => enter({ name: 'ready', account, loginRequired: false });
  const lineFor = (contactId: string): Conversation => {
    const line = lines.get(contactId);
    if (line === undefined) {
      throw new FakeError({ code: 'not_found', detail: 'There is no such conversation.' });
    }
    return line;
  };
  const change = (contactId: string, changed: Partial<Conversation>) => {
    const conversation = { ...lineFor(contactId), ...changed };
    lines.set(contactId, conversation);
    tell('conversation', { contactId, conversation });
  };
  const messagesFor = (contactId: string): Message[] => {
    const messages = stored.get(contactId) ?? [];
    stored.set(contactId, messages);
    return messages;
  };
  const put = (message: Message) => {
    const messages = messagesFor(message.contactId);
    const at = messages.findIndex((it) => it.id === message.id);
    messages.splice(at < 0 ? messages.length : at, at < 0 ? 0 : 1, message);
    tell('messages', { contactId: message.contactId, messages: [message] });
    change(message.contactId, {
      ...lastOf(messages.at(-1)),
      lastActivity: messages.at(-1)?.arrived ?? now(),
      failed: messages.filter((it) => it.state === 'failed').length,
    });
  };
  const write = (contactId: string, senderId: string, text: string, files: Attachment[]) => {
    const time = now();
    const message: Message = {
      id: idOf('message', 900_000_000 + ++count),
      senderId,
      contactId,
      created: time,
      arrived: time,
      state: senderId === OWN_ID ? 'sending' : 'delivered',
      text,
      place: (messagesFor(contactId).at(-1)?.place ?? 0) + 1,
      files: files.map(({ file }, at) => ({
        number: at + 1,
        name: file.name,
        type: file.type,
        size: file.size,
        state: 'sent',
        done: 0,
        total: 0,
      })),
      times: {},
      details: { crypto_version: 'v2', mode: 'one_time' },
    };
    put(message);
    return message;
  };
  const find = (messageId: string): Message => {
    for (const messages of stored.values()) {
      const message = messages.find((it) => it.id === messageId);
      if (message !== undefined) {
        return message;
      }
    }
    throw new FakeError({ code: 'not_found', detail: 'There is no such message.' });
  };
  const check = (given: string, right: string | undefined, wrong: typeof WRONG_PASSWORD) => {
    if (right !== undefined && given !== right) {
      throw new FakeError(wrong);
    }
  };

  const chat: QuantChat = {
    phase: async () => phase,
    connection: async () => 'online',
    register: async (email, _password, username, fullName) => {
      account = { ...account, email, username, fullName, emailVerified: false };
      ready();
    },
    login: async (email, password) => {
      check(password, RIGHT, WRONG_PASSWORD);
      account = { ...account, email };
      ready();
    },
    logout: async ({ deleteStored }) =>
      enter({ name: 'signed_out', ...(!deleteStored && { email: account.email }) }),
    beginAnew: async () => ready(),
    importAccountFile: async (_file, given) => {
      check(given, RIGHT, WRONG_PASSPHRASE);
      ready();
      return { added: 240, here: 0, unverified: 0, refused: [] };
    },
    exportAccountFile: async () => ({ file: new Blob(['account']), leftOut: 0 }),
    unlock: async (given) => {
      check(given, passphrase, WRONG_PASSPHRASE);
      ready();
    },
    lock: async () => enter({ name: 'locked', email: account.email }),
    changePassphrase: async (current, next) => {
      check(current ?? '', passphrase, WRONG_PASSPHRASE);
      passphrase = next;
    },
    changePassword: async (current) => check(current, RIGHT, WRONG_PASSWORD),
    changeEmail: async (_email, password) => {
      check(password, RIGHT, WRONG_PASSWORD);
      return true;
    },
    sendVerification: async () => {},
    verifyEmail: async () => {
      account = { ...account, emailVerified: true };
      ready();
    },
    forgotPassword: async () => {},
    resetPassword: async (code) => {
      check(code, RIGHT, { code: 'invalid_code', detail: 'The code is wrong or too old.' });
    },
    updateProfile: async (profile) => {
      account = { ...account, ...profile };
      ready();
    },
    sessions: async () => [
      {
        id: 's1',
        program: 'QuantChat web',
        created: NOW - 86_400_000,
        lastUsed: NOW,
        isCurrent: true,
      },
      {
        id: 's2',
        program: 'quantchat 0.1',
        created: NOW - 9e8,
        lastUsed: NOW - 4e7,
        isCurrent: false,
      },
      { id: 's3', created: NOW - 4e9, lastUsed: NOW - 2e9, isCurrent: false },
    ],
    endSession: async () => {},
    endOtherSessions: async () => {},
    exportAccount: async () => new Blob(['{}'], { type: 'application/json' }),
    deleteAccount: async (password) => {
      check(password, RIGHT, WRONG_PASSWORD);
      enter({ name: 'signed_out', reason: 'account_deleted' });
    },
    rotateKeys: async () => {},

    conversations: async () => [...lines.values()],
    addContact: async (email) => {
      const known = [...lines.values()].find((it) => it.email === email);
      if (known === undefined && !email.endsWith('@example.org')) {
        throw new FakeError({
          code: 'user_not_found',
          detail: 'Nobody here has this address. Check its spelling.',
        });
      }
      const number = lines.size;
      const line = known ?? {
        ...lineOf(number, []),
        email,
        fullName: email.split('@')[0] ?? email,
        lastActivity: now(),
      };
      lines.set(line.contactId, line);
      change(line.contactId, { isContact: true });
      return lineFor(line.contactId);
    },
    addStranger: async (contactId) => {
      change(contactId, { isContact: true });
      return lineFor(contactId);
    },
    removeContact: async (contactId) => change(contactId, { isContact: false }),
    block: async (contactId) => change(contactId, { blocked: true }),
    unblock: async (contactId) => change(contactId, { blocked: false }),
    safetyNumber: async () => ({
      digits: Array.from({ length: 12 }, (_, at) =>
        String(10_007 * (at + 1) + 137).slice(0, 5),
      ).join(' '),
      qr: Uint8Array.from({ length: 65 }, (_, at) => (at * 37) % 256),
    }),
    checkScanned: async (contactId, scanned) => {
      const same = scanned.length === 65 && scanned.every((it, at) => it === (at * 37) % 256);
      if (same) {
        change(contactId, { verified: true });
      }
      return same;
    },
    markVerified: async (contactId, verified) => change(contactId, { verified }),
    checkIdentity: async (contactId) => lineFor(contactId).identityChanged,
    acceptIdentity: async (contactId) => change(contactId, { identityChanged: false }),
    consentToDowngrade: async (contactId) => change(contactId, { downgraded: false }),
    arrange: async (contactId, changed) => change(contactId, changed),

    messages: async (contactId, place, limit) =>
      pageOf(messagesFor(contactId), place, limit, lines.get(contactId)?.firstUnread),
    send: async (contactId, text, files) => write(contactId, OWN_ID, text, files),
    sendOnce: async (request, contactId, text, files) => {
      const known = requests.get(request);
      const message = known ?? write(contactId, OWN_ID, text, files);
      requests.set(request, message);
      return message;
    },
    retry: async (messageId) => {
      const message: Message = { ...find(messageId), state: 'sending', details: {} };
      put(message);
      return message;
    },
    deleteMessages: async (contactId, ids) => {
      const left = messagesFor(contactId).filter((it) => !ids.includes(it.id));
      stored.set(contactId, left);
      tell('deleted', { contactId, ids });
    },
    deleteConversation: async (contactId) => {
      stored.delete(contactId);
      tell('deleted', { contactId });
      lines.delete(contactId);
      tell('conversation', { contactId, conversation: undefined });
    },
    markRead: async (contactId) => {
      const { firstUnread: _, ...line } = lineFor(contactId);
      const conversation = { ...line, unread: 0, markedUnread: false };
      lines.set(contactId, conversation);
      tell('conversation', { contactId, conversation });
    },
    typing: async () => {},
    saveDraft: async (contactId, draft) => change(contactId, { draft }),
    security: async (_contactId, messageId) => ({
      suite: 'v2',
      mode: 'one_time',
      prekey: 'one_time',
      signatures: [
        { algorithm: 'ML-DSA-65', keyId: 'k-dsa', timestamp: find(messageId).created },
        { algorithm: 'ECDSA-P256', keyId: 'k-ecdsa', timestamp: find(messageId).created },
      ],
      sealedAgain: 0,
      proven: true,
      verifiedIdentity: true,
    }),
    search: async (query, { contactId, limit }) => {
      const words = query.toLowerCase();
      const hits = [...stored.entries()]
        .filter(([id]) => contactId === undefined || id === contactId)
        .flatMap(([, messages]) => messages)
        .map((message) => ({ message, at: message.text.toLowerCase().indexOf(words) }))
        .filter(({ at }) => words !== '' && at >= 0)
        .sort((one, other) => other.message.arrived - one.message.arrived)
        .slice(0, limit)
        .map(({ message, at }) => ({
          message,
          ranges: [[at, at + words.length]] as [number, number][],
        }));
      return { hits, progress: 1 };
    },
    quarantine: async () => [
      {
        messageId: idOf('message', 77),
        senderId: idOf('contact', 4),
        firstSeen: NOW - 3_600_000,
        reason: 'BAD_SIGNATURE',
        detail: 'Its signature does not fit: it was altered on its way, or is not from them.',
      },
    ],
    discardRefused: async () => 1,
    file: async () => new Blob(['file']),
    cancelFile: async () => {},
    exportMarkdown: async () => new Blob(['# Conversation'], { type: 'text/markdown' }),
    importMarkdown: async () => ({ added: 12, here: 3, unverified: 1, refused: [] }),

    settings: async () => settings,
    changeSettings: async (changed) => {
      settings = { ...settings, ...changed };
      tell('settings', settings);
    },
    storage: async () => ({
      usage: 48_300_000,
      quota: 6_200_000_000,
      persisted: false,
      messages: 12_480,
      hasPassphrase: passphrase !== undefined,
    }),
    wake: async () => {},
  };

  const guarded = Object.fromEntries(
    Object.entries(chat).map(([name, call]) => [
      name,
      async (...args: unknown[]) => {
        calls.push({ name, args });
        await delays.get(name);
        delays.delete(name);
        const failure = failures.get(name);
        failures.delete(name);
        if (failure !== undefined) {
          throw new FakeError(failure);
        }
        return (call as (...args: unknown[]) => Promise<unknown>)(...args);
      },
    ]),
  ) as unknown as QuantChat;

  return {
    ...guarded,
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all);
      all.add(listener as (told: never) => void);
      return () => all.delete(listener as (told: never) => void);
    },
    calls,
    tell,
    change,
    enter,
    receive: (contactId, text) => {
      const message = write(contactId, contactId, text, []);
      const line = lineFor(contactId);
      change(contactId, { unread: line.unread + 1, firstUnread: line.firstUnread ?? message.id });
      tell('received', { contactId, message });
      return message;
    },
    stock: (contactId, messages) => void messagesFor(contactId).push(...messages),
    fail: (call, error) => void failures.set(call, error),
    delay: (call) => {
      let release = () => {};
      delays.set(
        call,
        new Promise((resolve) => {
          release = resolve;
        }),
      );
      return () => release();
    },
  };
}
