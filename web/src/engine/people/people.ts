import type { Clock } from '../../protocol/clock';
import type { Signal } from '../../protocol/frame';
import { type ContactRoutes, Contacts, type PeopleStore } from './contacts';
import { OwnTyping } from './ownTyping';
import { Presence } from './presence';
import { TheirTyping } from './theirTyping';

export interface PeopleOptions {
  relay: ContactRoutes;
  store: PeopleStore;
  clock: Clock;
  /** Names, presence or typing of somebody are others: their line of the list is. */
  changed(userId: string): void;
  /** Somebody has added the account as a contact. */
  contactAdded(userId: string, username: string): void;
  /** Sends a frame where there is a socket, and nothing where there is none. */
  sendTyping(contactId: string, isTyping: boolean): void;
  /** What was to be stored by itself couldn't be. */
  failed(failure: unknown): void;
}

/** Who people are, who of them is there, and who is typing to whom. */
export class People {
  readonly contacts: Contacts;
  readonly presence: Presence;
  readonly theirTyping: TheirTyping;
  readonly ownTyping: OwnTyping;
  readonly #options: PeopleOptions;

  constructor(options: PeopleOptions) {
    this.#options = options;
    this.presence = new Presence(options.changed);
    this.theirTyping = new TheirTyping(options.clock, options.changed);
    this.ownTyping = new OwnTyping(options.clock, options.sendTyping);
    this.contacts = new Contacts(options.relay, options.store, options.clock, {
      changed: options.changed,
      asked: () => this.presence.asked(),
      online: (userIds) => this.presence.answered(userIds),
    });
  }

  /** Takes what others' programs, or the relay about others, tell; receipts are no matter of this. */
  take(signal: Signal): void {
    switch (signal.kind) {
      case 'typing':
        this.theirTyping.heard(signal.userId, signal.isTyping);
        break;
      case 'presence':
        this.presence.heard(signal.userId, signal.isOnline);
        if (!signal.isOnline) {
          this.theirTyping.ended(signal.userId);
        }
        break;
      case 'contact_added':
        this.contacts.met(signal.contactId, signal.username).then(
          () => this.#options.contactAdded(signal.contactId, signal.username),
          (failure: unknown) => this.#options.failed(failure),
        );
        break;
      case 'receipt':
    }
  }

  /** The socket is gone: nobody is known to be there, or to type. */
  lost(): void {
    this.presence.reset();
    this.theirTyping.reset();
    this.ownTyping.reset();
  }
}
