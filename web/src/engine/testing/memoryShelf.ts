import { MemoryDisk, MemoryStore } from '../../store/memory';
import { type Change, type Schema, StoreError } from '../../store/store';
import type { AccountShelf, ShelvedAccount } from '../surroundings';
import { ENGINE_TABLES } from '../tables';

interface Shelved extends ShelvedAccount {
  disk: MemoryDisk;
  passphrase: string | undefined;
}

/** What a browser keeps of accounts; it outlives programs. */
export class MemoryBrowser {
  readonly accounts = new Map<string, Shelved>();
  current: string | undefined;

  /** Another browser that has the same stored. */
  copy(): MemoryBrowser {
    const copy = new MemoryBrowser();
    copy.current = this.current;
    for (const [userId, account] of this.accounts) {
      copy.accounts.set(userId, { ...account, disk: copyOf(account.disk) });
    }
    return copy;
  }
}

/** What is stored is never changed in place. */
function copyOf(disk: MemoryDisk): MemoryDisk {
  const copy = new MemoryDisk();
  for (const [name, rows] of disk.tables) {
    copy.tables.set(name, new Map(rows));
  }
  return copy;
}

/** Is told what becomes of stores. */
export interface StoreWatch {
  opened(store: MemoryStore): void;
  /** Before each commit, and once it is done. */
  committing(when: 'before' | 'after'): void;
}

class WatchedStore extends MemoryStore {
  readonly #watch: StoreWatch;

  constructor(schema: Schema, disk: MemoryDisk, watch: StoreWatch) {
    super(schema, disk);
    this.#watch = watch;
  }

  override async commit(changes: Change[]): Promise<void> {
    this.#watch.committing('before');
    await super.commit(changes);
    this.#watch.committing('after');
  }
}

/** One program's hold of it. */
export class MemoryShelf implements AccountShelf {
  readonly #browser: MemoryBrowser;
  readonly #watch: StoreWatch;

  constructor(browser: MemoryBrowser, watch: StoreWatch) {
    this.#browser = browser;
    this.#watch = watch;
  }

  async current(): Promise<ShelvedAccount | undefined> {
    const { current } = this.#browser;
    return current === undefined ? undefined : this.#browser.accounts.get(current);
  }

  async all(): Promise<ShelvedAccount[]> {
    return [...this.#browser.accounts.values()];
  }

  async setCurrent(userId: string | undefined): Promise<void> {
    this.#browser.current = userId;
  }

  async open(account: { userId: string; email: string; passphrase?: string }) {
    const { userId, email } = account;
    const there = this.#browser.accounts.get(userId);
    if (there?.passphrase !== undefined) {
      if (account.passphrase === undefined) {
        throw new StoreError('locked', 'It is locked.');
      }
      if (account.passphrase !== there.passphrase) {
        throw new StoreError('wrong_passphrase', 'That is another passphrase.');
      }
    }
    const shelved = there ?? {
      userId,
      email,
      hasPassphrase: false,
      passphrase: undefined,
      disk: new MemoryDisk(),
    };
    this.#browser.accounts.set(userId, shelved);
    const store = new WatchedStore(ENGINE_TABLES, shelved.disk, this.#watch);
    this.#watch.opened(store);
    return store;
  }

  async changePassphrase(userId: string, current: string | undefined, next: string | undefined) {
    const shelved = this.#browser.accounts.get(userId);
    if (!shelved || shelved.passphrase !== current) {
      throw new StoreError('wrong_passphrase', 'That is another passphrase.');
    }
    shelved.passphrase = next;
    shelved.hasPassphrase = next !== undefined;
  }

  async changeEmail(userId: string, email: string): Promise<void> {
    const shelved = this.#browser.accounts.get(userId);
    if (shelved) {
      shelved.email = email;
    }
  }

  async deleteStored(userId: string): Promise<void> {
    this.#browser.accounts.delete(userId);
  }

  async quota() {
    return { usage: 0, quota: 0, persisted: false };
  }
}
