package io.quantchat.sockets;

import io.quantchat.host.Host;
import io.quantchat.host.Read;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.push.Closings;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps each account to so many open sockets: whoever opens another loses the oldest.
 *
 * <p>Each opening stores its row first and only then looks at all of the account's rows, so of any
 * number that open at once the last to look sees them all. What one closes is older than the newest
 * {@link Limit#SOCKETS} that it saw, so nobody else would have kept it.
 */
final class OpenSockets {

  private static final Comparator<Connection> OLDEST_FIRST =
      Comparator.comparing(Connection::connectedAt).thenComparing(Connection::connectionId);

  private final Limits limits;
  private final ConnectionStore connections;
  private final Closings closings;

  /** The sockets of a host. */
  static OpenSockets of(Host host, Limits limits) {
    return new OpenSockets(limits, ConnectionStore.of(host), Closings.of(host));
  }

  private OpenSockets(Limits limits, ConnectionStore connections, Closings closings) {
    this.limits = limits;
    this.connections = connections;
    this.closings = closings;
  }

  /**
   * Lets a socket open. One round trip more than the session takes, and those of closing.
   *
   * @throws io.quantchat.http.Problem of kind TOO_MANY if the account opens too many, or whatever
   *     the session refuses it for
   */
  void open(Connection socket, SessionService sessions) {
    limits.charge(Limit.CONNECTS, socket.userId(), 1);
    sessions.opened(socket);
    int most = limits.most(Limit.SOCKETS);
    if (most == 0) {
      return;
    }
    List<Connection> open =
        connections.openOf(socket.userId(), Read.CONSISTENT).stream().sorted(OLDEST_FIRST).toList();
    closings.close(open.subList(0, Math.max(0, open.size() - most)));
  }
}
