import type { Clock } from '../../protocol/clock';
import { LoginRequired } from '../../protocol/failures';
import { KeyDirectory } from '../../protocol/keyDirectory';
import { ownProfile } from '../../protocol/ownProfile';
import type { Rest } from '../../protocol/rest';
import { Session } from '../../protocol/session';
import { type Opened, SignIn } from '../../protocol/signIn';
import type { Store } from '../../store/store';
import type { Account } from '../api';
import { HeldTokens } from './heldTokens';
import { type IdentityPlace, StoredAccount } from './storedAccount';

/** Where accounts are stored here: each has a store of its own. */
export interface AccountStores {
  /**
   * The store of an account, made where there is none; another's is closed before. It isn't locked:
   * where it is under a passphrase, this fails with a StoreError `locked`.
   */
  storeOf(userId: string, email: string): Promise<Store>;
}

/** A session that was opened, and is stored. */
export interface SignedIn {
  account: Account;
  identity: IdentityPlace;
  store: Store;
}

/**
 * Opens sessions. A session that can't be stored, or of which it can't be found out whether its
 * account has an identity elsewhere, is ended again: nothing is left half signed in.
 */
export class SigningIn {
  readonly #rest: Rest;
  readonly #routes: SignIn;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #stores: AccountStores;

  constructor(rest: Rest, clock: Pick<Clock, 'now'>, stores: AccountStores, program?: string) {
    this.#rest = rest;
    this.#routes = new SignIn(rest, clock, program);
    this.#clock = clock;
    this.#stores = stores;
  }

  /** Makes an account. An empty name is left to the server. */
  async register(
    email: string,
    password: string,
    names: { username: string; fullName: string },
  ): Promise<SignedIn> {
    return this.#begin(await this.#routes.register(email, password, names));
  }

  /** @param email or the account's id */
  async login(email: string, password: string): Promise<SignedIn> {
    return this.#begin(await this.#routes.login(email, password));
  }

  async forgotPassword(email: string): Promise<void> {
    await this.#routes.forgotPassword(email);
  }

  /** @param code that of the newest mail */
  async resetPassword(email: string | undefined, code: string, next: string): Promise<void> {
    await this.#routes.resetPassword(email, code.trim(), next);
  }

  async #begin(opened: Opened): Promise<SignedIn> {
    const held = new HeldTokens(opened.tokens);
    const session = new Session(this.#rest, held, this.#clock);
    try {
      return await this.#keep(opened, held, session);
    } catch (failure) {
      // What is wrong is told; that the server couldn't be told of it is not.
      await session.logout().catch(() => undefined);
      throw failure;
    }
  }

  async #keep(opened: Opened, held: HeldTokens, session: Session): Promise<SignedIn> {
    const { userId, email } = opened.profile;
    const profile = await ownProfile(this.#rest, session);
    const published = await new KeyDirectory(this.#rest, session).bundle(userId, 0);
    const store = await this.#stores.storeOf(userId, email);
    const stored = new StoredAccount(store);
    const known = await stored.identity();
    const identity = known === 'here' ? 'here' : published ? 'elsewhere' : 'free';
    const account: Account = {
      ...opened.profile,
      // Where the server sends no mail, there is nothing to verify.
      emailVerified: profile.emailVerified ?? true,
    };
    const tokens = await held.tokens();
    if (!tokens) {
      throw new LoginRequired();
    }
    await stored.opened(account, tokens, identity);
    return { account, identity, store };
  }
}
