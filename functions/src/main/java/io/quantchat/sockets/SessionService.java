package io.quantchat.sockets;

import io.quantchat.auth.LiveSessionStore;
import io.quantchat.host.Host;
import io.quantchat.http.Problem;
import io.quantchat.push.Connection;
import io.quantchat.tokens.Caller;

/**
 * Opens sockets of sessions that go on.
 *
 * <p>Whoever ends a session deletes its row and then closes the sockets whose rows there are. A
 * socket stores its row, and looks last of all whether its session goes on: either it sees that it
 * has ended, or it is among those that are closed.
 */
final class SessionService {

  private final PresenceService presence;
  private final LiveSessionStore sessions;

  /** The sessions in a host's tables, with this presence of their accounts. */
  static SessionService of(Host host, PresenceService presence) {
    return new SessionService(presence, LiveSessionStore.of(host));
  }

  private SessionService(PresenceService presence, LiveSessionStore sessions) {
    this.presence = presence;
    this.sessions = sessions;
  }

  /**
   * A socket opens.
   *
   * @throws Problem of kind UNAUTHORIZED if its session has ended, or its account is gone
   */
  void opened(Connection connection) {
    presence.opened(connection);
    boolean goesOn =
        connection
            .sessionId()
            .filter(id -> sessions.isLive(new Caller(connection.userId(), id)))
            .isPresent();
    if (!goesOn) {
      presence.closed(connection);
      throw Problem.of(Problem.Kind.UNAUTHORIZED, "This session has ended. Log in again.");
    }
  }
}
