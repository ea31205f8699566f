import type { Change, Store } from '../store';
import type { SearchParameters, StoredSearch } from './storedSearch';
import { Tail } from './tail';
import type { AllTexts, FindOptions, Found, Search, SearchTarget, SearchText } from './types';

/** A search that takes in what is written from the start, and is loaded with the first other use. */
export class SearchOnDemand implements Search {
  readonly #tail: Tail;
  readonly #load: () => Promise<StoredSearch>;
  #loaded: Promise<StoredSearch> | undefined;

  private constructor(tail: Tail, load: () => Promise<StoredSearch>) {
    this.#tail = tail;
    this.#load = load;
  }

  static async open(
    store: Store,
    all: AllTexts,
    parameters: Partial<SearchParameters> = {},
  ): Promise<SearchOnDemand> {
    const tail = await Tail.open(store);
    return new SearchOnDemand(tail, async () => {
      const { StoredSearch } = await import('./storedSearch');
      return StoredSearch.open(store, all, parameters, tail);
    });
  }

  #search(): Promise<StoredSearch> {
    this.#loaded ??= this.#load().catch((failure) => {
      // Without a network, and a new release since: the next call tries again.
      this.#loaded = undefined;
      throw failure;
    });
    return this.#loaded;
  }

  changesFor(messages: readonly SearchText[]): Change[] {
    return this.#tail.changesFor(messages);
  }

  async remove(
    targets: readonly SearchTarget[],
    contactIds?: readonly string[],
  ): Promise<Change[]> {
    return (await this.#search()).remove(targets, contactIds);
  }

  async removeConversation(contactId: string): Promise<Change[]> {
    return (await this.#search()).removeConversation(contactId);
  }

  async renew(): Promise<Change[]> {
    return (await this.#search()).renew();
  }

  async find(query: string, options: FindOptions): Promise<Found> {
    return (await this.#search()).find(query, options);
  }

  async fold(): Promise<void> {
    await (await this.#search()).fold();
  }

  async rebuild(): Promise<void> {
    await (await this.#search()).rebuild();
  }
}
