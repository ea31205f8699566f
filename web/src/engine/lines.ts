import type { Conversation } from './api';
import type { People } from './people/people';
import { type Person, strangerOf } from './people/person';
import { all, conversation, empty, type StoredConversation, shown } from './stored/conversations';
import type { Emit } from './told';
import type { Reads } from './transaction';

/** All that the list is made of. */
interface Read {
  people: Person[];
  lines: StoredConversation[];
}

/** The lines of the list: what is stored of conversations, and who they are with. */
export class Lines {
  readonly #reads: Reads;
  readonly #people: People;
  readonly #emit: Emit;
  #ahead: Promise<Read> | undefined;

  constructor(reads: Reads, people: People, emit: Emit) {
    this.#reads = reads;
    this.#people = people;
    this.#emit = emit;
  }

  /**
   * Reads now what will be asked for as soon as there is a screen. What is told of any line before
   * that makes it be read again.
   */
  readAhead(): void {
    this.#ahead = this.#read();
    // What is wrong is said to who asks.
    this.#ahead.catch(() => undefined);
  }

  /** The last activity first. */
  async all(): Promise<Conversation[]> {
    const read = this.#ahead ?? this.#read();
    this.#ahead = undefined;
    const stored = await read;
    const people = new Map(stored.people.map((it) => [it.userId, it]));
    const lines = new Map(stored.lines.map((it) => [it.contactId, it]));
    const result: Conversation[] = [];
    for (const contactId of new Set([...people.keys(), ...lines.keys()])) {
      const line = lines.get(contactId) ?? empty(contactId);
      const shownLine = this.#line(line, people.get(contactId));
      if (shownLine) {
        result.push(shownLine);
      }
    }
    return result.sort((one, other) => other.lastActivity - one.lastActivity);
  }

  /** Somebody's, if the list shows them. */
  async of(contactId: string): Promise<Conversation | undefined> {
    const person = await this.#people.contacts.find(contactId);
    return this.#line(await conversation(this.#reads, contactId), person);
  }

  async tell(contactId: string): Promise<void> {
    this.#ahead = undefined;
    this.#emit('conversation', { contactId, conversation: await this.of(contactId) });
  }

  async #read(): Promise<Read> {
    const [people, lines] = await Promise.all([this.#people.contacts.known(), all(this.#reads)]);
    return { people, lines };
  }

  /** Contacts are shown, and whoever there is anything to read or to write on with. */
  #line(line: StoredConversation, known: Person | undefined): Conversation | undefined {
    const person = known ?? strangerOf(line.contactId, 0);
    if (!person.isContact && !line.last && line.draft === '') {
      return undefined;
    }
    const { contactId } = line;
    const { username, fullName, email, isContact, blocked, since } = person;
    const conversation = shown(line, {
      username,
      fullName,
      email,
      isContact,
      blocked,
      online: this.#people.presence.isOnline(contactId),
      typing: this.#people.theirTyping.isTyping(contactId),
    });
    // Whoever was just added stands where they are seen.
    return conversation.lastActivity === 0
      ? { ...conversation, lastActivity: since }
      : conversation;
  }
}
