package io.quantchat.client;

import io.quantchat.client.store.AccountStore.Age;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What time it is for keys: they get old by time that has passed, and not by a clock that jumps.
 * That is time that this program has run, and whatever else the clock says where the server's
 * agrees. Where it doesn't, or can't be asked, what the clock was put ahead by counts once the
 * clock has gone on for 8 days more, and wasn't set back: nothing that is under way needs the keys
 * of before any more. So who lies about the time, or is silent, keeps a key alive for some days
 * longer, and not for ever.
 */
final class KeyTime {

  /** The relay keeps a message for 7 days, and clocks differ. */
  static final Duration UNDER_WAY = Duration.ofDays(8);

  /** How far what is written down may lag behind. */
  private static final Duration WRITTEN_EVERY = Duration.ofMinutes(1);

  private static final long DAY = Duration.ofDays(1).toMillis();

  private final LocalStore store;
  private final Surroundings surroundings;
  private final ServerTime server;

  /** As it is, where this program has looked before. */
  private Optional<Look> last = Optional.empty();

  private Optional<Age> written = Optional.empty();

  private record Look(Age age, long nanos) {}

  KeyTime(LocalStore store, Surroundings surroundings, ServerTime server) {
    this.store = store;
    this.surroundings = surroundings;
    this.server = server;
  }

  /** What time it is. Kept in the store, so that the next program goes on from here. */
  synchronized Instant now() {
    Instant clock = surroundings.now();
    long nanos = surroundings.nanos().getAsLong();
    if (written.isEmpty()) {
      written = store.account().age();
    }
    Optional<Age> before = last.map(Look::age).or(() -> written);
    Age age =
        before.isEmpty() || isConfirmed(clock)
            ? new Age(clock, clock, new TreeMap<>())
            : after(before.get(), clock, passed(nanos));
    last = Optional.of(new Look(age, nanos));
    if (written.filter(kept -> isNear(kept, age)).isEmpty()) {
      store.account().keep(age);
      written = Optional.of(age);
    }
    return age.time();
  }

  /** What has passed while this program ran, since it looked last. */
  private Duration passed(long nanos) {
    return last.map(look -> Duration.ofNanos(Math.max(0, nanos - look.nanos())))
        .orElse(Duration.ZERO);
  }

  private boolean isConfirmed(Instant clock) {
    return server
        .now()
        .filter(now -> Duration.between(now, clock).abs().compareTo(ClockWatch.TOLERANCE) <= 0)
        .isPresent();
  }

  private Age after(Age before, Instant clock, Duration passed) {
    Duration unsure = Duration.between(before.clock(), clock).minus(passed);
    Instant time = before.time().plus(passed);
    if (!unsure.isNegative()
        && (unsure.compareTo(WRITTEN_EVERY) <= 0 || store.account().tokens().isEmpty())) {
      // Without a session nothing comes in, and there is nobody to contradict.
      time = time.plus(unsure);
      unsure = Duration.ZERO;
    }
    long today = Math.floorDiv(clock.toEpochMilli(), DAY);
    var stretches = new TreeMap<Long, Long>();
    // A clock that was fast once postpones nothing.
    before.unsure().forEach((day, millis) -> add(stretches, Math.min(day, today), millis));
    if (unsure.isNegative()) {
      takeBack(stretches, unsure.negated().toMillis());
    } else if (!unsure.isZero()) {
      add(stretches, today, unsure.toMillis());
    }
    SortedMap<Long, Long> sure = stretches.headMap(today - UNDER_WAY.toDays());
    time = time.plusMillis(sure.values().stream().mapToLong(Long::longValue).sum());
    sure.clear();
    return new Age(time, clock, stretches);
  }

  private static void add(SortedMap<Long, Long> stretches, long day, long millis) {
    stretches.merge(day, millis, Long::sum);
  }

  /** The clock was set back: what it was put ahead by is cancelled, the latest first. */
  private static void takeBack(SequencedMap<Long, Long> stretches, long millis) {
    long left = millis;
    while (left > 0 && !stretches.isEmpty()) {
      var latest = stretches.pollLastEntry();
      if (latest.getValue() > left) {
        stretches.put(latest.getKey(), latest.getValue() - left);
      }
      left -= latest.getValue();
    }
  }

  private static boolean isNear(Age kept, Age age) {
    return kept.unsure().equals(age.unsure())
        && Duration.between(kept.time(), age.time()).abs().compareTo(WRITTEN_EVERY) < 0
        && Duration.between(kept.clock(), age.clock()).abs().compareTo(WRITTEN_EVERY) < 0;
  }
}
