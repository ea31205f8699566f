/** A draft is stored when typing pauses for so long, in milliseconds. */
const PAUSE_MS = 400;

/** Stores what is in the composer: when typing pauses, when the window is hidden, at the end. */
export class DraftKeeper {
  private readonly save: (text: string) => Promise<void>;
  private stored: string;
  private text: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(stored: string, save: (text: string) => Promise<void>) {
    this.save = save;
    this.stored = stored;
    this.text = stored;
  }

  typed(text: string): void {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE_MS);
  }

  /** Stores it now, where it isn't yet. */
  flush(): void {
    clearTimeout(this.timer);
    if (this.text === this.stored) return;
    const before = this.stored;
    const text = this.text;
    this.stored = text;
    this.save(text).catch(() => {
      // The engine has told of it; the next pause tries again.
      if (this.stored === text) this.stored = before;
    });
  }

  /** A draft written in another tab, where this one has nothing of its own. Whether it is taken. */
  told(draft: string): boolean {
    if (draft === this.stored || this.text !== this.stored) return false;
    this.stored = draft;
    this.text = draft;
    return true;
  }
}
