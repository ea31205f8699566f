package io.quantchat.push;

import io.quantchat.host.Host;
import io.quantchat.host.Metrics;
import io.quantchat.host.Parallel;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/**
 * Closes sockets that may not go on. The gateway then says that they have closed as it does of any
 * other, so that presence follows and their rows go.
 */
public final class Closings {

  /** Tries for one socket. The first pause is 50 ms, and each is twice the one before. */
  private static final int MOST_TRIES = 5;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  /** How many at once. */
  private static final int AT_ONCE = 32;

  private final ConnectionStore connections;
  private final Supplier<ApiGatewayManagementApiClient> sockets;
  private final Metrics metrics;
  private final Clock clock;

  /** Closes sockets of a host. Its client is built when there is one to close. */
  public static Closings of(Host host) {
    return new Closings(ConnectionStore.of(host), host.sockets(), Metrics.of(host), host.clock());
  }

  private Closings(
      ConnectionStore connections,
      Supplier<ApiGatewayManagementApiClient> sockets,
      Metrics metrics,
      Clock clock) {
    this.connections = connections;
    this.sockets = sockets;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Closes these sockets. One that is gone (410) loses its row. One that is still opening answers
   * 410, too: it is tried again for three quarters of a second, and so is one that the gateway
   * refuses to close for now; what isn't closed then is counted as a failed push.
   */
  public void close(Collection<Connection> those) {
    var all = List.copyOf(those);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      long failed =
          Parallel.map(all.subList(from, Math.min(from + AT_ONCE, all.size())), this::isClosed)
              .stream()
              .filter(closed -> !closed)
              .count();
      if (failed > 0) {
        metrics.count(Metrics.Metric.FAILED_PUSHES, (int) failed);
      }
    }
  }

  private boolean isClosed(Connection connection) {
    Duration pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        sockets.get().deleteConnection(delete -> delete.connectionId(connection.connectionId()));
        // Not left to the news of it, which takes a while: whoever looks next closes no other.
        connections.remove(connection.userId(), connection.connectionId());
        return true;
      } catch (GoneException gone) {
        if (!connection.mayBeOpening(clock.instant())) {
          connections.remove(connection.userId(), connection.connectionId());
          return true;
        }
        // Else it may have closed a moment ago, and then its row goes with the news of that.
        if (tries == MOST_TRIES) {
          return true;
        }
      } catch (SdkException refused) {
        if (tries == MOST_TRIES) {
          return false;
        }
      }
      if (!waited(pause)) {
        return false;
      }
      pause = pause.multipliedBy(2);
    }
  }

  private static boolean waited(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
