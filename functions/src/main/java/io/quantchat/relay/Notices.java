package io.quantchat.relay;

import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Pushes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells sockets of messages that are stored. */
final class Notices {

  private final ConnectionStore connections;
  private final Pushes pushes;

  /** Notices to these sockets. */
  Notices(ConnectionStore connections, Pushes pushes) {
    this.connections = connections;
    this.pushes = pushes;
  }

  /**
   * Tells of a message.
   *
   * @param seen sockets of the recipient's
   * @param own sockets of the sender's other devices
   * @param looksAgain whether the recipient may have opened others meanwhile
   */
  void tell(Message message, List<Connection> seen, List<Connection> own, boolean looksAgain) {
    var tasks = new ArrayList<Supplier<Integer>>();
    if (!seen.isEmpty()) {
      tasks.add(() -> pushes.post(seen, message.toNewMessage()));
    }
    if (!own.isEmpty()) {
      tasks.add(() -> pushes.post(own, message.toMessageSent()));
    }
    if (looksAgain) {
      tasks.add(
          () -> pushes.post(openedSince(seen, message.recipientId()), message.toNewMessage()));
    }
    Parallel.map(tasks, Supplier::get);
  }

  private List<Connection> openedSince(List<Connection> seen, String recipientId) {
    try {
      return connections.openOf(recipientId, Read.CONSISTENT).stream()
          .filter(connection -> !seen.contains(connection))
          .toList();
    } catch (SdkException unavailable) {
      // The message is stored, and the answer must say so; a push is only a hint.
      return List.of();
    }
  }
}
