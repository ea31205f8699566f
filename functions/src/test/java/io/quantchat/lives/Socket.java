package io.quantchat.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.push.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One socket, as its client has it. */
final class Socket {

  /** The gateway closes a socket then. */
  private static final Duration LONGEST = Duration.ofHours(2);

  final Connection connection;

  /** What the authorizer said, which goes with each event. */
  final ObjectNode context;

  final Queue<JsonNode> frames = new ConcurrentLinkedQueue<>();
  private volatile boolean isOpen;

  Socket(String userId, String connectionId, Instant connectedAt, ObjectNode context) {
    this.context = context;
    this.connection = new Connection(userId, connectionId, connectedAt);
  }

  void open() {
    isOpen = true;
  }

  void close() {
    isOpen = false;
  }

  /** Whether the gateway hasn't closed it by itself. */
  boolean isYoung(Instant now) {
    return now.isBefore(connection.connectedAt().plus(LONGEST));
  }

  boolean isOpen() {
    return isOpen;
  }
}
