import { LoginRequired } from '../protocol/failures';
import type { SigningIn } from './account/signingIn';
import type {
  AccountFile,
  Conversation,
  ImportResult,
  LoginSession,
  Message,
  MessageSecurity,
  QuantChat,
  SafetyNumber,
  SearchPage,
  StorageReport,
} from './api';
import { Failure } from './failures';
import type { KeptMessages } from './keptMessages';
import type { OpenAccount } from './openAccount';
import type { Person } from './people/person';
import { arrange } from './stored/conversations';
import type { AccountShelf } from './surroundings';

/** What the engine has for them. */
export interface EngineParts {
  readonly open: OpenAccount | undefined;
  /** @throws LoginRequired where none is open */
  readonly account: OpenAccount;
  /** @throws LoginRequired where there is none with an identity */
  readonly working: OpenAccount;
  /** @throws StoreError `missing` */
  readonly accounts: AccountShelf;
  /** @throws StoreError `missing` */
  readonly routes: SigningIn;
  /** The account's session was ended from here. */
  readonly hasLeft: boolean;
  leave(deleteStored: boolean, left: 'signed_out' | 'account_deleted'): Promise<void>;
  added(person: Person): Promise<Conversation>;
  /** Goes to work, unless it is at work. */
  begin(): Promise<void>;
}

/** What signing in and chatting does without: loaded when one of them is first called. */
export class SeldomCalls implements Partial<QuantChat> {
  readonly #engine: EngineParts;

  constructor(engine: EngineParts) {
    this.#engine = engine;
  }

  /**
   * All of it is brought, or nothing. Where there was no identity, one is here then.
   *
   * @throws Failure where it isn't whole, is under another passphrase, or of another account or
   *     identity
   */
  async importAccountFile(file: Blob, passphrase: string): Promise<ImportResult> {
    const { shared, store, search } = this.#engine.account;
    const { readAccountFile } = await import('./accountFile/accountFileReader');
    const result = await readAccountFile(file, passphrase, { shared, store, search });
    shared.step('brought');
    await this.#engine.begin();
    return result;
  }

  /** Identity, pins and history, encrypted. */
  async exportAccountFile(passphrase: string): Promise<AccountFile> {
    const { shared, stored } = this.#engine.working;
    const { writeAccountFile } = await import('./accountFile/accountFileWriter');
    const account = await stored.account();
    if (!account) {
      throw new LoginRequired();
    }
    return writeAccountFile(shared, account, passphrase);
  }

  async changePassphrase(current: string | undefined, next: string | undefined): Promise<void> {
    await this.#engine.accounts.changePassphrase(this.#engine.account.userId, current, next);
  }

  async changePassword(current: string, next: string): Promise<void> {
    await (await this.#engine.account.own()).changePassword(current, next);
  }

  async changeEmail(email: string, password: string): Promise<boolean> {
    return (await this.#engine.account.own()).changeEmail(email, password);
  }

  async sendVerification(): Promise<void> {
    await (await this.#engine.account.own()).sendVerification();
  }

  async verifyEmail(code: string): Promise<void> {
    await (await this.#engine.account.own()).verifyEmail(code);
  }

  async forgotPassword(email: string): Promise<void> {
    await this.#engine.routes.forgotPassword(email);
  }

  async resetPassword(code: string, password: string, email?: string): Promise<void> {
    await this.#engine.routes.resetPassword(email, code, password);
  }

  async updateProfile(profile: { username?: string; fullName?: string }): Promise<void> {
    await (await this.#engine.account.own()).updateProfile(profile);
  }

  async sessions(): Promise<LoginSession[]> {
    return (await this.#engine.account.own()).sessions();
  }

  async endSession(id: string): Promise<void> {
    const open = this.#engine.account;
    await (await open.own()).endSession(id);
    if (this.#engine.hasLeft) {
      await this.#engine.leave(false, 'signed_out');
    }
  }

  async endOtherSessions(): Promise<void> {
    await (await this.#engine.account.own()).endOtherSessions();
  }

  async exportAccount(): Promise<Blob> {
    return (await this.#engine.account.own()).exportAccount();
  }

  async deleteAccount(password: string): Promise<void> {
    const open = this.#engine.account;
    await (await open.own()).deleteAccount(password);
    await this.#engine.leave(true, 'account_deleted');
  }

  async rotateKeys(): Promise<void> {
    await this.#engine.working.working.rotate();
  }

  async addStranger(contactId: string): Promise<Conversation> {
    return this.#engine.added(await this.#engine.working.people.contacts.addStranger(contactId));
  }

  async removeContact(contactId: string): Promise<void> {
    await this.#engine.account.people.contacts.remove(contactId);
  }

  async block(contactId: string): Promise<void> {
    await this.#engine.account.people.contacts.block(contactId, true);
  }

  async unblock(contactId: string): Promise<void> {
    await this.#engine.account.people.contacts.block(contactId, false);
  }

  async safetyNumber(contactId: string): Promise<SafetyNumber> {
    const identities = await this.#engine.working.working.identities();
    const number = await identities.safetyNumber(contactId);
    return { digits: number.spacedDigits(), qr: number.qrCode() };
  }

  async checkScanned(contactId: string, scanned: Uint8Array): Promise<boolean> {
    const identities = await this.#engine.working.working.identities();
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
    await this.#engine.account.shared.transactions.run((transaction) =>
      arrange(transaction, contactId, change),
    );
  }

  async checkIdentity(contactId: string): Promise<boolean> {
    return (await this.#engine.working.working.identities()).hasChangedByNow(contactId);
  }

  async acceptIdentity(contactId: string, digits: string): Promise<void> {
    const { working } = this.#engine.working;
    await (await working.identities()).accept(contactId, digits);
    working.unblocked();
  }

  async consentToDowngrade(contactId: string): Promise<void> {
    const { working } = this.#engine.working;
    await (await working.identities()).consentToDowngrade(contactId);
    working.unblocked();
  }

  async security(contactId: string, messageId: string): Promise<MessageSecurity> {
    return (await this.#kept()).security(contactId, messageId);
  }

  async search(
    query: string,
    options: { contactId?: string; limit: number; next?: string },
  ): Promise<SearchPage> {
    return (await this.#kept()).search(query, options);
  }

  async discardRefused(): Promise<number> {
    return this.#engine.working.working.quarantine.discard();
  }

  async exportMarkdown(contactId: string): Promise<Blob> {
    return (await this.#engine.account.archive()).export(contactId);
  }

  async importMarkdown(file: Blob): Promise<ImportResult> {
    return (await this.#engine.account.archive()).import(file);
  }

  async storage(): Promise<StorageReport> {
    const { usage, quota, persisted } = await this.#engine.accounts.quota();
    const { open } = this.#engine;
    const known = (await this.#engine.accounts.all()).find((it) => it.userId === open?.userId);
    return {
      usage,
      quota,
      persisted,
      messages: (await open?.store.count('messages')) ?? 0,
      hasPassphrase: known?.hasPassphrase ?? false,
    };
  }

  async retry(messageId: string): Promise<Message> {
    return (await this.#kept()).retry(messageId);
  }

  async deleteMessages(contactId: string, ids: string[]): Promise<void> {
    await (await this.#kept()).delete(contactId, ids);
  }

  async deleteConversation(contactId: string): Promise<void> {
    await (await this.#kept()).deleteAll(contactId);
  }

  async cancelFile(contactId: string, messageId: string, number: number): Promise<void> {
    const { senderId } = await this.#engine.working.conversing.found(contactId, messageId);
    await this.#engine.account.transfers.cancel(senderId, messageId, number);
  }

  #kept(): Promise<KeptMessages> {
    return this.#engine.working.conversing.kept();
  }
}
