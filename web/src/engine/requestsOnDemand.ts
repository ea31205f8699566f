import type { MessageKey } from '../crypto';
import type { MintId } from './outboxDates';
import type { Shared } from './parts';
import type { Requests } from './requests';
import * as asked from './stored/asked';
import * as heard from './stored/heard';
import type { PeerStore } from './stored/peers';

/** Requests to seal messages again: loaded where there may be one to make, or a gap to tell. */
export class RequestsOnDemand {
  readonly #shared: Shared;
  readonly #peers: PeerStore;
  readonly #mintId: MintId;
  #loaded: Promise<Requests> | undefined;

  constructor(shared: Shared, peers: PeerStore, mintId: MintId) {
    this.#shared = shared;
    this.#peers = peers;
    this.#mintId = mintId;
  }

  load(): Promise<Requests> {
    this.#loaded ??= import('./requests').then(
      ({ Requests }) => new Requests(this.#shared, this.#peers, this.#mintId),
      (failure) => {
        // Without a network, and a new release since: the next call tries again.
        this.#loaded = undefined;
        throw failure;
      },
    );
    return this.#loaded;
  }

  /** Whether a message can't be opened, and is asked for. */
  async isAskedFor(message: MessageKey | undefined): Promise<boolean> {
    return message !== undefined && asked.contains(this.#shared.transactions.reads, message);
  }

  /** All that the relay has was looked at: what is missing now is told. */
  async lookedAtAll(): Promise<void> {
    if (await this.#isOpen()) {
      await (await this.load()).lookedAtAll();
    }
  }

  /**
   * Puts requests for which it is time into the outbox.
   *
   * @returns whether there were any
   */
  async run(): Promise<boolean> {
    const { reads } = this.#shared.transactions;
    const mayBe = (await asked.all(reads)).length > 0 || (await this.#isOpen());
    return mayBe && (await this.load()).run();
  }

  /** Whether something is missing in anybody's stream, or was told to be. */
  async #isOpen(): Promise<boolean> {
    return (await heard.open(this.#shared.transactions.reads)).length > 0;
  }
}
