import type { Clock } from './clock';
import { idIn, type Raw, required, type Schema, textIn } from './json';
import { programOf } from './program';
import { objectOf, type Rest } from './rest';
import { type Tokens, tokensIn } from './session';

/** Whose program this is. */
export interface OwnProfile {
  userId: string;
  /** Empty where the address has gone to somebody else who verified it. */
  email: string;
  username: string;
  fullName: string;
}

/** A session that was opened: its tokens are kept nowhere yet. */
export interface Opened {
  profile: OwnProfile;
  tokens: Tokens;
}

/** The routes for who isn't signed in. */
export class SignIn {
  readonly #rest: Rest;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #program: string;

  /** @param program what the list of sessions calls it, at most 160 characters */
  constructor(
    rest: Rest,
    clock: Pick<Clock, 'now'>,
    program = programOf(globalThis.navigator?.userAgent ?? ''),
  ) {
    this.#rest = rest;
    this.#clock = clock;
    this.#program = program;
  }

  /** Makes an account and opens its first session. An empty name is left to the server. */
  async register(
    email: string,
    password: string,
    names: { username: string; fullName: string },
  ): Promise<Opened> {
    const body: Schema<'Registration'> = {
      email,
      password,
      ...(names.username === '' ? {} : { username: names.username }),
      ...(names.fullName === '' ? {} : { full_name: names.fullName }),
      client_name: this.#program,
    };
    return this.#opened('/auth/register', body);
  }

  /** @param email or the account's id */
  async login(email: string, password: string): Promise<Opened> {
    const body: Schema<'Credentials'> = { email, password, client_name: this.#program };
    return this.#opened('/auth/login', body);
  }

  /** Asks for a mail with a code; the answer is the same where there is no such account. */
  async forgotPassword(email: string): Promise<void> {
    const body: Schema<'EmailOnly'> = { email };
    await this.#rest.call('POST', '/auth/password/forgot', { body });
  }

  /** Chooses a password with that code, or without an address a link's token; all sessions end. */
  async resetPassword(email: string | undefined, code: string, next: string): Promise<void> {
    const proof = email === undefined ? { token: code } : { email, code };
    const body: Schema<'PasswordReset'> = { ...proof, new_password: next };
    await this.#rest.call('POST', '/auth/password/reset', { body });
  }

  async #opened(path: string, body: object): Promise<Opened> {
    const answer = await this.#rest.call('POST', path, { body });
    const session = objectOf<Schema<'Session'>>(answer);
    return { profile: profileIn(session), tokens: tokensIn(session, this.#clock.now()) };
  }
}

/** Reads what the server says of one's own account. */
export function profileIn(answer: Raw<Schema<'Account'>>): OwnProfile {
  return {
    userId: required(idIn(answer, 'user_id')),
    email: required(textIn(answer, 'email')),
    username: required(textIn(answer, 'username')),
    fullName: required(textIn(answer, 'full_name')),
  };
}
