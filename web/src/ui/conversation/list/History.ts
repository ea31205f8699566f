import { type ReadonlySignal, signal } from '@preact/signals';
import type { Chat, Message, MessagePage, PagePlace } from '../../../engine/api';
import {
  EMPTY,
  type Stretch,
  withEarlier,
  withFile,
  withLater,
  withoutEarliest,
  withoutIds,
  withoutLatest,
  withReissued,
  withTold,
} from './stretch';

/** Messages of one page: two screens full. Laying out more at once would be felt. */
export const PAGE = 24;

/** So many stay loaded at least: several times what a window shows. */
export const MOST = 168;

type Source = Pick<Chat, 'messages' | 'on'>;

/** The loaded stretch of one conversation, kept as the engine tells of it. */
export class History {
  /** Nothing until the first page is here. */
  readonly stretch: ReadonlySignal<Stretch | undefined>;
  readonly #chat: Source;
  readonly #contactId: string;
  readonly #current = signal<Stretch | undefined>(undefined);
  /** Each page that is being read, by what was told meanwhile: the page may not know it yet. */
  readonly #reading = new Set<((stretch: Stretch) => Stretch)[]>();
  readonly #endings: (() => void)[];
  #loading: Promise<void> | undefined;
  #closed = false;
  /** Counts the places that were opened. */
  #generation = 0;

  constructor(chat: Source, contactId: string) {
    this.#chat = chat;
    this.#contactId = contactId;
    this.stretch = this.#current;
    const ofMine =
      <T extends { contactId: string }>(change: (told: T) => (of: Stretch) => Stretch) =>
      (told: T) => {
        if (told.contactId === contactId) this.#told(change(told));
      };
    this.#endings = [
      chat.on(
        'messages',
        ofMine(
          ({ messages }) =>
            (of) =>
              withTold(of, messages),
        ),
      ),
      chat.on(
        'reissued',
        ofMine(
          ({ oldId, message }) =>
            (of) =>
              withReissued(of, oldId, message),
        ),
      ),
      chat.on(
        'deleted',
        ofMine(
          ({ ids }) =>
            (of) =>
              ids === undefined ? EMPTY : withoutIds(of, ids),
        ),
      ),
      chat.on(
        'fileMoved',
        ofMine(
          ({ messageId, file }) =>
            (of) =>
              withFile(of, messageId, file),
        ),
      ),
    ];
  }

  /** Begins anew at another place. */
  async open(place: PagePlace): Promise<void> {
    await this.#read(place, (_, page) => page);
  }

  isLoaded(messageId: string): boolean {
    return this.#current.value?.messages.some((message) => message.id === messageId) ?? false;
  }

  /**
   * Loads what comes before, once at a time; lets go of what is far below.
   *
   * @param most how many stay loaded
   */
  earlier(most = MOST): Promise<void> {
    const first = this.#current.value?.messages[0];
    if (!first || !this.#current.value?.hasEarlier) return Promise.resolve();
    return this.#once({ before: first.place }, (of, page) =>
      withoutLatest(withEarlier(of, page), most),
    );
  }

  /** Loads what comes after, once at a time; lets go of what is far above. */
  later(most = MOST): Promise<void> {
    const last = this.#current.value?.messages.at(-1);
    if (!last || !this.#current.value?.hasLater) return Promise.resolve();
    return this.#once({ after: last.place }, (of, page) =>
      withoutEarliest(withLater(of, page), most),
    );
  }

  /** Lets go of what is far above somebody who reads at the end. */
  trim(most = MOST): void {
    const stretch = this.#current.value;
    if (stretch && stretch.messages.length > most + PAGE) {
      this.#current.value = withoutEarliest(stretch, most);
    }
  }

  /**
   * Lets go of what is far below somebody who reads further up, as they scroll on it comes again.
   *
   * @param place of the last message that is seen
   */
  trimBelow(place: number, most = MOST): void {
    const stretch = this.#current.value;
    const seen = stretch?.messages.findIndex((message) => message.place === place) ?? -1;
    if (stretch && seen >= 0 && stretch.messages.length > seen + most + PAGE) {
      this.#current.value = withoutLatest(stretch, seen + most);
    }
  }

  close(): void {
    this.#closed = true;
    for (const end of this.#endings) end();
  }

  #once(place: PagePlace, take: (of: Stretch, page: MessagePage) => Stretch): Promise<void> {
    this.#loading ??= this.#read(place, take).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #read(place: PagePlace, take: (of: Stretch, page: MessagePage) => Stretch): Promise<void> {
    const told: ((stretch: Stretch) => Stretch)[] = [];
    const before = this.#generation;
    if (!('before' in place || 'after' in place)) this.#generation++;
    const generation = this.#generation;
    this.#reading.add(told);
    try {
      const page = await this.#chat.messages(this.#contactId, place, PAGE);
      // A page beside a stretch that has been left for another place fits nowhere.
      if (this.#closed || generation !== this.#generation) return;
      const taken = take(this.#current.value ?? EMPTY, page);
      this.#current.value = told.reduce((of, change) => change(of), taken);
    } catch (e) {
      if (generation === this.#generation) this.#generation = before;
      throw e;
    } finally {
      this.#reading.delete(told);
    }
  }

  #told(change: (stretch: Stretch) => Stretch): void {
    for (const told of this.#reading) told.push(change);
    const stretch = this.#current.value;
    if (!stretch) return;
    const changed = change(stretch);
    this.#current.value = changed;
    if (changed.messages.length === 0 && (changed.hasEarlier || changed.hasLater)) {
      // All that was loaded has been deleted, and there is more.
      void this.open({ at: 'end' });
    }
  }
}

/** Which of the messages came in and haven't been read. */
export function isUnread(message: Message, ownId: string): boolean {
  return message.senderId !== ownId && message.state === 'delivered';
}
