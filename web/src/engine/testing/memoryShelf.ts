import { MemoryDisk, MemoryStore } from '../../store/memory';
import { StoreError } from '../../store/store';
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
}

/** One program's hold of it. */
export class MemoryShelf implements AccountShelf {
  readonly #browser: MemoryBrowser;
  /** Is told of each store that is opened. */
  readonly #opened: (store: MemoryStore) => void;

  constructor(browser: MemoryBrowser, opened: (store: MemoryStore) => void) {
    this.#browser = browser;
    this.#opened = opened;
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
    const store = new MemoryStore(ENGINE_TABLES, shelved.disk);
    this.#opened(store);
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
