/**
 * Who is there, by the relay's word; known only while there is a socket. What was pushed after the
 * server was asked is newer than its answer.
 */
export class Presence {
  readonly #changed: (userId: string) => void;
  readonly #online = new Set<string>();
  /** Who was told of since the server was asked; absent while it isn't. */
  #heard: Set<string> | undefined;

  /** @param changed is told whose presence is another */
  constructor(changed: (userId: string) => void) {
    this.#changed = changed;
  }

  isOnline(userId: string): boolean {
    return this.#online.has(userId);
  }

  /** A push says so, or they did something that only who is there does. */
  heard(userId: string, isOnline: boolean): void {
    this.#heard?.add(userId);
    this.#set(userId, isOnline);
  }

  /** The server is being asked who is there. */
  asked(): void {
    this.#heard = new Set();
  }

  /** It has answered; whoever isn't named isn't there. */
  answered(userIds: readonly string[]): void {
    const heard = this.#heard ?? new Set();
    this.#heard = undefined;
    const named = new Set(userIds);
    for (const userId of new Set([...this.#online, ...named])) {
      if (!heard.has(userId)) {
        this.#set(userId, named.has(userId));
      }
    }
  }

  /** The socket is gone: nobody is known to be there. */
  reset(): void {
    this.#heard = undefined;
    for (const userId of [...this.#online]) {
      this.#set(userId, false);
    }
  }

  #set(userId: string, isOnline: boolean): void {
    if (this.isOnline(userId) !== isOnline) {
      if (isOnline) {
        this.#online.add(userId);
      } else {
        this.#online.delete(userId);
      }
      this.#changed(userId);
    }
  }
}
