package io.quantchat.client;

import io.quantchat.client.store.LocalStore;
import io.quantchat.crypto.Bundle;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes private keys in time, by {@link KeyTime}. It depends on nobody: no server, no session,
 * and no clock that was always right. What is dated later than now is taken for made now; and no
 * key is deleted before its time was seen to be over for 8 days.
 */
final class Forgetting {

  private static final Duration KEPT_AFTER_ROTATION = KeyTime.UNDER_WAY;

  /**
   * The directory hands a prekey out for 30 days, who has it may use it for 7 more, and the relay
   * keeps the message for 7.
   */
  private static final Duration ONE_TIME_LIFE = Duration.ofDays(60);

  private final LocalStore store;
  private final KeyTime time;

  Forgetting(LocalStore store, KeyTime time) {
    this.store = store;
    this.time = time;
  }

  /** Deletes what is due. */
  void run() {
    Instant now = time.now();
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
