/** While somebody types, a draft is stored at the first key and then every so many milliseconds. */
const EVERY_MS = 250;

/**
 * Stores what is in the composer: soon after each key, when the window is hidden, at the end. A page
 * that is loaded anew may end before it has stored anything more, so that nothing waits for a pause.
 */
export class DraftKeeper {
  readonly #save: (text: string) => Promise<void>;
  #stored: string;
  #text: string;
  #tried: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How many are being stored: what comes back of them is told before that is answered. */
  #storing = 0;

  constructor(stored: string, save: (text: string) => Promise<void>) {
    this.#save = save;
    this.#stored = stored;
    this.#text = stored;
    this.#tried = stored;
  }

  typed(text: string): void {
    this.#text = text;
    if (this.#timer === undefined) {
      this.#store();
      this.#timer = setTimeout(() => this.#tick(), EVERY_MS);
    }
  }

  #tick(): void {
    this.#timer = undefined;
    // What couldn't be stored is tried again with the next key, and not for ever by itself.
    if (this.#text !== this.#tried) {
      this.typed(this.#text);
    }
  }

  /** Stores it now, where it isn't yet. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#store();
  }

  #store(): void {
    this.#tried = this.#text;
    if (this.#text === this.#stored) return;
    const before = this.#stored;
    const text = this.#text;
    this.#stored = text;
    this.#storing++;
    this.#save(text)
      .catch(() => {
        // The engine has told of it; the next key tries again.
        if (this.#stored === text) this.#stored = before;
      })
      .finally(() => {
        this.#storing--;
      });
  }

  /** A draft written in another tab, where this one has nothing of its own. Whether it is taken. */
  told(draft: string): boolean {
    const isTyping = this.#timer !== undefined || this.#storing > 0;
    if (isTyping || draft === this.#stored || this.#text !== this.#stored) return false;
    this.#stored = draft;
    this.#text = draft;
    return true;
  }
}
