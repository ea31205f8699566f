package io.quantchat.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.push.Connection;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One socket, as its client has it. */
final class Socket {

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

  boolean isOpen() {
    return isOpen;
  }
}
