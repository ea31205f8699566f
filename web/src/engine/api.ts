/**
 * The public face of the engine: all that the screens know of it. Every value here can be cloned
 * to another tab; a call is carried there by its name. The names are those of the Java client's
 * `QuantChat` and `QuantChatListener`, and mean the same.
 *
 * Ids are UUIDs in lower case, times milliseconds since 1970, sizes bytes.
 */

/** Where the program is; the screens follow it. */
export type Phase =
  | { name: 'starting' }
  /** Nobody is signed in. `email` is who was, where messages of theirs are still stored. */
  | { name: 'signed_out'; email?: string; reason?: 'session_ended' | 'account_deleted' }
  /** What is stored waits for its passphrase. */
  | { name: 'locked'; email: string }
  /** Signed in where the account's identity isn't: bring the account file, or begin anew. */
  | { name: 'identity_needed'; account: Account }
  /** In use. `loginRequired`: the session has ended, nothing goes in or out until the password is given again. */
  | { name: 'ready'; account: Account; loginRequired: boolean }
  /** Nothing can be stored here, so nothing can be received. */
  | { name: 'unusable'; reason: StorageFault };

/**
 * Why nothing can be stored: IndexedDB isn't there (private windows of some browsers), another
 * tab of an older release holds it, a newer release has written it, it was altered or its key is
 * gone, there is no room, or it can't be opened for a reason that the browser doesn't give.
 */
export type StorageFault = 'missing' | 'blocked' | 'newer' | 'damaged' | 'full' | 'unopened';

export interface Account {
  userId: string;
  email: string;
  username: string;
  fullName: string;
  emailVerified: boolean;
}

export type Connection = 'offline' | 'connecting' | 'online';

/** How far a message is; it only moves forward, in this order. */
export type MessageState = 'sending' | 'failed' | 'sent' | 'delivered' | 'read' | 'imported';

/** How far a file of a message is. */
export type FileState =
  | 'waiting'
  | 'uploading'
  | 'sent'
  | 'on_server'
  | 'fetching'
  | 'here'
  | 'gone';

/**
 * Type and size are the sender's word, and so is the name, with what would deceive or climb replaced.
 * `number` is its place in the message, from 1 on.
 */
export interface MessageFile {
  number: number;
  name: string;
  type: string;
  size: number;
  width?: number;
  height?: number;
  blurhash?: string;
  thumbnail?: Blob;
  state: FileState;
  /** Of `total`, in bytes as they travel, while it is on its way. */
  done: number;
  total: number;
  /** When the server forgets it, about. */
  until?: number;
  /** Why it is gone. */
  fault?: string;
}

export interface Message {
  id: string;
  senderId: string;
  contactId: string;
  /** What the sender says. */
  created: number;
  /** When it came in, or was written, by the clock here. */
  arrived: number;
  state: MessageState;
  text: string;
  /** Its place in the conversation: higher is later. */
  place: number;
  files: MessageFile[];
  /** When it was sent, delivered and read, as far as that is known here. */
  times: { sent?: number; delivered?: number; read?: number };
  details: MessageDetails;
}

/** The Java client's details, by the same names. */
export interface MessageDetails {
  crypto_version?: string;
  encryption_algorithm?: string;
  kdf_algorithm?: string;
  mode?: string;
  /** Why it failed. */
  failure?: string;
  one_time_keys_on_offer?: number;
  unproven?: boolean;
  stranger?: boolean;
  /** It can't be read any more; its text is empty. */
  damaged?: boolean;
  sealed_again?: number;
  repeated_number?: boolean;
  claimed?: Record<string, unknown>;
}

/** One line of the list. */
export interface Conversation {
  contactId: string;
  username: string;
  fullName: string;
  email: string;
  /** False for a stranger who wrote, and for who was removed. */
  isContact: boolean;
  blocked: boolean;
  online: boolean;
  typing: boolean;
  verified: boolean;
  /** They have another identity than the pinned one; nothing is sent until it is accepted. */
  identityChanged: boolean;
  /** Their program offers weaker encryption than before; nothing is sent without consent. */
  downgraded: boolean;
  /** Why messages to them wait: a refusal's name. */
  held?: string;
  /** Messages of theirs that were sent and haven't come. */
  missing: number;
  unread: number;
  /** The oldest unread message. */
  firstUnread?: string;
  markedUnread: boolean;
  failed: number;
  pinned: boolean;
  muted: boolean;
  archived: boolean;
  draft: string;
  last?: LastMessage;
  /** The time that the list is sorted by. */
  lastActivity: number;
}

/** The beginning of a conversation's newest message, at most 200 characters. */
export interface LastMessage {
  id: string;
  mine: boolean;
  state: MessageState;
  text: string;
  files: number;
  arrived: number;
}

/** A stretch of a conversation in its order. */
export interface MessagePage {
  messages: Message[];
  hasEarlier: boolean;
  hasLater: boolean;
}

/** Where a page lies: at the end, around a message, or on one side of a place. */
export type PagePlace =
  | { at: 'end' }
  | { at: 'first_unread' }
  | { around: string }
  | { before: number }
  | { after: number };

/** What the security sheet of a message shows. */
export interface MessageSecurity {
  suite: 'v1' | 'v2' | 'none';
  mode: string;
  /** Which prekey of the recipient's it was sealed to. */
  prekey: 'one_time' | 'last_resort' | 'signed' | 'none';
  signatures: { algorithm: string; keyId: string; timestamp: number }[];
  /** Until when theft of the recipient's keys would still open it; absent where it never does. */
  exposedUntil?: number;
  oneTimeKeysOnOffer?: number;
  sealedAgain: number;
  proven: boolean;
  verifiedIdentity: boolean;
}

/** A message that was refused, kept for a look. */
export interface Quarantined {
  messageId: string;
  senderId: string;
  firstSeen: number;
  /** The refusal's name. */
  reason: string;
  /** What is wrong, and what to do. */
  detail: string;
}

export interface SafetyNumber {
  /** Twelve groups of five digits. */
  digits: string;
  /** What the QR code holds: 65 bytes. */
  qr: Uint8Array;
}

export interface LoginSession {
  id: string;
  program?: string;
  created: number;
  lastUsed: number;
  isCurrent: boolean;
}

export interface SearchHit {
  message: Message;
  /** Where the words stand in the text: pairs of start and end. */
  ranges: [number, number][];
}

/** What was found within the time of one call, newest first; `next` goes on from there. */
export interface SearchPage {
  hits: SearchHit[];
  next?: string;
  /** How much of everything has been looked through, 0 to 1. */
  progress: number;
}

export interface ImportResult {
  added: number;
  here: number;
  unverified: number;
  refused: { number: number; line: number; messageId: string; reason: string }[];
}

/** What becomes of a file that is picked: metadata is removed unless it is to be kept. */
export interface Attachment {
  file: File;
  keepMetadata: boolean;
}

export interface Settings {
  /** Whether others are told that their messages were read. */
  receipts: boolean;
  typing: boolean;
  notifications: 'off' | 'without_content' | 'with_content';
  theme: 'system' | 'light' | 'dark';
  /** Percent. */
  textSize: 90 | 100 | 115 | 130 | 150;
  enterSends: boolean;
  /** Minutes without use after which the passphrase is asked for; 0 for never. */
  lockAfter: number;
  /** The hints that a person has closed. */
  hintsClosed: string[];
}

export interface StorageReport {
  usage: number;
  quota: number;
  /** Whether the browser has promised not to clear it by itself. */
  persisted: boolean;
  messages: number;
  hasPassphrase: boolean;
}

/** Names of events, each with what it tells. Told after it was stored, in order. */
export interface Events {
  /** Another tab leads now: what was told in between may have been missed, so all is read anew. */
  resumed: null;
  phase: Phase;
  connection: Connection;
  /** A line of the list is new or has changed; `undefined` where it is gone. */
  conversation: { contactId: string; conversation: Conversation | undefined };
  /** Messages that are new or have changed, of one conversation. */
  messages: { contactId: string; messages: Message[] };
  /** A message goes out again under a new id. */
  reissued: { contactId: string; oldId: string; message: Message };
  /** Messages were deleted here; all of the conversation where `ids` is absent. */
  deleted: { contactId: string; ids?: string[] };
  /** New messages came in just now that a person should hear of (not caught up, not muted). */
  received: { contactId: string; message: Message };
  fileMoved: { contactId: string; messageId: string; file: MessageFile };
  quarantine: { count: number };
  settings: Settings;
  /** Of this computer's clock: how far it is ahead of the server's; 0 when it is right again. */
  clockOff: { ahead: number };
  /** Came back from a copy, or another program goes on with one. */
  restored: { asked: string[]; notAsked: string[] };
  contactAdded: { contactId: string; username: string };
  /** Catching up: how many messages are still to be fetched and opened; 0 when done. */
  catchingUp: { left: number };
  /** Something that shouldn't have: no room, a fault in this program. */
  failed: { code: string; detail: string };
}

/** What a call fails with. `code` is a refusal's or the server's name, or one of {@link Fault}. */
export interface EngineError {
  name: 'EngineError';
  code: string;
  /** One sentence for a person: what is wrong and what to do. */
  detail: string;
  /** Seconds after which it may be tried again. */
  retryAfter?: number;
}

export type Fault =
  | 'unreachable'
  | 'login_required'
  | 'wrong_passphrase'
  | 'storage_full'
  | 'storage_gone'
  | 'broken_text'
  | 'too_long'
  | 'too_large'
  | 'metadata'
  /** A file was deleted, moved or changed since it was picked. */
  | 'unreadable'
  /** A file's name can't be sent. */
  | 'file_name'
  /** A person cancelled it. */
  | 'cancelled'
  | 'identity_changed'
  | 'not_found'
  | 'account_file'
  /** The tab that was doing it closed; it may be done or not. */
  | 'interrupted'
  | 'internal';

export interface AccountFile {
  file: Blob;
  /** Rows that can't be read any more, and aren't in it. */
  leftOut: number;
}

/** Each returns once it is stored. Each may fail with an {@link EngineError}. */
export interface QuantChat {
  // ---- the account
  phase(): Promise<Phase>;
  connection(): Promise<Connection>;
  register(email: string, password: string, username: string, fullName: string): Promise<void>;
  login(email: string, password: string): Promise<void>;
  logout(options: { deleteStored: boolean }): Promise<void>;
  /** Of phase `identity_needed`: a new identity, of which the contacts are told. */
  beginAnew(): Promise<void>;
  /** Brings identity, pins and history from an account file of this or the Java client. */
  importAccountFile(file: Blob, passphrase: string): Promise<ImportResult>;
  /** What can't be read any more is left out of it. */
  exportAccountFile(passphrase: string): Promise<AccountFile>;
  unlock(passphrase: string): Promise<void>;
  lock(): Promise<void>;
  /** `undefined` as next takes the passphrase off. */
  changePassphrase(current: string | undefined, next: string | undefined): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  /** Whether a mail was sent. */
  changeEmail(email: string, password: string): Promise<boolean>;
  sendVerification(): Promise<void>;
  verifyEmail(code: string): Promise<void>;
  forgotPassword(email: string): Promise<void>;
  /** With the code that was mailed and the address it went to; a link's token goes without. */
  resetPassword(code: string, password: string, email?: string): Promise<void>;
  updateProfile(profile: { username?: string; fullName?: string }): Promise<void>;
  sessions(): Promise<LoginSession[]>;
  endSession(id: string): Promise<void>;
  endOtherSessions(): Promise<void>;
  /** What the server has of the account, as JSON. */
  exportAccount(): Promise<Blob>;
  deleteAccount(password: string): Promise<void>;
  rotateKeys(): Promise<void>;

  // ---- people
  conversations(): Promise<Conversation[]>;
  addContact(email: string): Promise<Conversation>;
  /** Adds somebody who wrote and whose address isn't known; theirs stays unknown to who adds by id. */
  addStranger(contactId: string): Promise<Conversation>;
  removeContact(contactId: string): Promise<void>;
  block(contactId: string): Promise<void>;
  unblock(contactId: string): Promise<void>;
  safetyNumber(contactId: string): Promise<SafetyNumber>;
  /** Whether what was scanned is what they show; remembers that they are verified. */
  checkScanned(contactId: string, scanned: Uint8Array): Promise<boolean>;
  markVerified(contactId: string, verified: boolean): Promise<void>;
  checkIdentity(contactId: string): Promise<boolean>;
  /** `digits` is the safety number that the person was shown: another is refused. */
  acceptIdentity(contactId: string, digits: string): Promise<void>;
  consentToDowngrade(contactId: string): Promise<void>;
  arrange(
    contactId: string,
    change: { pinned?: boolean; muted?: boolean; archived?: boolean; markedUnread?: boolean },
  ): Promise<void>;

  // ---- messages
  messages(contactId: string, place: PagePlace, limit: number): Promise<MessagePage>;
  send(contactId: string, text: string, files: Attachment[]): Promise<Message>;
  /**
   * The same, at most once for a `request` (a UUID): asked again, it gives the message that it made.
   * The request is stored with the message, so that a tab whose leader died can ask the next one.
   */
  sendOnce(request: string, contactId: string, text: string, files: Attachment[]): Promise<Message>;
  retry(messageId: string): Promise<Message>;
  /** Deletes here only. */
  deleteMessages(contactId: string, ids: string[]): Promise<void>;
  deleteConversation(contactId: string): Promise<void>;
  /** Those messages that were shown, so that what came in meanwhile stays unread; all where `shown` is absent. */
  markRead(contactId: string, shown?: string[]): Promise<void>;
  typing(contactId: string, typing: boolean): Promise<void>;
  saveDraft(contactId: string, text: string): Promise<void>;
  security(contactId: string, messageId: string): Promise<MessageSecurity>;
  search(
    query: string,
    options: { contactId?: string; limit: number; next?: string },
  ): Promise<SearchPage>;
  quarantine(): Promise<Quarantined[]>;
  discardRefused(): Promise<number>;
  /** Fetches it where it isn't here, and gives its bytes. */
  file(contactId: string, messageId: string, number: number): Promise<Blob>;
  /** Ends an upload or a download; a message whose file isn't sent fails. */
  cancelFile(contactId: string, messageId: string, number: number): Promise<void>;
  exportMarkdown(contactId: string): Promise<Blob>;
  importMarkdown(file: Blob): Promise<ImportResult>;

  // ---- this program
  settings(): Promise<Settings>;
  changeSettings(change: Partial<Settings>): Promise<void>;
  storage(): Promise<StorageReport>;
  /** Tries the connection at once: the window was opened, the network is back. */
  wake(): Promise<void>;
}

/** What a screen holds: the calls, and the events. In other tabs than the leader's it is remote. */
export interface Chat extends QuantChat {
  on<K extends keyof Events>(event: K, listener: (told: Events[K]) => void): () => void;
}
