import { type IdentityKeys, OneTimeKeys, PrekeyBatch } from '../crypto';
import { LoginRequired, ServerRefusal, Unreachable } from '../protocol/failures';
import type { KeyDirectory, Stock } from '../protocol/keyDirectory';
import { newId } from './ids';
import type { KeyTime } from './keyTime';
import type { Shared } from './parts';
import * as ownKeys from './stored/ownKeys';
import { keepValue, valueNamed } from './stored/state';
import { DAY, MINUTE } from './surroundings';

/** Whatever the directory says is left, no more private parts than these are kept for it. */
const MOST_UNSPENT = 4_000;

/** How often the directory is asked what it has on account of what comes in. */
const BETWEEN_LOOKS = MINUTE;

/** For so long a batch is handed out. */
const BATCH_LIFE = 30 * DAY;

export interface OneTimeSupplyParts {
  shared: Shared;
  directory: KeyDirectory;
  time: KeyTime;
  identity: IdentityKeys;
  batchSize: number;
  /** Is done when nothing more urgent goes on: to make prekeys takes the whole processor. */
  calm: () => Promise<void>;
}

/** The account's one-time prekeys at the directory: enough of them, and how many there are. */
export class OneTimeSupply {
  readonly #shared: Shared;
  readonly #directory: KeyDirectory;
  readonly #time: KeyTime;
  readonly #identity: IdentityKeys;
  readonly #batchSize: number;
  readonly #calm: () => Promise<void>;

  /** What the directory last said it has, and when; since then it got nothing new. */
  #last: { when: number; stock: Stock } | undefined;
  #nextLook = Number.NEGATIVE_INFINITY;

  constructor({ shared, directory, time, identity, batchSize, calm }: OneTimeSupplyParts) {
    this.#shared = shared;
    this.#directory = directory;
    this.#time = time;
    this.#identity = identity;
    this.#batchSize = batchSize;
    this.#calm = calm;
  }

  /** Uploads one-time prekeys where the directory is running out of them. */
  async replenish(): Promise<void> {
    const { reads } = this.#shared.transactions;
    if (
      (await ownKeys.batchesToUpload(reads)).length === 0 &&
      (await this.#look()).isLow &&
      (await ownKeys.unspentSince(reads, 0)) < MOST_UNSPENT
    ) {
      await this.#makeBatch();
    }
    for (const batch of await ownKeys.batchesToUpload(reads)) {
      await this.#upload(batch);
    }
  }

  /** One that is never taken has no more to wait for: the next upkeep makes another. */
  async #upload(batch: PrekeyBatch): Promise<void> {
    const isInTime = this.#shared.clock.now() < batch.created + BATCH_LIFE;
    const isTaken = isInTime && (await this.#directory.upload(batch.toMap()));
    if (isTaken) {
      this.#shared.step('batch_uploaded');
      this.#last = undefined;
    }
    await this.#shared.transactions.run(async (transaction) => {
      ownKeys.uploaded(transaction, batch);
      if (isTaken) {
        keepValue(transaction, 'uploaded', this.#shared.clock.now());
      }
    });
  }

  async #look(): Promise<Stock> {
    const stock = await this.#directory.stock();
    this.#last = { when: this.#shared.clock.now(), stock };
    return stock;
  }

  /**
   * How many one-time prekeys the directory had when a message was written that came without one.
   * What it has now it had then, too, unless it got more since: it only ever becomes less.
   *
   * @returns nothing where it may have had none, or isn't there to say so
   */
  async onOfferWhen(written: number): Promise<number | undefined> {
    const { reads } = this.#shared.transactions;
    const uploaded = await valueNamed(reads, 'uploaded');
    if (uploaded === undefined || uploaded >= written) {
      return undefined;
    }
    if (!this.#last || this.#last.when < written) {
      const now = this.#shared.clock.now();
      if (now < this.#nextLook && this.#nextLook < now + 2 * BETWEEN_LOOKS) {
        return undefined;
      }
      this.#nextLook = now + BETWEEN_LOOKS;
      if (!(await this.#canLook())) {
        return undefined;
      }
    }
    const since = (await this.#time.now()) - BATCH_LIFE;
    const unspent = await ownKeys.unspentSince(reads, since);
    const left = Math.min(this.#last?.stock.left ?? 0, unspent);
    return left > 0 ? left : undefined;
  }

  async #canLook(): Promise<boolean> {
    try {
      await this.#look();
      return true;
    } catch (failure) {
      if (
        failure instanceof Unreachable ||
        failure instanceof ServerRefusal ||
        failure instanceof LoginRequired
      ) {
        return false;
      }
      throw failure;
    }
  }

  async #makeBatch(): Promise<void> {
    const { userId, clock, random, transactions } = this.#shared;
    await this.#calm();
    const pairs: OneTimeKeys[] = [];
    for (let made = 0; made < this.#batchSize; made++) {
      pairs.push(await OneTimeKeys.generate(random));
    }
    const fields = {
      userId,
      batchId: newId(random),
      created: clock.now(),
      prekeys: pairs.map(({ prekey }) => prekey),
    };
    const batch = await PrekeyBatch.sign(fields, this.#identity, random);
    const now = await this.#time.now();
    await transactions.run(async (transaction) => ownKeys.addBatch(transaction, batch, pairs, now));
    this.#shared.step('batch_kept');
  }
}
