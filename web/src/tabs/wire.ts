import type { EngineError, Events, QuantChat } from '../engine/api';

/**
 * What tabs and the leader's worker say to each other on one BroadcastChannel. `tab` and `leader`
 * are UUIDs of this life of theirs. A leader says `hello` when it can be asked, and to whoever asks
 * `who`.
 */
export type Told =
  | { kind: 'who' }
  | { kind: 'hello'; leader: string }
  | { kind: 'bye'; leader: string }
  | { kind: 'call'; leader: string; tab: string; id: number; method: Method; args: unknown[] }
  | { kind: 'answer'; tab: string; id: number; value: unknown }
  | { kind: 'refusal'; tab: string; id: number; error: EngineError }
  | EventTold;

export type EventTold = {
  [K in keyof Events]: { kind: 'event'; leader: string; name: K; told: Events[K] };
}[keyof Events];

export type Method = keyof QuantChat;

/** The part of BroadcastChannel that is used. */
export interface Channel {
  postMessage(told: Told): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  close(): void;
}

export const CHANNEL = 'quantchat';

/**
 * Every call, and whether the next leader may be asked again when one died over it. What changes
 * something on the server, or makes something, is asked once: whether it was done isn't known.
 */
export const CALLS: Readonly<Record<Method, 'again' | 'once'>> = {
  phase: 'again',
  connection: 'again',
  register: 'once',
  login: 'once',
  logout: 'once',
  beginAnew: 'once',
  importAccountFile: 'once',
  exportAccountFile: 'again',
  unlock: 'again',
  lock: 'again',
  changePassphrase: 'once',
  changePassword: 'once',
  changeEmail: 'once',
  sendVerification: 'once',
  verifyEmail: 'once',
  forgotPassword: 'once',
  resetPassword: 'once',
  updateProfile: 'again',
  sessions: 'again',
  endSession: 'again',
  endOtherSessions: 'again',
  exportAccount: 'again',
  deleteAccount: 'once',
  rotateKeys: 'once',
  conversations: 'again',
  addContact: 'again',
  addStranger: 'again',
  removeContact: 'again',
  block: 'again',
  unblock: 'again',
  safetyNumber: 'again',
  checkScanned: 'again',
  markVerified: 'again',
  checkIdentity: 'again',
  acceptIdentity: 'again',
  consentToDowngrade: 'again',
  arrange: 'again',
  messages: 'again',
  send: 'once',
  sendOnce: 'again',
  retry: 'once',
  deleteMessages: 'again',
  deleteConversation: 'once',
  markRead: 'again',
  typing: 'again',
  saveDraft: 'again',
  security: 'again',
  search: 'again',
  quarantine: 'again',
  discardRefused: 'again',
  file: 'again',
  cancelFile: 'again',
  exportMarkdown: 'again',
  importMarkdown: 'again',
  settings: 'again',
  changeSettings: 'again',
  storage: 'again',
  wake: 'again',
};

export function isMethod(name: unknown): name is Method {
  return typeof name === 'string' && Object.hasOwn(CALLS, name);
}

/** Whatever a page of an older or newer release may say is passed over. */
export function isTold(data: unknown): data is Told {
  return typeof data === 'object' && data !== null && 'kind' in data;
}
