import type { Events } from './api';
import type { StoredMessage } from './stored/message';

/** An event by its name, with what it tells. */
export type Tell = { [K in keyof Events]: { event: K; told: Events[K] } }[keyof Events];

export type Emit = <K extends keyof Events>(event: K, told: Events[K]) => void;

/** What a transaction has done to messages and conversations: told once it is committed. */
export class Told {
  /** Messages as they are now, by their sender and id. */
  readonly changed = new Map<string, StoredMessage>();
  /** Those of them that weren't there. */
  readonly added = new Map<string, StoredMessage>();
  /** Messages that are gone. */
  readonly removed = new Map<string, StoredMessage>();
  /** Contacts with whom all messages are gone. */
  readonly emptied = new Set<string>();
  /** Messages that go out again, as they are now, by the id that they had. */
  readonly reissued = new Map<string, StoredMessage>();
  /** Contacts whose line of the list has changed. */
  readonly lines = new Set<string>();
  /** Messages that came in, and that a person should hear of. */
  readonly received: StoredMessage[] = [];
  readonly events: Tell[] = [];

  /** Whether messages are gone, and nothing is written in their place. */
  get makesRoom(): boolean {
    return (this.removed.size > 0 || this.emptied.size > 0) && this.changed.size === 0;
  }

  wrote(before: StoredMessage | undefined, after: StoredMessage): void {
    if (before && before.id !== after.id) {
      this.gone(before);
      this.reissued.set(before.id, after);
    }
    if (before?.id !== after.id) {
      this.added.set(keyOf(after), after);
    }
    this.changed.set(keyOf(after), after);
  }

  gone(message: StoredMessage): void {
    const key = keyOf(message);
    this.changed.delete(key);
    if (!this.added.delete(key)) {
      this.removed.set(key, message);
    }
  }
}

function keyOf({ senderId, id }: StoredMessage): string {
  return `${senderId} ${id}`;
}
