package io.quantchat.push;

import java.time.Duration;
import java.time.Instant;

/**
 * One open socket.
 *
 * @param userId whose it is
 * @param connectionId API Gateway's id of it
 * @param connectedAt when it opened
 */
public record Connection(String userId, String connectionId, Instant connectedAt) {

  /** API Gateway closes a WebSocket after 2 hours; 5 minutes more for late news of it. */
  public static final Duration LONGEST = Duration.ofMinutes(125);

  /** When the socket is gone for certain. */
  public Instant expiresAt() {
    return connectedAt.plus(LONGEST);
  }
}
