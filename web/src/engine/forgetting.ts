import { Bundle } from '../crypto';
import { type KeyTime, UNDER_WAY } from './keyTime';
import type { Shared } from './parts';
import type { OwnBundleStore } from './stored/ownBundles';
import * as ownKeys from './stored/ownKeys';
import * as refusals from './stored/refusals';
import { DAY } from './surroundings';

const KEPT_AFTER_ROTATION = UNDER_WAY;

/**
 * The directory hands a prekey out for 30 days, who has it may use it for 7 more, and the relay
 * keeps the message for 7.
 */
const ONE_TIME_LIFE = 60 * DAY;

/**
 * Deletes private keys in time, by {@link KeyTime}. It depends on nobody: no server, no session,
 * and no clock that was always right. What is dated later than now is taken for made now; and no
 * key is deleted before its time was seen to be over for 8 days.
 */
export class Forgetting {
  readonly #shared: Shared;
  readonly #bundles: OwnBundleStore;
  readonly #time: KeyTime;

  constructor(shared: Shared, bundles: OwnBundleStore, time: KeyTime) {
    this.#shared = shared;
    this.#bundles = bundles;
    this.#time = time;
  }

  /** Deletes what is due. */
  async run(): Promise<void> {
    const now = await this.#time.now();
    await this.#shared.transactions.run(async (transaction) => {
      await ownKeys.limitTo(transaction, now);
      await ownKeys.retireMadeBefore(transaction, now - Bundle.LONGEST_LIFE, now);
      await ownKeys.retireOneTimeMadeBefore(
        transaction,
        now - (ONE_TIME_LIFE - KEPT_AFTER_ROTATION),
        now,
      );
      await ownKeys.forgetBefore(transaction, now - KEPT_AFTER_ROTATION);
      await this.#bundles.limitTo(transaction, now + Bundle.LONGEST_LIFE);
      await this.#bundles.forgetBefore(transaction, now - KEPT_AFTER_ROTATION);
      await refusals.forgetBefore(transaction, now - KEPT_AFTER_ROTATION);
    });
  }
}
