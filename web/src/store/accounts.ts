import { openDatabase } from './database';
import { asStoreError, storeError } from './faults';
import { databaseOf } from './indexedDbStore';
import { answerOf, endOf } from './requests';
import type { StoreError } from './store';
import {
  type Argon2Cost,
  makeVault,
  openVault,
  RECOMMENDED,
  rewrapVault,
  type Vault,
} from './vault';

/** An account that has something stored in this browser. */
export interface StoredAccount {
  userId: string;
  email: string;
  hasPassphrase: boolean;
}

/** `vault` is absent where the account is being deleted: what is left of it can't be read any more. */
interface AccountRecord {
  userId: string;
  email: string;
  vault?: Vault;
}

const NAME = 'quantchat';
const ACCOUNTS = 'accounts';
const STATE = 'state';
const CURRENT = 'current';

/**
 * Which accounts are stored in this browser, which of them is in use, and the wrapped keys of
 * their rows: the database `quantchat`, besides which each account has one of its own.
 *
 * A key is in one record, so that another wrapping takes the former's place at once: a program
 * that ends in the middle leaves what opens with the old passphrase or with the new one.
 */
export class Accounts {
  readonly #database: IDBDatabase;
  readonly #cost: Argon2Cost;
  /** Whose databases wait to be deleted: to ask again would wait for the same, and say nothing. */
  readonly #held = new Set<string>();
  #closed: StoreError | undefined;

  private constructor(database: IDBDatabase, cost: Argon2Cost) {
    this.#database = database;
    this.#cost = cost;
  }

  /**
   * Opens it, and ends the deletions that were begun.
   *
   * @throws StoreError `missing`, `blocked`, `newer`, `full`
   */
  static async open(
    options: { cost?: Argon2Cost; lost?: (error: StoreError) => void } = {},
  ): Promise<Accounts> {
    let accounts: Accounts | undefined;
    const database = await openDatabase({
      name: NAME,
      version: 1,
      upgrade: (fresh) => {
        fresh.createObjectStore(ACCOUNTS, { keyPath: 'userId' });
        fresh.createObjectStore(STATE);
      },
      lost: (error) => {
        if (accounts && !accounts.#closed) {
          accounts.#closed = error;
          options.lost?.(error);
        }
      },
    });
    accounts = new Accounts(database, options.cost ?? RECOMMENDED);
    await accounts.#endDeletions();
    return accounts;
  }

  async all(): Promise<StoredAccount[]> {
    return (await this.#records()).filter((it) => it.vault).map(accountOf);
  }

  async current(): Promise<StoredAccount | undefined> {
    const userId = await this.#run(() => answerOf(this.#table(STATE).get(CURRENT)));
    const record = userId === undefined ? undefined : await this.#record(userId);
    return record?.vault && accountOf(record);
  }

  /** `undefined` where nobody is signed in. */
  async setCurrent(userId: string | undefined): Promise<void> {
    await this.#run(async () => {
      const state = this.#table(STATE, 'readwrite');
      if (userId === undefined) {
        state.delete(CURRENT);
      } else {
        state.put(userId, CURRENT);
      }
      await endOf(state.transaction);
    });
  }

  /**
   * Makes the key of an account that isn't stored yet. Rows that lie there without a key are
   * deleted: nobody can read them.
   *
   * @throws StoreError `exists` where it is stored, `broken_text`, `blocked` where another tab
   *     still holds what was deleted
   */
  async create(userId: string, email: string, passphrase?: string): Promise<CryptoKey> {
    if ((await this.#record(userId))?.vault) {
      throw storeError('exists');
    }
    if (!(await this.#isDeleted(userId))) {
      throw storeError('blocked');
    }
    const vault = await makeVault(userId, passphrase, this.#cost);
    const key = await openVault(userId, vault, passphrase);
    await this.#change(userId, (found) => {
      if (found?.vault) {
        throw storeError('exists');
      }
      return { userId, email, vault };
    });
    return key;
  }

  /**
   * The key of an account's rows. To lock is to close the store and to let go of this key.
   *
   * @throws StoreError `locked` where it takes a passphrase and none was given,
   *     `wrong_passphrase`, `damaged`, `gone` where the account isn't stored here
   */
  async unlock(userId: string, passphrase?: string): Promise<CryptoKey> {
    return openVault(userId, await this.#vault(userId), passphrase);
  }

  /**
   * Sets, changes or takes off (`next` is `undefined`) the passphrase. Fails as `unlock`, and with
   * `broken_text`.
   */
  async changePassphrase(
    userId: string,
    current: string | undefined,
    next: string | undefined,
  ): Promise<void> {
    const former = await this.#vault(userId);
    const vault = await rewrapVault(userId, former, current, next, this.#cost);
    await this.#change(userId, (found) => {
      if (!found?.vault) {
        throw storeError('gone');
      }
      if (!isSame(found.vault.wrapped, former.wrapped)) {
        // Another tab was faster: what was given is not the passphrase any more.
        throw storeError('wrong_passphrase');
      }
      return { ...found, vault };
    });
  }

  /** @throws StoreError `gone` where the account isn't stored here */
  async changeEmail(userId: string, email: string): Promise<void> {
    await this.#change(userId, (found) => {
      if (!found?.vault) {
        throw storeError('gone');
      }
      return { ...found, email };
    });
  }

  /**
   * Deletes all that is stored of an account. Its key goes first, so that nothing can be read from
   * then on; what a tab still holds is deleted when that lets go, or at the next start.
   */
  async deleteStored(userId: string): Promise<void> {
    if (!(await this.#record(userId))) {
      return;
    }
    await this.#run(async () => {
      const transaction = this.#database.transaction([ACCOUNTS, STATE], 'readwrite', {
        durability: 'strict',
      });
      const end = endOf(transaction);
      end.catch(ignore);
      const state = transaction.objectStore(STATE);
      transaction.objectStore(ACCOUNTS).put({ userId, email: '' });
      if ((await answerOf(state.get(CURRENT))) === userId) {
        state.delete(CURRENT);
      }
      await end;
    });
    await this.#endDeletion(userId);
  }

  close(): void {
    this.#closed ??= storeError('gone');
    this.#database.close();
  }

  async #vault(userId: string): Promise<Vault> {
    const vault = (await this.#record(userId))?.vault;
    if (!vault) {
      throw storeError('gone');
    }
    return vault;
  }

  async #endDeletions(): Promise<void> {
    for (const record of await this.#records()) {
      if (!record.vault) {
        await this.#endDeletion(record.userId);
      }
    }
  }

  async #endDeletion(userId: string): Promise<void> {
    if (await this.#isDeleted(userId)) {
      await this.#change(userId, (found) => (found?.vault ? found : undefined));
    }
  }

  /** Deletes its database; false where a tab still holds it, and it goes when that lets go. */
  async #isDeleted(userId: string): Promise<boolean> {
    if (this.#held.has(userId)) {
      return false;
    }
    this.#held.add(userId);
    return new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(databaseOf(userId));
      request.onblocked = () => resolve(false);
      answerOf(request)
        .finally(() => this.#held.delete(userId))
        .then(
          () => resolve(true),
          (error) => reject(asStoreError(error)),
        );
    });
  }

  async #record(userId: string): Promise<AccountRecord | undefined> {
    return this.#run(() => answerOf(this.#table(ACCOUNTS).get(userId)));
  }

  async #records(): Promise<AccountRecord[]> {
    return this.#run(() => answerOf(this.#table(ACCOUNTS).getAll()));
  }

  /** Puts what `change` makes of the record as it is then; deletes it for `undefined`. */
  async #change(
    userId: string,
    change: (found: AccountRecord | undefined) => AccountRecord | undefined,
  ): Promise<void> {
    await this.#run(async () => {
      const accounts = this.#table(ACCOUNTS, 'readwrite', { durability: 'strict' });
      const end = endOf(accounts.transaction);
      end.catch(ignore);
      const next = change(await answerOf(accounts.get(userId)));
      if (next) {
        accounts.put(next);
      } else {
        accounts.delete(userId);
      }
      await end;
    });
  }

  /** Of a transaction of its own. */
  #table(name: string, mode?: IDBTransactionMode, options?: IDBTransactionOptions): IDBObjectStore {
    return this.#database.transaction(name, mode, options).objectStore(name);
  }

  async #run<T>(call: () => Promise<T>): Promise<T> {
    try {
      if (this.#closed) {
        throw this.#closed;
      }
      return await call();
    } catch (error) {
      throw this.#closed ?? asStoreError(error);
    }
  }
}

function accountOf(record: AccountRecord): StoredAccount {
  const { userId, email, vault } = record;
  return { userId, email, hasPassphrase: vault?.kind === 'passphrase' };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** It is waited for, unless what comes before has failed. */
function ignore(): void {}
