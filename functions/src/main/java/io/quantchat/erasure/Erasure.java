package io.quantchat.erasure;

import io.quantchat.erasure.Allowance.SpentException;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.leaving.Departure;
import io.quantchat.leaving.LeavingStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** Erases accounts that have left. */
final class Erasure {

  /**
   * What a run came to.
   *
   * @param erased accounts of which nothing is left
   * @param waiting accounts that are to be looked at again
   */
  record Run(int erased, int waiting) {}

  /**
   * Longer than any request takes that had begun before the account left: functions are stopped
   * after a minute at most, and nobody's clock is further off.
   */
  static final Duration LONGEST_REQUEST = Duration.ofMinutes(5);

  /** Rows of one run, some 50 a second. */
  private static final int ROWS = 2_000;

  /** Of the minute that the function is given. */
  private static final Duration TIME = Duration.ofSeconds(40);

  private final LeavingStore departures;
  private final ErasureStore rows;
  private final Supplier<ApiGatewayManagementApiClient> sockets;
  private final Duration untilLastSweep;
  private final Clock clock;

  /** What erases from a host's tables. */
  static Erasure of(Host host) {
    return new Erasure(
        LeavingStore.of(host),
        ErasureStore.of(host),
        host.sockets(),
        Duration.ofMinutes(host.environment().getInt(Variable.ACCESS_TOKEN_MINUTES))
            .plus(LONGEST_REQUEST),
        host.clock());
  }

  private Erasure(
      LeavingStore departures,
      ErasureStore rows,
      Supplier<ApiGatewayManagementApiClient> sockets,
      Duration untilLastSweep,
      Clock clock) {
    this.departures = departures;
    this.rows = rows;
    this.sockets = sockets;
    this.untilLastSweep = untilLastSweep;
    this.clock = clock;
  }

  /**
   * Does as much as one run may.
   *
   * @throws RuntimeException if one of the accounts could not be looked through, after the others
   *     were, as far as the run goes; those of further ones are suppressed in it
   */
  Run run() {
    var allowance = new Allowance(ROWS, TIME, clock);
    int erased = 0;
    Optional<RuntimeException> failure = Optional.empty();
    List<Departure> queue = departures.queue().toList();
    for (Departure departure : queue) {
      try {
        if (isDue(departure) && sweep(departure, allowance)) {
          erased++;
        }
      } catch (SpentException spent) {
        break;
      } catch (RuntimeException one) {
        failure.ifPresent(one::addSuppressed);
        failure = Optional.of(one);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return new Run(erased, queue.size() - erased);
  }

  private boolean isDue(Departure departure) {
    return departure.sweptAt().isEmpty() || isLast(departure, clock.instant());
  }

  private boolean isLast(Departure departure, Instant now) {
    return !now.isBefore(departure.leftAt().plus(untilLastSweep));
  }

  /** Whether nothing is left. */
  private boolean sweep(Departure departure, Allowance allowance) throws SpentException {
    Instant begun = clock.instant();
    var sweep = new Sweep(rows, sockets.get(), departure, allowance);
    boolean isLast = isLast(departure, begun);
    sweep.run(isLast);
    if (isLast) {
      sweep.end();
      departures.forget(departure.userId());
      return true;
    }
    departures.swept(departure.userId(), begun);
    return false;
  }
}
