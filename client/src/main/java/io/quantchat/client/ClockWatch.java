package io.quantchat.client;

import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.wire.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares the clock here with the server's. What the server says changes no time that this program
 * writes down: it only says whether the clock is to be set, and what had better wait until it is.
 */
final class ClockWatch {

  /** How far clocks may be apart: what the relay and other programs allow, too. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** The relay takes messages that are as old. */
  static final Duration LONGEST_WAIT = Duration.ofDays(7);

  /** So that what is made at the end of it still arrives in time. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final ServerTime server;
  private final Surroundings surroundings;
  private final QuantChatListener listener;
  private final Runnable ask;

  /** By how much the clock was off when that was last told; nothing while it is right. */
  private Optional<Duration> told = Optional.empty();

  /**
   * @param ask has the server answer something
   */
  ClockWatch(
      ServerTime server, Surroundings surroundings, QuantChatListener listener, Runnable ask) {
    this.server = server;
    this.surroundings = surroundings;
    this.listener = listener;
    this.ask = ask;
  }

  /** The server's time, if it has said. */
  Optional<Instant> serverNow() {
    return server.now();
  }

  /**
   * Whether what is dated now would be taken. Nothing is sealed while that isn't known: what was
   * signed at a wrong time is refused by its recipient for good.
   *
   * @throws ServerUnreachableException where it can't be known
   */
  boolean allowsSealing() {
    if (!server.isHeard()) {
      ask.run();
    } else if (!isGoodForSealing()) {
      // It may be this computer that slept, and not the clock that jumped.
      ask.run();
    }
    return isGoodForSealing();
  }

  private boolean isGoodForSealing() {
    return isTaken(surroundings.now());
  }

  /** Whether the relay takes what is dated so; true where the server hasn't said its time. */
  boolean isTaken(Instant time) {
    return server
        .now()
        .map(
            now ->
                !time.isAfter(now.plus(TOLERANCE))
                    && !time.isBefore(now.minus(LONGEST_WAIT).plus(MARGIN)))
        .orElse(true);
  }

  /** Whether something that was written after then can't have waited for too long. */
  boolean isWithinLongestWait(Instant then) {
    return server.now().map(now -> !then.isBefore(now.minus(LONGEST_WAIT))).orElse(true);
  }

  /** Tells the user, once, if the clock is off. */
  void look() {
    Optional<Duration> off = off();
    if (off.isEmpty()) {
      told = off;
    } else if (!isTold(off.get())) {
      confirmed()
          .filter(sure -> !isTold(sure))
          .ifPresent(
              sure -> {
                told = Optional.of(sure);
                listener.clockOff(sure);
              });
    }
  }

  private Optional<Duration> confirmed() {
    try {
      ask.run();
      return off();
    } catch (ServerUnreachableException | ServerRefusalException | LoginRequiredException e) {
      // The next answer says.
      return Optional.empty();
    }
  }

  private boolean isTold(Duration off) {
    return told.filter(before -> off.minus(before).abs().compareTo(TOLERANCE) <= 0).isPresent();
  }

  /** How far the clock is ahead, negative where it is behind; nothing while it is right. */
  private Optional<Duration> off() {
    return server
        .now()
        .map(now -> Duration.between(now, surroundings.now()))
        .filter(ahead -> ahead.abs().compareTo(TOLERANCE) > 0);
  }
}
