import { type ReadonlySignal, signal } from '@preact/signals';
import type { Chat, Message } from '../../../engine/api';
import { Arrivals } from './Arrivals';
import { type History, isUnread, MOST, PAGE } from './History';
import { ReadMarks } from './ReadMarks';
import { ScrollKeeper } from './ScrollKeeper';

/** Where a conversation is looked at; it opens there again. */
export interface Looked {
  messageId: string;
  /** How far the message's top is below the top of the window, in pixels. */
  below: number;
}

export interface Begin {
  /** The first unread message: its line is what is shown, unless there is a place. */
  firstUnread: string | undefined;
  /** Where it was left, or a message that was asked for. The end where there is neither. */
  place: Looked | { messageId: string } | undefined;
}

/** Loads more where less than this many window heights are left. */
const NEAR = 1.5;

/** How long a message that was jumped to is lit, in milliseconds. */
const LIT = 1_600;

export interface ListScrollOptions {
  chat: Pick<Chat, 'markRead' | 'on'>;
  history: History;
  contactId: string;
  ownId: string;
  begin: Begin;
  onLooked: (looked: Looked | undefined) => void;
}

/** What scrolling does: keeps the place, loads what comes near, marks read what was seen. */
export class ListScroll {
  /** Whether the newest message is out of sight. */
  readonly isAway: ReadonlySignal<boolean>;
  /** How many came in below meanwhile. */
  readonly below: ReadonlySignal<number>;
  /** The message that was jumped to just now. */
  readonly lit: ReadonlySignal<string | undefined>;
  readonly #options: ListScrollOptions;
  readonly #away = signal(false);
  readonly #count = signal(0);
  readonly #light = signal<string | undefined>(undefined);
  #kept: ScrollKeeper | undefined;
  #marks: ReadMarks | undefined;
  #begun = false;
  /**
   * Above 0 from when another stretch is asked for until its message is in sight: who read at the
   * end before isn't to be brought there again, through all that lies between.
   */
  #onItsWay = 0;

  constructor(options: ListScrollOptions) {
    this.#options = options;
    this.isAway = this.#away;
    this.below = this.#count;
    this.lit = this.#light;
  }

  /** Begins to follow the elements; what it returns ends that. */
  attach(scroller: HTMLElement, list: HTMLElement): () => void {
    const { chat, contactId } = this.#options;
    const kept = new ScrollKeeper(scroller, list);
    this.#kept = kept;
    const marks = new ReadMarks(
      (ids) => chat.markRead(contactId, ids),
      () => this.#unreadShown(),
    );
    this.#marks = marks;
    const observer = new ResizeObserver(() => {
      kept.settle(this.#history.stretch.peek()?.hasLater ?? false);
      this.#look();
    });
    observer.observe(scroller);
    observer.observe(list);
    return () => {
      this.#kept = undefined;
      marks.close();
      observer.disconnect();
      this.#unfollow();
    };
  }

  /** The rows have been drawn: what was looked at is put where it was, before it is painted. */
  drawn(): void {
    const stretch = this.#history.stretch.peek();
    if (!this.#kept || !stretch) return;
    if (!this.#begun) this.#beginAt(this.#kept);
    this.#kept.settle(stretch.hasLater);
    if (this.#kept.isAtEnd) this.#history.trim(this.#most());
    else if (stretch.messages.length > MOST + PAGE) this.#trimBelow(this.#kept);
    this.#look();
  }

  #trimBelow(kept: ScrollKeeper): void {
    // Days and the line of new messages have keys of their own.
    const seen = kept
      .shown()
      .map(Number)
      .findLast((place) => place > 0);
    if (seen !== undefined) this.#history.trimBelow(seen, this.#most());
  }

  scrolled(): void {
    if (!this.#begun) return;
    this.#kept?.scrolled();
    this.#look();
  }

  /** Goes to the newest message. */
  async toEnd(): Promise<void> {
    if (this.#history.stretch.peek()?.hasLater) {
      await this.#history.open({ at: 'end' });
      await drawing();
    }
    this.#kept?.toEnd();
    this.#look();
  }

  /** Goes to a message, wherever it is. Its row's key, unless it is gone. */
  async toMessage(messageId: string): Promise<string | undefined> {
    if (!this.#history.isLoaded(messageId)) {
      this.#onItsWay++;
      try {
        await this.#history.open({ around: messageId });
        await drawing();
      } finally {
        this.#onItsWay--;
      }
    }
    const key = this.#keyOf(messageId);
    if (key === undefined || !this.#kept?.show(key)) return undefined;
    this.#lightUp(messageId);
    this.#look();
    return key;
  }

  row(key: string): HTMLElement | undefined {
    return this.#kept?.element(key);
  }

  get #history(): History {
    return this.#options.history;
  }

  #unfollow: () => void = () => {};

  #beginAt(kept: ScrollKeeper): void {
    this.#begun = true;
    const { firstUnread, place } = this.#options.begin;
    this.#follow();
    const key = place && this.#keyOf(place.messageId);
    if (place && key !== undefined && kept.show(key, 'below' in place ? place.below : undefined)) {
      if (!('below' in place)) this.#lightUp(place.messageId);
    } else if (firstUnread === undefined || !kept.show('unread')) kept.toEnd();
  }

  #follow(): void {
    const { chat, contactId, ownId } = this.#options;
    const last = this.#history.stretch.peek()?.messages.at(-1)?.place ?? 0;
    const arrivals = new Arrivals(ownId, last);
    this.#unfollow = chat.on('messages', (told) => {
      if (told.contactId !== contactId) return;
      const fresh = arrivals.told(told.messages);
      if (!this.#kept?.isAtEnd) this.#count.value += fresh;
    });
  }

  /** Something else may be shown now. */
  #look(): void {
    const kept = this.#kept;
    if (!kept || !this.#begun || this.#onItsWay > 0) return;
    this.#away.value = !kept.isAtEnd;
    if (kept.isAtEnd) this.#count.value = 0;
    const { place } = kept;
    const messageId = place.at === 'row' ? kept.element(place.key)?.dataset.message : undefined;
    this.#options.onLooked(
      place.at === 'row' && messageId !== undefined ? { messageId, below: place.below } : undefined,
    );
    this.#marks?.look();
    this.#fill();
  }

  #fill(): void {
    const of = this.#history.stretch.peek();
    if (!this.#kept || !of) return;
    const { above, below } = this.#kept.beyond();
    let more: Promise<void> | undefined;
    if (above < NEAR && of.hasEarlier) more = this.#history.earlier(this.#most());
    else if (below < NEAR && of.hasLater) more = this.#history.later(this.#most());
    more?.then(
      () => {
        if (this.#history.stretch.peek() !== of) this.#fill();
      },
      () => {
        // The engine tells of it by an event of its own; scrolling on tries again.
      },
    );
  }

  /** Enough that what is let go on one side isn't wanted again at once, however high the window. */
  #most(): number {
    return Math.max(MOST, 6 * (this.#kept?.shown().length ?? 0) + 2 * PAGE);
  }

  #unreadShown(): string[] {
    const keys = new Set(this.#kept?.shown());
    return (this.#history.stretch.peek()?.messages ?? [])
      .filter((it) => keys.has(keyOf(it)) && isUnread(it, this.#options.ownId))
      .map((it) => it.id);
  }

  #keyOf(messageId: string): string | undefined {
    const found = this.#history.stretch.peek()?.messages.find((it) => it.id === messageId);
    return found && keyOf(found);
  }

  #lightUp(messageId: string): void {
    this.#light.value = messageId;
    setTimeout(() => {
      if (this.#light.peek() === messageId) this.#light.value = undefined;
    }, LIT);
  }
}

/** The key of a message's row: its place, which stays when it gets another id. */
export function keyOf(message: Message): string {
  return String(message.place);
}

/** After what has changed was drawn. */
function drawing(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
