package io.quantchat.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One open socket.
 *
 * @param userId whose it is
 * @param connectionId API Gateway's id of it
 * @param connectedAt when it opened
 * @param sessionId the session it was opened in; absent where only events tell of the socket, and
 *     for one that opened before sockets knew their sessions
 */
public record Connection(
    String userId, String connectionId, Instant connectedAt, Optional<String> sessionId) {

  /** API Gateway closes a WebSocket after 2 hours; 5 minutes more for late news of it. */
  public static final Duration LONGEST = Duration.ofMinutes(125);

  /**
   * How long after its row was stored a socket may still be on its way: the gateway answers posts
   * to it with 410 until the handshake's 101 has left, and waits 29 s for the function that stores
   * the row (API Gateway quotas, integration timeout).
   */
  public static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(30);

  /** One of which the session isn't known. */
  public Connection(String userId, String connectionId, Instant connectedAt) {
    this(userId, connectionId, connectedAt, Optional.empty());
  }

  /** Whether a socket that isn't there may yet come. */
  boolean mayBeOpening(Instant now) {
    return now.isBefore(connectedAt.plus(LONGEST_HANDSHAKE));
  }

  /** When the socket is gone for certain. */
  public Instant expiresAt() {
    return connectedAt.plus(LONGEST);
  }
}
