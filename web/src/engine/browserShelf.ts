import { Accounts } from '../store/accounts';
import { databaseOf, IndexedDbStore } from '../store/indexedDbStore';
import { quotaOf } from '../store/quota';
import { type Store, StoreError } from '../store/store';
import type { AccountShelf, ShelvedAccount } from './surroundings';
import { ENGINE_TABLES } from './tables';

/** Accounts as a browser stores them. */
export class BrowserShelf implements AccountShelf {
  readonly #accounts: Accounts;

  private constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  static async open(): Promise<BrowserShelf> {
    return new BrowserShelf(await Accounts.open());
  }

  current(): Promise<ShelvedAccount | undefined> {
    return this.#accounts.current();
  }

  all(): Promise<ShelvedAccount[]> {
    return this.#accounts.all();
  }

  setCurrent(userId: string | undefined): Promise<void> {
    return this.#accounts.setCurrent(userId);
  }

  async open(
    { userId, email, passphrase }: { userId: string; email: string; passphrase?: string },
    lost: (fault: StoreError) => void,
  ): Promise<Store> {
    return IndexedDbStore.open({
      name: databaseOf(userId),
      schema: ENGINE_TABLES,
      migrations: [],
      key: await this.#key(userId, email, passphrase),
      lost,
    });
  }

  async #key(userId: string, email: string, passphrase: string | undefined): Promise<CryptoKey> {
    try {
      return await this.#accounts.unlock(userId, passphrase);
    } catch (failure) {
      if (failure instanceof StoreError && failure.code === 'gone') {
        return this.#accounts.create(userId, email);
      }
      throw failure;
    }
  }

  changePassphrase(
    userId: string,
    current: string | undefined,
    next: string | undefined,
  ): Promise<void> {
    return this.#accounts.changePassphrase(userId, current, next);
  }

  changeEmail(userId: string, email: string): Promise<void> {
    return this.#accounts.changeEmail(userId, email);
  }

  deleteStored(userId: string): Promise<void> {
    return this.#accounts.deleteStored(userId);
  }

  quota() {
    return quotaOf(navigator.storage);
  }
}
