import type { Clock } from '../../protocol/clock';
import { Lane } from '../../protocol/lane';
import type { Contact, RelayApi } from '../../protocol/relayApi';
import type { Change, Store } from '../../store/store';
import { isSame, type Person, personIn, personOf, rowOf, strangerOf } from './person';

const TABLE = 'people';

/** As much of the store as is needed. */
export type PeopleStore = Pick<Store, 'get' | 'getMany' | 'list' | 'commit'>;

/** The relay's routes for people. */
export type ContactRoutes = Pick<
  RelayApi,
  'contacts' | 'addContact' | 'addContactById' | 'removeContact' | 'block'
>;

export interface ContactEvents {
  /** Told once it is stored. */
  changed(userId: string): void;
  /** The server is being asked who is there. */
  asked(): void;
  /** Its word on who is there now; whoever isn't named isn't. */
  online(userIds: string[]): void;
}

/**
 * Contacts, and whoever else wrote or is blocked. What the server said is stored, so that the list
 * shows without it. Whoever is no contact any more stays known, for what they wrote is still here.
 *
 * Calls of the server follow each other: an answer of before another was asked never comes to be
 * the last word.
 */
export class Contacts {
  readonly #relay: ContactRoutes;
  readonly #store: PeopleStore;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #events: ContactEvents;
  readonly #lane = new Lane();

  constructor(
    relay: ContactRoutes,
    store: PeopleStore,
    clock: Pick<Clock, 'now'>,
    events: ContactEvents,
  ) {
    this.#relay = relay;
    this.#store = store;
    this.#clock = clock;
    this.#events = events;
  }

  /** Everybody who is known, without asking. */
  async known(): Promise<Person[]> {
    return (await this.#store.list(TABLE)).map(personIn);
  }

  /** Somebody who is known, without asking. */
  async find(userId: string): Promise<Person | undefined> {
    const row = await this.#store.get(TABLE, userId);
    return row && personIn(row);
  }

  /** Asks the server who the contacts are. */
  refresh(): Promise<void> {
    return this.#lane.run(async () => {
      this.#events.asked();
      const contacts = await this.#relay.contacts();
      await this.#take(contacts);
      this.#events.online(contacts.filter((it) => it.isOnline).map((it) => it.id));
    });
  }

  /** Adds somebody; who is there already is no error. */
  add(email: string): Promise<Person> {
    return this.#added(() => this.#relay.addContact(email.trim()));
  }

  /** Adds somebody whose address isn't known, and isn't told by the server either. */
  addStranger(userId: string): Promise<Person> {
    return this.#added(() => this.#relay.addContactById(userId));
  }

  /** They are no contact any more; a block stays. */
  remove(userId: string): Promise<void> {
    return this.#lane.run(async () => {
      await this.#relay.removeContact(userId);
      await this.#keep([{ ...(await this.#anybody(userId)), isContact: false }]);
    });
  }

  /** Contact or not. */
  block(userId: string, blocked: boolean): Promise<void> {
    return this.#lane.run(async () => {
      await this.#relay.block(userId, blocked);
      await this.#keep([{ ...(await this.#anybody(userId)), blocked }]);
    });
  }

  /** Somebody wrote, or has added the account: they are known from then on. */
  met(userId: string, username = ''): Promise<void> {
    return this.#lane.run(async () => {
      const person = await this.#anybody(userId);
      const isNews = person.username === '' && username !== '';
      await this.#keep([isNews ? { ...person, username } : person]);
    });
  }

  #added(ask: () => Promise<Contact>): Promise<Person> {
    return this.#lane.run(async () => {
      const person = personOf(await ask());
      await this.#keep([person]);
      return person;
    });
  }

  async #anybody(userId: string): Promise<Person> {
    return (await this.find(userId)) ?? strangerOf(userId, this.#clock.now());
  }

  /** All contacts are these, and nobody else is one. Of others' blocks this says nothing. */
  async #take(contacts: Contact[]): Promise<void> {
    const listed = new Set(contacts.map((contact) => contact.id));
    const gone = (await this.known())
      .filter((person) => person.isContact && !listed.has(person.userId))
      .map((person) => ({ ...person, isContact: false }));
    await this.#keep([...contacts.map(personOf), ...gone]);
  }

  async #keep(people: Person[]): Promise<void> {
    const rows = await this.#store.getMany(
      TABLE,
      people.map((person) => person.userId),
    );
    const changed = people.filter((person, at) => {
      const before = rows[at];
      return !isSame(before && personIn(before), person);
    });
    if (changed.length === 0) {
      return;
    }
    await this.#store.commit(
      changed.map((person): Change => ({ op: 'put', table: TABLE, row: rowOf(person) })),
    );
    for (const person of changed) {
      this.#events.changed(person.userId);
    }
  }
}
