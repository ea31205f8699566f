package io.quantchat.push;

import io.quantchat.host.Backoff;
import io.quantchat.host.Host;
import io.quantchat.host.Metrics;
import io.quantchat.host.Parallel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/**
 * Posts events to open sockets. A push is a hint: whatever matters is stored before it is pushed,
 * so a push that fails is not tried again and fails nobody's request. But to a socket that may
 * still be opening it is posted once more: others know of it before the gateway does.
 */
public final class Pushes {

  /** Whoever pushes waits no longer. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What is left of a handshake once the socket's row is stored: some round trips. */
  static final Duration FOR_A_HANDSHAKE = Duration.ofMillis(250);

  /** A function has 1,024 file descriptors (Lambda quotas), and a post takes one. */
  private static final int AT_ONCE = 256;

  private enum Outcome {
    TAKEN,
    GONE,
    OPENING,
    FAILED
  }

  private final ConnectionStore connections;
  private final ApiGatewayManagementApiClient sockets;
  private final Metrics metrics;
  private final Clock clock;
  private final Backoff.Sleeper sleeper;
  private final Duration patience;
  private final Semaphore posts = new Semaphore(AT_ONCE);

  /**
   * Posts to the sockets of a host. Share one within a function: it bounds how many posts there are
   * at once.
   */
  public static Pushes of(Host host) {
    return new Pushes(
        ConnectionStore.of(host),
        host.sockets().get(),
        Metrics.of(host),
        host.clock(),
        host.sleeper(),
        PATIENCE);
  }

  /**
   * Posts through this client; forgets in this store the sockets that turn out to be gone; counts
   * in these metrics the posts that failed otherwise; waits like that for sockets that are opening.
   *
   * @param patience how long all posts of one event may take together
   */
  Pushes(
      ConnectionStore connections,
      ApiGatewayManagementApiClient sockets,
      Metrics metrics,
      Clock clock,
      Backoff.Sleeper sleeper,
      Duration patience) {
    this.connections = connections;
    this.sockets = sockets;
    this.metrics = metrics;
    this.clock = clock;
    this.sleeper = sleeper;
    this.patience = patience;
  }

  /**
   * Posts an event to each of these sockets at once. One that is gone (410) loses its row, and no
   * other does. One that may still be opening keeps it, and is posted to once more a moment later.
   * One that takes longer than 2 s is given up; the others don't wait for it.
   *
   * @return how many took it
   */
  public int post(Collection<Connection> to, Event event) {
    if (to.isEmpty()) {
      return 0;
    }
    long deadline = System.nanoTime() + patience.toNanos();
    SdkBytes frame = SdkBytes.fromByteArrayUnsafe(event.toFrame());
    var tasks = new ArrayList<Future<Outcome>>(to.size());
    for (Connection connection : to) {
      tasks.add(Parallel.start(() -> postPatiently(connection, frame)));
    }
    int taken = 0;
    int failed = 0;
    for (Future<Outcome> task : tasks) {
      switch (outcome(task, deadline)) {
        case TAKEN -> taken++;
        case FAILED -> failed++;
        case GONE, OPENING -> {}
      }
    }
    if (failed > 0) {
      metrics.count(Metrics.Metric.FAILED_PUSHES, failed);
    }
    return taken;
  }

  private static Outcome outcome(Future<Outcome> task, long deadline) {
    try {
      return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      task.cancel(true);
      return Outcome.FAILED;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("A post failed otherwise than by its answer", failed);
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return Outcome.FAILED;
    }
  }

  private Outcome postPatiently(Connection connection, SdkBytes frame) {
    Outcome first = postInTurn(connection, frame);
    if (first != Outcome.OPENING) {
      return first;
    }
    sleeper.sleep(FOR_A_HANDSHAKE);
    return Thread.currentThread().isInterrupted() ? first : postInTurn(connection, frame);
  }

  private Outcome postInTurn(Connection connection, SdkBytes frame) {
    try {
      posts.acquire();
    } catch (InterruptedException givenUp) {
      return Outcome.FAILED;
    }
    try {
      return postOrForget(connection, frame);
    } catch (SdkException refused) {
      // Throttled, slow or too large: the socket may be well, and what was to be told is stored.
      return Outcome.FAILED;
    } finally {
      posts.release();
    }
  }

  private Outcome postOrForget(Connection connection, SdkBytes frame) {
    try {
      sockets.postToConnection(post -> post.connectionId(connection.connectionId()).data(frame));
      return Outcome.TAKEN;
    } catch (GoneException gone) {
      // What matters is stored: a client that is still connecting fetches it once it is there.
      if (connection.mayBeOpening(clock.instant())) {
        return Outcome.OPENING;
      }
      connections.remove(connection.userId(), connection.connectionId());
      return Outcome.GONE;
    }
  }
}
