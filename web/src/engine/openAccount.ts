import { Capabilities, IdentityKeys } from '../crypto';
import { RelayApi } from '../protocol/relayApi';
import type { Rest } from '../protocol/rest';
import type { ServerTime } from '../protocol/serverTime';
import { Session } from '../protocol/session';
import { SearchOnDemand } from '../store/search/searchOnDemand';
import type { SearchText } from '../store/search/types';
import type { Store, StoreError } from '../store/store';
import type { AccountEvents, OwnAccount } from './account/ownAccount';
import { StoredAccount } from './account/storedAccount';
import type { Connection } from './api';
import type { Archive } from './archive';
import { AtWork } from './atWork';
import { Conversing } from './conversing';
import type { Transfers } from './files/transfers';
import { TransfersOnDemand } from './files/transfersOnDemand';
import { Lines } from './lines';
import { isForGood } from './outbox';
import type { Shared } from './parts';
import { People } from './people/people';
import { Preferences } from './preferences';
import { identity, keepIdentity } from './stored/identity';
import { all } from './stored/messageRows';
import type { Surroundings } from './surroundings';
import { ENGINE_TABLES } from './tables';
import { fileNames, searchText, Telling } from './telling';
import type { Emit } from './told';
import { Transactions } from './transaction';

/** So many messages that were written are worth a block of the search. */
const FOLDED_AT = 256;

export interface OpenAccountParts {
  surroundings: Surroundings;
  rest: Rest;
  serverTime: ServerTime;
  userId: string;
  store: Store;
  emit: Emit;
  account: AccountEvents;
  connection: (state: Connection) => void;
  loginRequired: () => void;
  storeFailed: (fault: StoreError) => void;
  /** Something went wrong that nobody asked for: a person is told. */
  failed: (failure: unknown) => void;
}

/** All that works on one account's store while it is open. */
export class OpenAccount {
  readonly userId: string;
  readonly store: Store;
  readonly stored: StoredAccount;
  readonly session: Session;
  readonly preferences: Preferences;
  readonly people: People;
  readonly lines: Lines;
  readonly shared: Shared;
  readonly transfers: Transfers;
  readonly search: SearchOnDemand;
  readonly #telling: Telling;
  readonly #parts: OpenAccountParts;
  #work: AtWork | undefined;
  #conversing: Conversing | undefined;
  /** Messages that the search has one by one. */
  #unfolded = 0;

  private constructor(parts: OpenAccountParts, search: SearchOnDemand) {
    const { surroundings, rest, userId, store, emit } = parts;
    const { clock, random, step, fault } = surroundings;
    this.#parts = parts;
    this.userId = userId;
    this.store = store;
    this.stored = new StoredAccount(store);
    this.session = new Session(rest, this.stored, clock);
    const relay = new RelayApi(rest, this.session);
    this.people = new People({
      relay,
      store,
      clock,
      changed: (contactId) => void this.lines.tell(contactId).catch(parts.failed),
      contactAdded: (contactId, username) => emit('contactAdded', { contactId, username }),
      sendTyping: (contactId, isTyping) => this.#work?.sendTyping(contactId, isTyping),
      failed: parts.failed,
    });
    this.lines = new Lines(store, this.people, emit);
    this.search = search;
    const transactions = new Transactions(store, ENGINE_TABLES, {
      complete: (transaction) => this.#telling.complete(transaction),
      tell: async (told) => {
        await this.#telling.tell(told);
        this.#foldLater(told.added.size);
      },
    });
    this.shared = { userId, transactions, clock, random, step, fault };
    this.preferences = new Preferences(transactions, emit);
    this.transfers = this.#makeTransfers();
    this.#telling = new Telling({
      emit,
      transfers: this.transfers,
      search: this.search,
      tellLine: (contactId) => this.lines.tell(contactId),
    });
  }

  #makeTransfers(): Transfers {
    const { surroundings, rest, store, emit, failed } = this.#parts;
    const { clock, random, fetch, XMLHttpRequest, origin } = surroundings;
    return new TransfersOnDemand({
      store,
      queue: (work) => this.shared.transactions.run(work),
      routes: async () => {
        const [{ MediaApi }, { ObjectClient }] = await Promise.all([
          import('../protocol/mediaApi'),
          import('../protocol/objectClient'),
        ]);
        return {
          media: new MediaApi(rest, this.session, `${origin}/api/v1`),
          objects: new ObjectClient({
            fetch,
            clock,
            ...(XMLHttpRequest ? { XMLHttpRequest } : {}),
          }),
        };
      },
      isForGood,
      clock,
      random,
      moved: (contactId, messageId, file) => emit('fileMoved', { contactId, messageId, file }),
      failed,
      outgoing: {
        waits: async (id) => this.isWorking && this.working.waits(id),
        takesFiles: (contactId) => this.working.sealing.takesFiles(contactId),
        ready: () => this.working.written(),
        refused: async (id, reason) => {
          await this.working.outbox.fail(id, reason);
          this.working.written();
        },
      },
    });
  }

  static async open(parts: OpenAccountParts): Promise<OpenAccount> {
    let transactions: Transactions | undefined;
    const search = await SearchOnDemand.open(parts.store, () => textsOf(parts.store), {
      now: () => parts.surroundings.clock.elapsed(),
      // What it changes by itself comes between transactions, as deletions change the same rows.
      alone: (work) => (transactions ? transactions.run(work) : work()),
    });
    const account = new OpenAccount(parts, search);
    transactions = account.shared.transactions;
    return account;
  }

  /** What is seldom asked of an account is loaded when it is. */
  async own(): Promise<OwnAccount> {
    const { OwnAccount } = await import('./account/ownAccount');
    return new OwnAccount(this.#parts.rest, this.session, this.stored, this.#parts.account);
  }

  async archive(): Promise<Archive> {
    const { Archive } = await import('./archive');
    return new Archive(this.shared, this.transfers);
  }

  /** What an identity is needed for. */
  get working(): AtWork {
    if (!this.#work) {
      throw new Error('There is no identity yet.');
    }
    return this.#work;
  }

  get isWorking(): boolean {
    return this.#work !== undefined;
  }

  get conversing(): Conversing {
    if (!this.#conversing) {
      throw new Error('There is no identity yet.');
    }
    return this.#conversing;
  }

  /** Makes an identity where there is none, and goes to work with it. */
  async begin(connected: boolean): Promise<void> {
    const { surroundings, emit } = this.#parts;
    const { batchSize, WebSocket } = surroundings;
    const keys = (await identity(this.store)) ?? (await this.#makeIdentity());
    const { shared, people, transfers } = this;
    this.#work = new AtWork({
      shared,
      rest: this.#parts.rest,
      session: this.session,
      serverTime: this.#parts.serverTime,
      WebSocket,
      socketUrl: `${surroundings.origin.replace(/^http/, 'ws')}/ws`,
      identity: keys,
      capabilities: Capabilities.ofThisProgram(),
      batchSize,
      people,
      transfers,
      chance: () => fraction(surroundings.random(4)),
      hasSession: async () => (await this.stored.tokens()) !== undefined,
      emit,
      connection: this.#parts.connection,
      loginRequired: this.#parts.loginRequired,
      storeFailed: this.#parts.storeFailed,
    });
    this.#conversing = new Conversing({
      shared,
      work: this.#work,
      transfers,
      telling: this.#telling,
      search: this.search,
      tellsRead: async () => (await this.preferences.settings()).receipts,
    });
    await transfers.sweep();
    await this.#work.recovery.beginIfCopied();
    this.#work.start(connected);
  }

  async #makeIdentity(): Promise<IdentityKeys> {
    const keys = await IdentityKeys.generate(this.shared.random);
    await this.shared.transactions.run(async (transaction) => keepIdentity(transaction, keys));
    return keys;
  }

  /** What was written since the last time becomes quick to search. */
  #foldLater(added: number): void {
    this.#unfolded += added;
    if (this.#unfolded >= FOLDED_AT) {
      this.#unfolded = 0;
      void this.search.fold().catch(this.#parts.failed);
    }
  }

  /** Ends all work; the account stays as it is at the server. */
  async close(): Promise<void> {
    await this.#work?.stop();
    this.store.close();
  }
}

async function* textsOf(store: Store): AsyncGenerator<SearchText[]> {
  for await (const rows of all(store)) {
    const texts: SearchText[] = [];
    for (const row of rows) {
      texts.push(searchText(row, await fileNames(store, row)));
    }
    yield texts;
  }
}

/** From 0 to 1, without 1. */
function fraction(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0) / 256 ** bytes.length;
}
