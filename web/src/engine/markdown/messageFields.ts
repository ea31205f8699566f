import type { MessageState } from '../api';
import { type ArchivedMessage, UnreadableError } from './archivedMessage';
import { FIELD } from './field';
import { readTime } from './messageTime';

const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const STATES: readonly MessageState[] = [
  'sending',
  'failed',
  'sent',
  'delivered',
  'read',
  'imported',
];

export function isId(written: string): boolean {
  return UUID_FORM.test(written);
}

/** The fields of one message by their names. What can't be right is an UnreadableError. */
export class MessageFields {
  readonly #values = new Map<string, unknown>();

  add(name: string, value: unknown): void {
    if (this.#values.has(name)) {
      throw new UnreadableError(`its field ${name} is there twice`);
    }
    this.#values.set(name, value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  drop(name: string): void {
    this.#values.delete(name);
  }

  /**
   * The message; fields that aren't known are its details.
   *
   * @param self whose messages these are
   */
  message(text: string, self: string): ArchivedMessage {
    const id = this.#id(FIELD.ID);
    const from = this.#id(FIELD.FROM);
    const to = this.#id(FIELD.TO);
    if (from !== self && to !== self) {
      throw new UnreadableError('it is of another account');
    }
    const isOwn = from === self;
    const created = readTime(this.#take(FIELD.TIMESTAMP));
    const state = this.#state(isOwn);
    return {
      id,
      senderId: from,
      contactId: isOwn ? to : from,
      created,
      state,
      text,
      details: Object.fromEntries(this.#values),
    };
  }

  /** Takes a field that must be there. */
  #take(name: string): string {
    const value = this.#values.get(name);
    this.#values.delete(name);
    if (typeof value !== 'string') {
      throw new UnreadableError(`its field ${name} is missing`);
    }
    return value;
  }

  #id(name: string): string {
    const written = this.#take(name).toLowerCase();
    if (!isId(written)) {
      throw new UnreadableError(`its field ${name} is no id`);
    }
    return written;
  }

  /** The original client's exports don't say it: what was exported had been sent, or read. */
  #state(isOwn: boolean): MessageState {
    if (!this.has(FIELD.STATE)) {
      return isOwn ? 'sent' : 'read';
    }
    const written = this.#take(FIELD.STATE);
    const state = STATES.find((each) => each === written);
    if (state === undefined) {
      throw new UnreadableError("A message can't be in this state");
    }
    return state;
  }
}
