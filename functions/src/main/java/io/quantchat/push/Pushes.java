package io.quantchat.push;

import io.quantchat.gateway.Parallel;
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
 * so a push that fails is not tried again and fails nobody's request.
 */
public final class Pushes {

  /** How long all posts of one event may take together; whoever pushes waits no longer. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A function has 1,024 file descriptors (Lambda quotas), and a post takes one. */
  private static final int AT_ONCE = 256;

  private final ConnectionStore connections;
  private final ApiGatewayManagementApiClient sockets;
  private final Semaphore posts = new Semaphore(AT_ONCE);

  /** Posts through this client; forgets in this store the sockets that turn out to be gone. */
  public Pushes(ConnectionStore connections, ApiGatewayManagementApiClient sockets) {
    this.connections = connections;
    this.sockets = sockets;
  }

  /**
   * Posts an event to each of these sockets at once. One that is gone (410) loses its row, and no
   * other does. One that takes longer than 2 s is given up; the others don't wait for it.
   *
   * @return how many took it
   */
  public int post(Collection<Connection> to, Event event) {
    if (to.isEmpty()) {
      return 0;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    SdkBytes frame = SdkBytes.fromByteArrayUnsafe(event.toFrame());
    var tasks = new ArrayList<Future<Boolean>>(to.size());
    for (Connection connection : to) {
      tasks.add(Parallel.start(() -> postInTurn(connection, frame)));
    }
    int taken = 0;
    for (Future<Boolean> task : tasks) {
      taken += took(task, deadline) ? 1 : 0;
    }
    return taken;
  }

  private static boolean took(Future<Boolean> task, long deadline) {
    try {
      return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      task.cancel(true);
      return false;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("A post failed otherwise than by its answer", failed);
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean postInTurn(Connection connection, SdkBytes frame) {
    try {
      posts.acquire();
    } catch (InterruptedException givenUp) {
      return false;
    }
    try {
      return postOrForget(connection, frame);
    } catch (SdkException refused) {
      // Throttled, slow or too large: the socket may be well, and what was to be told is stored.
      return false;
    } finally {
      posts.release();
    }
  }

  private boolean postOrForget(Connection connection, SdkBytes frame) {
    try {
      sockets.postToConnection(post -> post.connectionId(connection.connectionId()).data(frame));
      return true;
    } catch (GoneException gone) {
      connections.remove(connection.userId(), connection.connectionId());
      return false;
    }
  }
}
