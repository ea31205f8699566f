import { isId } from '../../protocol/json';
import type { TokenStore, Tokens } from '../../protocol/session';
import { type Change, type Row, type Store, StoreError } from '../../store/store';
import type { Account } from '../api';

/**
 * What is known of the account's identity:
 * - `free`: nobody had published one when the account was signed in to: one may be made here.
 * - `elsewhere`: one is published, and isn't here. None is made until a person says so.
 * - `here`: it is in this store, and stays.
 */
export type IdentityPlace = 'free' | 'elsewhere' | 'here';

const TABLE = 'account';
const OWNER = 'owner';
const TOKENS = 'tokens';
const IDENTITY = 'identity';

/** Whose store it is: account, tokens, and where its identity is. */
export class StoredAccount implements TokenStore {
  readonly #store: Pick<Store, 'get' | 'commit'>;

  constructor(store: Pick<Store, 'get' | 'commit'>) {
    this.#store = store;
  }

  async account(): Promise<Account | undefined> {
    const row = await this.#store.get(TABLE, OWNER);
    return row && accountIn(row);
  }

  async tokens(): Promise<Tokens | undefined> {
    const row = await this.#store.get(TABLE, TOKENS);
    return row && tokensIn(row);
  }

  async identity(): Promise<IdentityPlace | undefined> {
    const place = (await this.#store.get(TABLE, IDENTITY))?.place;
    return place === 'free' || place === 'elsewhere' || place === 'here' ? place : undefined;
  }

  /**
   * A session was opened: who it is, its tokens and where the identity is are stored at once, so
   * that no start finds a session without knowing whether an identity may be made.
   *
   * @throws StoreError where the store is another account's
   */
  async opened(account: Account, tokens: Tokens, identity: IdentityPlace): Promise<void> {
    await this.#requireOwn(account.userId);
    await this.#store.commit([
      ownerChange(account),
      tokensChange(tokens),
      identityChange(identity),
    ]);
  }

  async keepAccount(account: Account): Promise<void> {
    await this.#requireOwn(account.userId);
    await this.#store.commit([ownerChange(account)]);
  }

  async keep(tokens: Tokens): Promise<void> {
    await this.#store.commit([tokensChange(tokens)]);
  }

  async forget(): Promise<void> {
    await this.#store.commit([{ op: 'delete', table: TABLE, key: TOKENS }]);
  }

  async #requireOwn(userId: string): Promise<void> {
    const owner = await this.account();
    if (owner && owner.userId !== userId) {
      throw new StoreError('damaged', "What is stored here is another account's.");
    }
  }
}

/** What says where the identity is: to be committed with the identity's own keys. */
export function identityChange(place: IdentityPlace): Change {
  return { op: 'put', table: TABLE, row: { name: IDENTITY, place } };
}

function ownerChange(account: Account): Change {
  return { op: 'put', table: TABLE, row: { name: OWNER, ...account } };
}

function tokensChange(tokens: Tokens): Change {
  return { op: 'put', table: TABLE, row: { name: TOKENS, ...tokens } };
}

function accountIn(row: Row): Account {
  const { userId } = row;
  if (!isId(userId)) {
    throw new StoreError('damaged', 'What is stored here of the account is damaged.');
  }
  return {
    userId,
    email: String(row.email ?? ''),
    username: String(row.username ?? ''),
    fullName: String(row.fullName ?? ''),
    emailVerified: row.emailVerified === true,
  };
}

function tokensIn(row: Row): Tokens | undefined {
  const { access, refresh, expires } = row;
  return typeof access === 'string' && typeof refresh === 'string' && typeof expires === 'number'
    ? { access, refresh, expires }
    : undefined;
}
