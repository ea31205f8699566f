import { Unreachable } from './failures';
import {
  idIn,
  isTrue,
  type JsonObject,
  member,
  objectsIn,
  type Raw,
  required,
  type Schema,
  textIn,
  timeIn,
} from './json';
import { fullProfileIn, ownProfile, type Profile } from './ownProfile';
import { nextCursor } from './pages';
import { type Answer, type Method, objectOf, type Rest } from './rest';
import type { Session } from './session';

/** Pages of an export, some 3 MB each: no inbox holds so much. */
const MOST_PAGES = 200;

/** A login that goes on, wherever it is. */
export interface ListedSession {
  id: string;
  /** What the program called itself; whoever logs in chooses it. */
  program: string | undefined;
  created: number;
  lastUsed: number;
  isCurrent: boolean;
}

/** The address that is to be verified, if any; else the one that is the account's now. */
export type EmailChange = { pending: string } | { email: string };

/** The routes of one's own account: how one signs in, and where; what is held of it; leaving. */
export class AccountApi {
  readonly #rest: Rest;
  readonly #session: Session;

  constructor(rest: Rest, session: Session) {
    this.#rest = rest;
    this.#session = session;
  }

  async profile(): Promise<Profile> {
    return ownProfile(this.#rest, this.#session);
  }

  /** What is absent stays as it is. */
  async changeProfile(change: { username?: string; fullName?: string }): Promise<Profile> {
    const body: Schema<'ProfileChange'> = {
      ...(change.username === undefined ? {} : { username: change.username }),
      ...(change.fullName === undefined ? {} : { full_name: change.fullName }),
    };
    return fullProfileIn(objectOf<Schema<'Profile'>>(await this.#call('PATCH', '/users/me', body)));
  }

  /** Chooses another password: this session goes on, all others end. */
  async changePassword(current: string, next: string): Promise<void> {
    const body: Schema<'PasswordChange'> = { password: current, new_password: next };
    await this.#call('POST', '/auth/password', body);
  }

  async changeEmail(email: string, password: string): Promise<EmailChange> {
    const body: Schema<'Credentials'> = { email, password };
    const answer = objectOf<Schema<'EmailPending'>>(await this.#call('POST', '/auth/email', body));
    return (member(answer, 'pending_email') ?? null) === null
      ? { email: required(textIn(answer, 'email')) }
      : { pending: required(textIn(answer, 'pending_email')) };
  }

  /**
   * Has the mail sent once more that verifies an address.
   *
   * @returns the address that it goes to; empty where the server doesn't say
   */
  async sendVerification(): Promise<string> {
    const answer = await this.#call('POST', '/auth/email/verification', {});
    return textIn(objectOf<Schema<'EmailPending'>>(answer), 'pending_email') ?? '';
  }

  /**
   * Shows the code of that mail.
   *
   * @returns the address that the account has now
   */
  async verifyEmail(userId: string, code: string): Promise<string> {
    const body: Schema<'EmailVerification'> = { user_id: userId, code };
    const answer = await this.#rest.call('POST', '/auth/email/verify', { body });
    return required(textIn(objectOf<Schema<'EmailVerified'>>(answer), 'email'));
  }

  async sessions(): Promise<ListedSession[]> {
    const body = objectOf<Schema<'Sessions'>>(await this.#call('GET', '/auth/sessions'));
    return objectsIn<Schema<'ListedSession'>>(body.sessions).map(listed);
  }

  async endSession(sessionId: string): Promise<void> {
    await this.#call('DELETE', `/auth/sessions/${encodeURIComponent(sessionId)}`);
  }

  async endOtherSessions(): Promise<void> {
    await this.#call('DELETE', '/auth/sessions');
  }

  /** All that the server holds of the account, its pages put together. */
  async export(): Promise<JsonObject> {
    const first = objectOf(await this.#call('GET', '/users/me/export'));
    const messages = objectsIn(first.messages);
    let cursor = nextCursor(first as Raw<Schema<'ExportedMessages'>>, undefined);
    for (let pages = 1; cursor !== undefined; pages++) {
      if (pages === MOST_PAGES) {
        throw new Unreachable("The server's export has no end. Try again later.");
      }
      const path = `/users/me/export?cursor=${encodeURIComponent(cursor)}`;
      const page = objectOf<Schema<'ExportedMessages'>>(await this.#call('GET', path));
      messages.push(...objectsIn(page.messages));
      cursor = nextCursor(page, cursor);
    }
    const { next_cursor: _, ...whole } = first;
    return { ...whole, messages };
  }

  /** Deletes the account; the same again changes nothing. */
  async delete(password: string): Promise<void> {
    const body: Schema<'Departure'> = { password };
    await this.#call('DELETE', '/users/me', body);
  }

  #call(method: Method, path: string, body?: object): Promise<Answer> {
    return this.#session.authorized((bearer) =>
      this.#rest.call(method, path, { bearer, ...(body === undefined ? {} : { body }) }),
    );
  }
}

function listed(entry: Raw<Schema<'ListedSession'>>): ListedSession {
  return {
    id: required(idIn(entry, 'session_id')),
    program: textIn(entry, 'name'),
    created: required(timeIn(entry, 'created_at')),
    lastUsed: required(timeIn(entry, 'last_used_at')),
    isCurrent: isTrue(entry, 'current'),
  };
}
