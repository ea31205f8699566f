import { AccountApi } from '../../protocol/accountApi';
import { LoginRequired } from '../../protocol/failures';
import type { Rest } from '../../protocol/rest';
import type { Session } from '../../protocol/session';
import type { Account, LoginSession } from '../api';
import { logout } from './logout';
import type { StoredAccount } from './storedAccount';

/** Is told once it is stored. */
export interface AccountEvents {
  /** Name or address are others. */
  changed(account: Account): void;
  /** There is no session here any more, because somebody here wanted it so. */
  ended(why: 'signed_out' | 'account_deleted'): void;
}

/** The account that is signed in here: how one signs in, and where; what is held of it; leaving. */
export class OwnAccount {
  readonly #api: AccountApi;
  readonly #session: Session;
  readonly #stored: StoredAccount;
  readonly #events: AccountEvents;

  constructor(rest: Rest, session: Session, stored: StoredAccount, events: AccountEvents) {
    this.#api = new AccountApi(rest, session);
    this.#session = session;
    this.#stored = stored;
    this.#events = events;
  }

  /** Asks the server who this is by now. */
  async refresh(): Promise<Account> {
    const { emailVerified, ...profile } = await this.#api.profile();
    return this.#keep({ ...profile, emailVerified: emailVerified ?? true });
  }

  /** What is absent stays as it is. */
  async updateProfile(change: { username?: string; fullName?: string }): Promise<Account> {
    const { emailVerified, ...profile } = await this.#api.changeProfile(change);
    return this.#keep({ ...profile, emailVerified: emailVerified ?? true });
  }

  /** This session goes on, all others end. What is stored is under another passphrase, if any. */
  async changePassword(current: string, next: string): Promise<void> {
    await this.#api.changePassword(current, next);
  }

  /**
   * Asks for another address. Where the server sends mail, it is the account's once
   * {@link verifyEmail} has shown that mail to it is read.
   *
   * @returns whether a mail was sent
   */
  async changeEmail(email: string, password: string): Promise<boolean> {
    const change = await this.#api.changeEmail(email, password);
    if ('pending' in change) {
      return true;
    }
    await this.#keep({ ...(await this.#account()), email: change.email });
    return false;
  }

  async sendVerification(): Promise<void> {
    await this.#api.sendVerification();
  }

  /** @param code that of the newest mail */
  async verifyEmail(code: string): Promise<void> {
    const account = await this.#account();
    const email = await this.#api.verifyEmail(account.userId, code.trim());
    await this.#keep({ ...account, email, emailVerified: true });
  }

  /** Where the account is signed in, the session used last first. */
  async sessions(): Promise<LoginSession[]> {
    const sessions = await this.#api.sessions();
    return sessions.map(({ program, ...session }) => ({
      ...session,
      ...(program === undefined ? {} : { program }),
    }));
  }

  /** Ends one of the account's sessions; one that has ended already is no error. */
  async endSession(id: string): Promise<void> {
    const sessions = await this.#api.sessions();
    await this.#api.endSession(id);
    if (sessions.some((session) => session.isCurrent && session.id === id)) {
      // Its access token would be taken for a while yet.
      await this.#stored.forget();
      this.#events.ended('signed_out');
    }
  }

  async endOtherSessions(): Promise<void> {
    await this.#api.endOtherSessions();
  }

  /** All that the server has of the account, as JSON. */
  async exportAccount(): Promise<Blob> {
    const json = JSON.stringify(await this.#api.export(), undefined, 2);
    return new Blob([json], { type: 'application/json' });
  }

  /** As {@link logout}. */
  async logout(): Promise<boolean> {
    const told = await logout(this.#session, this.#stored);
    this.#events.ended('signed_out');
    return told;
  }

  /** Deletes the account for good. What is stored here stays. The same again changes nothing. */
  async deleteAccount(password: string): Promise<void> {
    await this.#api.delete(password);
    await this.#stored.forget();
    this.#events.ended('account_deleted');
  }

  async #account(): Promise<Account> {
    const account = await this.#stored.account();
    if (!account) {
      throw new LoginRequired();
    }
    return account;
  }

  async #keep(account: Account): Promise<Account> {
    await this.#stored.keepAccount(account);
    this.#events.changed(account);
    return account;
  }
}
