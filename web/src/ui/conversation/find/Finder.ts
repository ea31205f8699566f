import { type ReadonlySignal, signal } from '@preact/signals';
import type { Chat, SearchHit } from '../../../engine/api';
import { detailOf } from '../../errors';

export interface Found {
  query: string;
  /** Newest first. */
  hits: readonly SearchHit[];
  /** The hits are still those of the query before. */
  isFormer?: boolean;
  /** How much has been looked through, 0 to 1. */
  progress: number;
  searching: boolean;
  /** All has been looked through. */
  done: boolean;
  fault?: string;
}

const NOTHING: Found = { query: '', hits: [], progress: 0, searching: false, done: true };

/** So many hits are looked for at once; `more` goes on. */
export const BATCH = 40;

/**
 * Searches what is stored, page after page: what is found shows at once. A new query ends the one
 * before.
 */
export class Finder {
  readonly found: ReadonlySignal<Found>;
  readonly #chat: Pick<Chat, 'search'>;
  readonly #contactId: string | undefined;
  readonly #current = signal<Found>(NOTHING);
  #next: string | undefined;
  #turn = 0;

  /** @param contactId where to look; everywhere where it is absent */
  constructor(chat: Pick<Chat, 'search'>, contactId?: string) {
    this.#chat = chat;
    this.#contactId = contactId;
    this.found = this.#current;
  }

  async ask(query: string): Promise<void> {
    this.#turn++;
    this.#next = undefined;
    const asked = query.trim();
    if (asked === '') {
      this.#current.value = NOTHING;
      return;
    }
    // The last one's hits stay until there are others: nothing flickers while a word is typed.
    const { hits, progress } = this.#current.value;
    this.#current.value = {
      query: asked,
      hits,
      isFormer: true,
      progress,
      searching: true,
      done: false,
    };
    await this.#search([], BATCH);
  }

  /** Goes on after the hits that are there. */
  async more(): Promise<void> {
    const { hits, searching, done } = this.#current.value;
    if (searching || done) return;
    this.#current.value = { ...this.#current.value, searching: true };
    await this.#search(hits, hits.length + BATCH);
  }

  stop(): void {
    this.#turn++;
  }

  async #search(before: readonly SearchHit[], wanted: number): Promise<void> {
    const turn = this.#turn;
    const { query } = this.#current.value;
    let hits = before;
    try {
      do {
        const page = await this.#chat.search(query, {
          limit: wanted - hits.length,
          ...(this.#contactId !== undefined && { contactId: this.#contactId }),
          ...(this.#next !== undefined && { next: this.#next }),
        });
        if (turn !== this.#turn) return;
        hits = [...hits, ...page.hits];
        this.#next = page.next;
        const done = page.next === undefined;
        const searching = !done && hits.length < wanted;
        // An empty page of a search that goes on says nothing yet.
        if (hits.length > 0 || !searching) {
          this.#current.value = { query, hits, progress: page.progress, searching, done };
        } else {
          this.#current.value = { ...this.#current.value, progress: page.progress };
        }
      } while (this.#next !== undefined && hits.length < wanted);
    } catch (e) {
      if (turn !== this.#turn) return;
      this.#current.value = {
        query,
        hits,
        progress: this.#current.value.progress,
        searching: false,
        done: true,
        fault: detailOf(e),
      };
    }
  }
}
