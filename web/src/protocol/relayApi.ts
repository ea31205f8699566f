import { senseless, Unreachable } from './failures';
import {
  idIn,
  isTrue,
  type JsonObject,
  objectsIn,
  type Raw,
  required,
  type Schema,
  textIn,
  timeIn,
  wordIn,
} from './json';
import { nextCursor } from './pages';
import { type Answer, objectOf, type Rest } from './rest';
import type { Session } from './session';

const PAGE = 100;

/** An account has at most 5,000 contacts. */
const MOST_CONTACT_PAGES = 200;

/** Somebody whom the account has as a contact; all of it is the server's word. */
export interface Contact {
  id: string;
  username: string;
  /** Empty where it wasn't given when the contact was added. */
  email: string;
  fullName: string;
  isOnline: boolean;
  blocked: boolean;
  /** When they were added. */
  created: number;
}

/** Some pending messages as they came, oldest first, and where the next page begins. */
export interface PendingPage {
  messages: JsonObject[];
  nextCursor: string | undefined;
}

/** The relay's routes, for one account. */
export class RelayApi {
  readonly #rest: Rest;
  readonly #session: Session;

  constructor(rest: Rest, session: Session) {
    this.#rest = rest;
    this.#session = session;
  }

  /** Has the server say its time. */
  async askTime(): Promise<void> {
    await this.#get('/keys/prekeys/count');
  }

  async socketTicket(): Promise<string> {
    const answer = await this.#session.authorized((bearer) =>
      this.#rest.call('POST', '/auth/socket-ticket', { bearer }),
    );
    return required(wordIn(objectOf<Schema<'SocketTicket'>>(answer), 'ticket'));
  }

  /** All contacts, in the order they were added; without keys, which nothing goes by. */
  async contacts(): Promise<Contact[]> {
    const contacts: Contact[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < MOST_CONTACT_PAGES; pages++) {
      const answer = await this.#get(`/contacts?limit=${PAGE}${cursorParameter(cursor)}`);
      if (Array.isArray(answer.body)) {
        // A server that knows no pages has answered with all of them.
        return inOrder(objectsIn<Schema<'Contact'>>(answer.body).map(contactIn));
      }
      const page = objectOf<Schema<'ContactPage'>>(answer);
      contacts.push(...objectsIn<Schema<'Contact'>>(page.contacts).map(contactIn));
      cursor = nextCursor(page, cursor);
      if (cursor === undefined) {
        return inOrder(contacts);
      }
    }
    throw new Unreachable("The server's list of contacts has no end. Try again later.");
  }

  addContact(email: string): Promise<Contact> {
    return this.#add({ contact_email: email });
  }

  addContactById(userId: string): Promise<Contact> {
    return this.#add({ contact_id: userId });
  }

  async #add(body: Schema<'NewContact'>): Promise<Contact> {
    return contactIn(objectOf<Schema<'Contact'>>(await this.#post('/contacts', body)));
  }

  async removeContact(contactId: string): Promise<void> {
    await this.#session.authorized((bearer) =>
      this.#rest.call('DELETE', `/contacts/${contactId}`, { bearer }),
    );
  }

  async block(userId: string, blocked: boolean): Promise<void> {
    await this.#session.authorized((bearer) =>
      this.#rest.call(blocked ? 'PUT' : 'DELETE', `/contacts/${userId}/block`, { bearer }),
    );
  }

  /**
   * Hands a message to the relay; the same again changes nothing.
   *
   * @param request the send request's JSON
   */
  async send(request: string): Promise<void> {
    const answer = await this.#session.authorized((bearer) =>
      this.#rest.call('POST', '/relay/send', { bearer, json: request }),
    );
    if (textIn(objectOf<Schema<'Queued'>>(answer), 'status') !== 'queued') {
      throw senseless();
    }
  }

  /** A page of what is pending, oldest first. */
  async pending(cursor: string | undefined): Promise<PendingPage> {
    const answer = await this.#get(`/relay/pending?limit=${PAGE}${cursorParameter(cursor)}`);
    const page = objectOf<Schema<'PendingPage'>>(answer);
    if (!Array.isArray(page.messages)) {
      throw senseless();
    }
    return { messages: objectsIn(page.messages), nextCursor: nextCursor(page, cursor) };
  }

  /** @param messageIds at most 100; what isn't there any more does no harm */
  async acknowledge(messageIds: readonly string[]): Promise<void> {
    const body: Schema<'Acknowledgement'> = { message_ids: [...messageIds] };
    await this.#post('/relay/acknowledge', body);
  }

  #get(path: string): Promise<Answer> {
    return this.#session.authorized((bearer) => this.#rest.call('GET', path, { bearer }));
  }

  #post(path: string, body: object): Promise<Answer> {
    return this.#session.authorized((bearer) => this.#rest.call('POST', path, { bearer, body }));
  }
}

function cursorParameter(cursor: string | undefined): string {
  return cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
}

function inOrder(contacts: Contact[]): Contact[] {
  return contacts.sort((one, other) => one.created - other.created);
}

/** Reads what the server says of a contact. */
function contactIn(entry: Raw<Schema<'Contact'>>): Contact {
  return {
    id: required(idIn(entry, 'contact_id')),
    username: required(textIn(entry, 'contact_username')),
    email: required(textIn(entry, 'contact_email')),
    fullName: required(textIn(entry, 'contact_full_name')),
    isOnline: isTrue(entry, 'is_online'),
    blocked: isTrue(entry, 'blocked'),
    created: timeIn(entry, 'created_at') ?? 0,
  };
}
