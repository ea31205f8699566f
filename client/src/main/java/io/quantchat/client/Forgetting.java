package io.quantchat.client;

import io.quantchat.client.store.LocalStore;
import io.quantchat.crypto.Bundle;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes private keys in time. It depends on nobody: no server, no session, and no clock that was
 * always right. What a clock that was fast has dated later than now is taken for made now; and no
 * key is deleted before its time was seen to be over for 8 days, so that a clock that jumps ahead
 * and back takes none that messages are on their way to.
 */
final class Forgetting {

  /** The relay keeps a message for 7 days, and clocks differ. */
  private static final Duration KEPT_AFTER_ROTATION = Duration.ofDays(8);

  /**
   * The directory hands a prekey out for 30 days, who has it may use it for 7 more, and the relay
   * keeps the message for 7.
   */
  private static final Duration ONE_TIME_LIFE = Duration.ofDays(60);

  private final LocalStore store;
  private final Surroundings surroundings;

  Forgetting(LocalStore store, Surroundings surroundings) {
    this.store = store;
    this.surroundings = surroundings;
  }

  /** Deletes what is due. */
  void run() {
    Instant now = surroundings.now();
    store.transaction(
        () -> {
          store.ownKeys().limitTo(now);
          store.ownKeys().retireMadeBefore(now.minus(Bundle.LONGEST_LIFE), now);
          store
              .ownKeys()
              .retireOneTimeMadeBefore(now.minus(ONE_TIME_LIFE.minus(KEPT_AFTER_ROTATION)), now);
          store.ownKeys().forgetBefore(now.minus(KEPT_AFTER_ROTATION));
          store.ownBundles().limitTo(now.plus(Bundle.LONGEST_LIFE));
          store.ownBundles().forgetBefore(now.minus(KEPT_AFTER_ROTATION));
          store.refusals().forgetBefore(now.minus(KEPT_AFTER_ROTATION));
        });
  }
}
