/** Seen for so long, a message counts as read. In milliseconds. */
const SEEN_MS = 400;

/** Whether somebody is there to see: the window is in front and not hidden. */
export interface Attention {
  isThere(): boolean;
  /** Calls when that may have changed; what it returns ends that. */
  onChange(call: () => void): () => void;
}

export const browserAttention: Attention = {
  isThere: () => document.visibilityState === 'visible' && document.hasFocus(),
  onChange: (call) => {
    window.addEventListener('focus', call);
    document.addEventListener('visibilitychange', call);
    return () => {
      window.removeEventListener('focus', call);
      document.removeEventListener('visibilitychange', call);
    };
  },
};

/** Marks messages read that somebody could see, each once, some at a time. */
export class ReadMarks {
  readonly #mark: (ids: string[]) => Promise<void>;
  readonly #unreadShown: () => string[];
  readonly #attention: Attention;
  readonly #marked = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #end: () => void;

  /** @param unreadShown the ids of unread messages that are in the window now */
  constructor(
    mark: (ids: string[]) => Promise<void>,
    unreadShown: () => string[],
    attention: Attention = browserAttention,
  ) {
    this.#mark = mark;
    this.#unreadShown = unreadShown;
    this.#attention = attention;
    this.#end = attention.onChange(() => this.look());
  }

  /** What is shown may have changed. */
  look(): void {
    if (this.#timer !== undefined || !this.#attention.isThere()) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#attention.isThere()) this.#markShown();
    }, SEEN_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  #markShown(): void {
    const ids = this.#unreadShown().filter((id) => !this.#marked.has(id));
    if (ids.length === 0) return;
    for (const id of ids) this.#marked.add(id);
    this.#mark(ids).catch(() => {
      // They stay unread, and are marked when they are looked at the next time.
      for (const id of ids) this.#marked.delete(id);
    });
  }
}
