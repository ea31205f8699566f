import { LoginRequired } from '../protocol/failures';
import { Rest } from '../protocol/rest';
import { ServerTime } from '../protocol/serverTime';
import { type Store, StoreError } from '../store/store';
import { logout } from './account/logout';
import { type Facts, phaseOf } from './account/phase';
import { type SignedIn, SigningIn } from './account/signingIn';
import type {
  Attachment,
  Connection,
  Conversation,
  Message,
  MessagePage,
  PagePlace,
  Phase,
  QuantChat,
  Quarantined,
  Settings,
} from './api';
import type { Conversing } from './conversing';
import { Failure, failureOf, failureOfStore, storageFault } from './failures';
import { OpenAccount } from './openAccount';
import type { Person } from './people/person';
import { DEFAULT_SETTINGS } from './preferences';
import type { EngineParts, SeldomCalls } from './seldomCalls';
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

/** What the list is made of. It is answered while a start still goes to work. */
const AT_ONCE: ReadonlySet<string | symbol> = new Set<keyof QuantChat>([
  'phase',
  'settings',
  'conversations',
]);

/** Each call fails with an EngineError, whatever it failed of. */
function guarded(engine: Engine, fault: (failure: unknown) => void): QuantChat {
  return new Proxy(engine as Engine & SeldomCalls, {
    get: (_target, name) =>
      // Which any value is asked for that is given on by a promise.
      name === 'then'
        ? undefined
        : async (...args: unknown[]) => {
            try {
              if (!AT_ONCE.has(name)) {
                await engine.beginning;
              }
              const calls = name in engine ? engine : await engine.seldom();
              const call = Reflect.get(calls, name) as (...args: unknown[]) => unknown;
              return await call.apply(calls, args);
            } catch (failure) {
              engine.failed(failure);
              throw await failureOf(failure, fault);
            }
          },
  });
}

/** What the screens ask for, given to whoever does it; and where the program is. */
class Engine implements Omit<QuantChat, keyof SeldomCalls> {
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
  /** Is done, whatever became of it, when what was started is at work. */
  beginning: Promise<void> | undefined;

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
        await this.#resume(await this.#openStore(current), true);
      } else {
        this.#know({});
      }
    } catch (failure) {
      this.#notStarted(failure);
    }
  }

  /** Who waits for an engine that never starts is told nothing. */
  #notStarted(failure: unknown): void {
    if (!(failure instanceof StoreError)) {
      this.#surroundings.fault(failure);
    }
    this.#know({ fault: storageFault(failure) });
  }

  /** Of the calls those that aren't here. */
  async seldom(): Promise<SeldomCalls> {
    const { SeldomCalls } = await import('./seldomCalls');
    return new SeldomCalls(this.#parts());
  }

  #parts(): EngineParts {
    const engine = this;
    return {
      get open() {
        return engine.#open;
      },
      get account() {
        return engine.#account;
      },
      get working() {
        return engine.#working;
      },
      get accounts() {
        return engine.#accounts;
      },
      get routes() {
        return engine.#routes;
      },
      get hasLeft() {
        return engine.#facts.left !== undefined;
      },
      leave: (deleteStored, left) => engine.#leave(deleteStored, left),
      added: (person) => engine.#added(person),
      begin: () => engine.#begin(engine.#facts.hasSession),
    };
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
  async #tell(failure: unknown): Promise<void> {
    this.failed(failure);
    if (!(failure instanceof LoginRequired) && !(failure instanceof StoreError)) {
      const { code, detail } = await failureOf(failure, this.#surroundings.fault);
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
      const { code, detail } = failureOfStore(error);
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
      failed: (failure) => void this.#tell(failure),
    });
    return this.#open;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await this.beginning;
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

  /**
   * Goes on with a store as it was left.
   *
   * @param starting its list is there before it is at work: to bring its keys here takes a while
   */
  async #resume(open: OpenAccount, starting = false): Promise<void> {
    const [account, identity, tokens] = await Promise.all([
      open.stored.account(),
      open.stored.identity(),
      open.stored.tokens(),
    ]);
    const hasSession = tokens !== undefined;
    const isReady = account && (identity === 'here' || (identity === 'free' && hasSession));
    if (isReady) {
      open.lines.readAhead();
      const begun = open.begin(hasSession);
      if (starting && identity === 'here') {
        this.beginning = begun.catch((failure) => this.#notStarted(failure));
      } else {
        await begun;
      }
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
    await this.#begin(true);
  }

  /** Goes to work, with the identity that is here or a new one, unless it is at work. */
  async #begin(connected: boolean): Promise<void> {
    const open = this.#account;
    if (!open.isWorking) {
      await open.begin(connected);
      this.#know({ identity: 'here' });
    }
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

  // ---- people

  async conversations(): Promise<Conversation[]> {
    return this.#account.lines.all();
  }

  async addContact(email: string): Promise<Conversation> {
    return this.#added(await this.#working.people.contacts.add(email));
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
    await this.#account.shared.transactions.run((transaction) =>
      arrange(transaction, contactId, { draft: text }),
    );
  }

  async quarantine(): Promise<Quarantined[]> {
    return this.#working.working.quarantine.all();
  }

  async file(contactId: string, messageId: string, number: number): Promise<Blob> {
    const { senderId } = await this.#conversing.found(contactId, messageId);
    return this.#account.transfers.open(senderId, messageId, number);
  }

  // ---- this program

  async settings(): Promise<Settings> {
    return this.#open ? this.#open.preferences.settings() : DEFAULT_SETTINGS;
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    await this.#account.preferences.change(change);
    this.#used();
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
