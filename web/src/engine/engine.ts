import { LoginRequired } from '../protocol/failures';
import { Rest } from '../protocol/rest';
import { ServerTime } from '../protocol/serverTime';
import { type Store, StoreError } from '../store/store';
import { logout } from './account/logout';
import { type Facts, phaseOf } from './account/phase';
import { type SignedIn, SigningIn } from './account/signingIn';
import type {
  AccountFile,
  Attachment,
  Connection,
  Conversation,
  ImportResult,
  LoginSession,
  Message,
  MessagePage,
  MessageSecurity,
  PagePlace,
  Phase,
  QuantChat,
  Quarantined,
  SafetyNumber,
  SearchPage,
  Settings,
  StorageReport,
} from './api';
import type { Conversing } from './conversing';
import { Failure, failureOf, storageFault } from './failures';
import { OpenAccount } from './openAccount';
import type { Person } from './people/person';
import { DEFAULT_SETTINGS } from './preferences';
import { arrange } from './stored/conversations';
import type { AccountShelf, ShelvedAccount, Surroundings } from './surroundings';
import { MINUTE } from './surroundings';
import type { Emit } from './told';

/** An engine that runs, until it is stopped. */
export interface Running {
  chat: QuantChat;
  /** Lets go of the store: nothing is written after it returns. */
  stop(): Promise<void>;
}

/** Opens what is stored here, and goes on with it. */
export async function openEngine(surroundings: Surroundings, emit: Emit): Promise<Running> {
  const engine = new Engine(surroundings, emit);
  await engine.start();
  return { chat: guarded(engine, surroundings.fault), stop: () => engine.stop() };
}

/** Each call fails with an EngineError, whatever it failed of. */
function guarded(engine: Engine, fault: (failure: unknown) => void): QuantChat {
  return new Proxy(engine, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name);
      return typeof call !== 'function'
        ? undefined
        : async (...args: unknown[]) => {
            try {
              return await (call as (...args: unknown[]) => unknown).apply(target, args);
            } catch (failure) {
              target.failed(failure);
              throw failureOf(failure, fault);
            }
          };
    },
  });
}

/** What the screens ask for, given to whoever does it; and where the program is. */
class Engine implements QuantChat {
  readonly #surroundings: Surroundings;
  readonly #emit: Emit;
  readonly #serverTime: ServerTime;
  readonly #rest: Rest;
  #shelf: AccountShelf | undefined;
  #signingIn: SigningIn | undefined;
  #open: OpenAccount | undefined;
  #owner: ShelvedAccount | undefined;
  #facts: Facts = { isLocked: false, hasSession: false, sessionEnded: false };
  #phase: Phase = { name: 'starting' };
  #connection: Connection = 'offline';
  #disarmLock: () => void = () => undefined;

  constructor(surroundings: Surroundings, emit: Emit) {
    this.#surroundings = surroundings;
    this.#emit = emit;
    this.#serverTime = new ServerTime(surroundings.clock);
    this.#rest = new Rest(
      `${surroundings.origin}/api/v1`,
      surroundings.fetch,
      surroundings.clock,
      this.#serverTime,
    );
  }

  async start(): Promise<void> {
    try {
      const shelf = await this.#surroundings.accounts();
      this.#shelf = shelf;
      this.#signingIn = new SigningIn(this.#rest, this.#surroundings.clock, {
        storeOf: (userId, email) => this.#storeOf(userId, email),
      });
      const current = await shelf.current();
      this.#owner = current ?? (await shelf.all())[0];
      if (current?.hasPassphrase) {
        this.#know({ isLocked: true });
      } else if (current) {
        await this.#resume(await this.#openStore(current));
      } else {
        this.#know({});
      }
    } catch (failure) {
      if (!(failure instanceof StoreError)) {
        this.#surroundings.fault(failure);
      }
      // Who waits for an engine that never starts is told nothing.
      this.#know({ fault: storageFault(failure) });
    }
  }

  async stop(): Promise<void> {
    this.#disarmLock();
    await this.#close();
  }

  /** Some failures are of more than the call: what follows from them is told. */
  failed(failure: unknown): void {
    if (failure instanceof LoginRequired) {
      this.#sessionEnded();
    } else if (failure instanceof StoreError) {
      this.#storeFailed(failure);
    }
  }

  /** Something failed that nobody has asked for. */
  #tell(failure: unknown): void {
    this.failed(failure);
    const { code, detail } = failureOf(failure, this.#surroundings.fault);
    if (!(failure instanceof LoginRequired) && !(failure instanceof StoreError)) {
      this.#emit('failed', { code, detail });
    }
  }

  #sessionEnded(): void {
    if (this.#facts.account && this.#facts.hasSession) {
      this.#know({ hasSession: false, sessionEnded: true });
    }
  }

  /** What is stored is there no more for this program, or has no room; one row says nothing of others. */
  #storeFailed(error: StoreError): void {
    if (error.code === 'gone' && !this.#open) {
      // It was closed here, as for the lock, over something that nobody waits for.
      return;
    }
    if (error.code === 'newer' || error.code === 'blocked' || error.code === 'missing') {
      this.#know({ fault: error.code });
    } else if (error.code === 'full' || error.code === 'gone' || error.code === 'damaged') {
      const { code, detail } = failureOf(error, this.#surroundings.fault);
      this.#emit('failed', { code, detail });
    }
    if ((error.code === 'taken' || error.code === 'gone') && this.#open?.isWorking) {
      // What comes in couldn't be kept: whoever has the store now gets it.
      void this.#open.working.stop().catch(() => undefined);
    }
  }

  /** Something is known anew; the phase follows. */
  #know(facts: Partial<Facts>): void {
    const owner = this.#owner;
    this.#facts = { ...this.#facts, ...(owner ? { owner } : {}), ...facts };
    const phase = phaseOf(this.#facts);
    if (JSON.stringify(phase) !== JSON.stringify(this.#phase)) {
      this.#phase = phase;
      this.#emit('phase', phase);
    }
  }

  get #accounts(): AccountShelf {
    if (!this.#shelf) {
      throw new StoreError('missing', 'Nothing can be stored in this browser.');
    }
    return this.#shelf;
  }

  /** Who opens sessions; there once the store is. */
  get #routes(): SigningIn {
    if (!this.#signingIn) {
      throw new StoreError('missing', 'Nothing can be stored in this browser.');
    }
    return this.#signingIn;
  }

  get #account(): OpenAccount {
    if (!this.#open) {
      throw new LoginRequired();
    }
    this.#used();
    return this.#open;
  }

  get #working(): OpenAccount {
    const account = this.#account;
    if (!account.isWorking) {
      throw new LoginRequired();
    }
    return account;
  }

  get #conversing(): Conversing {
    return this.#working.conversing;
  }

  // ---- stores

  /** The store of an account that signs in; another's is closed before. */
  async #storeOf(userId: string, email: string): Promise<Store> {
    if (this.#open?.userId === userId) {
      return this.#open.store;
    }
    await this.#close();
    const known = (await this.#accounts.all()).find((it) => it.userId === userId);
    if (known?.hasPassphrase) {
      await this.#accounts.setCurrent(userId);
      this.#owner = known;
      this.#know({ isLocked: true });
    }
    const { store } = await this.#openStore({ userId, email });
    await this.#accounts.setCurrent(userId);
    return store;
  }

  async #openStore(account: {
    userId: string;
    email: string;
    passphrase?: string;
  }): Promise<OpenAccount> {
    const store = await this.#accounts.open(account, (fault) => this.#storeFailed(fault));
    const { userId } = account;
    this.#open = await OpenAccount.open({
      surroundings: this.#surroundings,
      rest: this.#rest,
      serverTime: this.#serverTime,
      userId,
      store,
      emit: this.#emit,
      account: {
        changed: (changed) => {
          this.#know({ account: changed });
          void this.#accounts.changeEmail(userId, changed.email).catch(this.#surroundings.fault);
        },
        ended: (why) => this.#know({ left: why, hasSession: false }),
      },
      connection: (state) => {
        this.#connection = state;
        this.#emit('connection', state);
      },
      loginRequired: () => this.#sessionEnded(),
      storeFailed: (fault) => this.#storeFailed(fault),
      failed: (failure) => this.#tell(failure),
    });
    return this.#open;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
    const { owner, fault } = this.#facts;
    this.#facts = {
      ...(owner ? { owner } : {}),
      ...(fault ? { fault } : {}),
      isLocked: false,
      hasSession: false,
      sessionEnded: false,
    };
  }

  /** Goes on with a store as it was left. */
  async #resume(open: OpenAccount): Promise<void> {
    const account = await open.stored.account();
    const identity = await open.stored.identity();
    const hasSession = (await open.stored.tokens()) !== undefined;
    const isReady = account && (identity === 'here' || (identity === 'free' && hasSession));
    if (isReady) {
      await open.begin(hasSession);
    }
    this.#know({
      isLocked: false,
      hasSession,
      sessionEnded: !hasSession,
      ...(account ? { account } : {}),
      ...(identity ? { identity: isReady ? 'here' : identity } : {}),
    });
    this.#used();
  }

  // ---- the account

  async phase(): Promise<Phase> {
    return this.#phase;
  }

  async connection(): Promise<Connection> {
    return this.#connection;
  }

  async register(
    email: string,
    password: string,
    username: string,
    fullName: string,
  ): Promise<void> {
    await this.#entered(await this.#routes.register(email, password, { username, fullName }));
  }

  async login(email: string, password: string): Promise<void> {
    await this.#entered(await this.#routes.login(email, password));
  }

  async #entered({ account }: SignedIn): Promise<void> {
    const open = this.#account;
    this.#owner = { userId: account.userId, email: account.email, hasPassphrase: false };
    const { left: _, ...facts } = this.#facts;
    this.#facts = facts;
    if (open.isWorking) {
      await open.working.recovery.lookSoon();
      open.working.connect();
      this.#know({ account, hasSession: true, sessionEnded: false });
    } else {
      await this.#resume(open);
    }
  }

  async logout({ deleteStored }: { deleteStored: boolean }): Promise<void> {
    const open = this.#account;
    if (open.isWorking) {
      open.working.disconnect();
    }
    // Nothing is loaded for it: it must be possible without the server.
    await logout(open.session, open.stored);
    await this.#leave(deleteStored, 'signed_out');
  }

  async #leave(deleteStored: boolean, left: 'signed_out' | 'account_deleted'): Promise<void> {
    const userId = this.#open?.userId;
    await this.#close();
    await this.#accounts.setCurrent(undefined);
    if (deleteStored && userId !== undefined) {
      await this.#accounts.deleteStored(userId);
      this.#owner = undefined;
      const { owner: _, ...facts } = this.#facts;
      this.#facts = facts;
    }
    this.#know({ left });
  }

  async beginAnew(): Promise<void> {
    const open = this.#account;
    if (!open.isWorking) {
      await open.begin(true);
      this.#know({ identity: 'here' });
    }
  }

  async importAccountFile(file: Blob, passphrase: string): Promise<ImportResult> {
    const open = this.#account;
    const result = await open.importAccountFile(file, passphrase);
    if (!open.isWorking) {
      await open.begin(this.#facts.hasSession);
      this.#know({ identity: 'here' });
    }
    return result;
  }

  async exportAccountFile(passphrase: string): Promise<AccountFile> {
    return this.#working.exportAccountFile(passphrase);
  }

  async unlock(passphrase: string): Promise<void> {
    const owner = this.#owner;
    if (this.#facts.isLocked && owner) {
      await this.#resume(await this.#openStore({ ...owner, passphrase }));
    }
  }

  async lock(): Promise<void> {
    const userId = this.#open?.userId;
    const known = (await this.#accounts.all()).find((it) => it.userId === userId);
    if (known?.hasPassphrase) {
      await this.#close();
      this.#owner = known;
      this.#know({ isLocked: true });
    }
  }

  async changePassphrase(current: string | undefined, next: string | undefined): Promise<void> {
    await this.#accounts.changePassphrase(this.#account.userId, current, next);
  }

  async changePassword(current: string, next: string): Promise<void> {
    await (await this.#account.own()).changePassword(current, next);
  }

  async changeEmail(email: string, password: string): Promise<boolean> {
    return (await this.#account.own()).changeEmail(email, password);
  }

  async sendVerification(): Promise<void> {
    await (await this.#account.own()).sendVerification();
  }

  async verifyEmail(code: string): Promise<void> {
    await (await this.#account.own()).verifyEmail(code);
  }

  async forgotPassword(email: string): Promise<void> {
    await this.#routes.forgotPassword(email);
  }

  async resetPassword(code: string, password: string, email?: string): Promise<void> {
    await this.#routes.resetPassword(email, code, password);
  }

  async updateProfile(profile: { username?: string; fullName?: string }): Promise<void> {
    await (await this.#account.own()).updateProfile(profile);
  }

  async sessions(): Promise<LoginSession[]> {
    return (await this.#account.own()).sessions();
  }

  async endSession(id: string): Promise<void> {
    const open = this.#account;
    await (await open.own()).endSession(id);
    if (this.#facts.left) {
      await this.#leave(false, 'signed_out');
    }
  }

  async endOtherSessions(): Promise<void> {
    await (await this.#account.own()).endOtherSessions();
  }

  async exportAccount(): Promise<Blob> {
    return (await this.#account.own()).exportAccount();
  }

  async deleteAccount(password: string): Promise<void> {
    const open = this.#account;
    await (await open.own()).deleteAccount(password);
    await this.#leave(true, 'account_deleted');
  }

  async rotateKeys(): Promise<void> {
    await this.#working.working.rotate();
  }

  // ---- people

  async conversations(): Promise<Conversation[]> {
    return this.#account.lines.all();
  }

  async addContact(email: string): Promise<Conversation> {
    return this.#added(await this.#working.people.contacts.add(email));
  }

  async addStranger(contactId: string): Promise<Conversation> {
    return this.#added(await this.#working.people.contacts.addStranger(contactId));
  }

  async #added({ userId }: Person): Promise<Conversation> {
    const { working, lines } = this.#working;
    working.befriended();
    const line = await lines.of(userId);
    if (!line) {
      throw new Failure('not_found', 'That contact is gone again. Add them once more.');
    }
    return line;
  }

  async removeContact(contactId: string): Promise<void> {
    await this.#account.people.contacts.remove(contactId);
  }

  async block(contactId: string): Promise<void> {
    await this.#account.people.contacts.block(contactId, true);
  }

  async unblock(contactId: string): Promise<void> {
    await this.#account.people.contacts.block(contactId, false);
  }

  async safetyNumber(contactId: string): Promise<SafetyNumber> {
    const identities = await this.#working.working.identities();
    const number = await identities.safetyNumber(contactId);
    return { digits: number.spacedDigits(), qr: number.qrCode() };
  }

  async checkScanned(contactId: string, scanned: Uint8Array): Promise<boolean> {
    const identities = await this.#working.working.identities();
    const number = await identities.safetyNumber(contactId);
    let matches: boolean;
    try {
      matches = number.matches(scanned);
    } catch (failure) {
      throw failure instanceof RangeError
        ? new Failure('own_code', 'That is your own code. Scan the one on their screen.')
        : failure;
    }
    if (matches) {
      await this.markVerified(contactId, true);
    }
    return matches;
  }

  async markVerified(contactId: string, verified: boolean): Promise<void> {
    await this.#arrange(contactId, { verified });
  }

  async checkIdentity(contactId: string): Promise<boolean> {
    return (await this.#working.working.identities()).hasChangedByNow(contactId);
  }

  async acceptIdentity(contactId: string, digits: string): Promise<void> {
    const { working } = this.#working;
    await (await working.identities()).accept(contactId, digits);
    working.unblocked();
  }

  async consentToDowngrade(contactId: string): Promise<void> {
    const { working } = this.#working;
    await (await working.identities()).consentToDowngrade(contactId);
    working.unblocked();
  }

  async arrange(
    contactId: string,
    change: { pinned?: boolean; muted?: boolean; archived?: boolean; markedUnread?: boolean },
  ): Promise<void> {
    const { pinned, muted, archived, markedUnread } = change;
    const named = { pinned, muted, archived, markedUnread };
    await this.#arrange(
      contactId,
      Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)),
    );
  }

  async #arrange(contactId: string, change: Parameters<typeof arrange>[2]): Promise<void> {
    await this.#account.shared.transactions.run((transaction) =>
      arrange(transaction, contactId, change),
    );
  }

  // ---- messages

  async messages(contactId: string, place: PagePlace, limit: number): Promise<MessagePage> {
    return this.#conversing.page(contactId, place, limit);
  }

  async send(contactId: string, text: string, files: Attachment[]): Promise<Message> {
    this.#working.people.ownTyping.stopped(contactId);
    return this.#conversing.send(contactId, text, files);
  }

  async sendOnce(
    request: string,
    contactId: string,
    text: string,
    files: Attachment[],
  ): Promise<Message> {
    this.#working.people.ownTyping.stopped(contactId);
    return this.#conversing.send(contactId, text, files, request);
  }

  async retry(messageId: string): Promise<Message> {
    return this.#conversing.retry(messageId);
  }

  async deleteMessages(contactId: string, ids: string[]): Promise<void> {
    await this.#conversing.delete(contactId, ids);
  }

  async deleteConversation(contactId: string): Promise<void> {
    await this.#conversing.deleteAll(contactId);
  }

  async markRead(contactId: string, shown?: string[]): Promise<void> {
    await this.#conversing.markRead(contactId, shown);
  }

  async typing(contactId: string, typing: boolean): Promise<void> {
    const { people, preferences } = this.#account;
    if (typing && (await preferences.settings()).typing) {
      people.ownTyping.typed(contactId);
    } else {
      people.ownTyping.stopped(contactId);
    }
  }

  async saveDraft(contactId: string, text: string): Promise<void> {
    await this.#arrange(contactId, { draft: text });
  }

  async security(contactId: string, messageId: string): Promise<MessageSecurity> {
    return this.#conversing.security(contactId, messageId);
  }

  async search(
    query: string,
    options: { contactId?: string; limit: number; next?: string },
  ): Promise<SearchPage> {
    return this.#conversing.search(query, options);
  }

  async quarantine(): Promise<Quarantined[]> {
    return this.#working.working.quarantine.all();
  }

  async discardRefused(): Promise<number> {
    return this.#working.working.quarantine.discard();
  }

  async file(contactId: string, messageId: string, number: number): Promise<Blob> {
    const { senderId } = await this.#conversing.found(contactId, messageId);
    return this.#account.transfers.open(senderId, messageId, number);
  }

  async cancelFile(contactId: string, messageId: string, number: number): Promise<void> {
    const { senderId } = await this.#conversing.found(contactId, messageId);
    await this.#account.transfers.cancel(senderId, messageId, number);
  }

  async exportMarkdown(contactId: string): Promise<Blob> {
    return (await this.#account.archive()).export(contactId);
  }

  async importMarkdown(file: Blob): Promise<ImportResult> {
    return (await this.#account.archive()).import(file);
  }

  // ---- this program

  async settings(): Promise<Settings> {
    return this.#open ? this.#open.preferences.settings() : DEFAULT_SETTINGS;
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    await this.#account.preferences.change(change);
    this.#used();
  }

  async storage(): Promise<StorageReport> {
    const { usage, quota, persisted } = await this.#accounts.quota();
    const open = this.#open;
    const known = (await this.#accounts.all()).find((it) => it.userId === open?.userId);
    return {
      usage,
      quota,
      persisted,
      messages: (await open?.store.count('messages')) ?? 0,
      hasPassphrase: known?.hasPassphrase ?? false,
    };
  }

  async wake(): Promise<void> {
    this.#used();
    if (this.#open?.isWorking) {
      this.#open.working.wake();
    }
  }

  /** A person is here: the passphrase is asked for only when nobody has been for a while. */
  #used(): void {
    const open = this.#open;
    this.#disarmLock();
    this.#disarmLock = () => undefined;
    void open?.preferences.settings().then(
      ({ lockAfter }) => {
        this.#disarmLock();
        if (lockAfter > 0 && this.#open === open) {
          this.#disarmLock = this.#surroundings.clock.after(lockAfter * MINUTE, () => {
            void this.lock().catch(this.#surroundings.fault);
          });
        }
      },
      () => undefined,
    );
  }
}
