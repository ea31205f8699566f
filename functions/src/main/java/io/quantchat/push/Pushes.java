package io.quantchat.push;

import io.quantchat.gateway.Parallel;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/**
 * Posts events to open sockets. A push is a hint: whatever matters is stored before it is pushed,
 * so a push that fails is not tried again and fails nobody's request.
 */
public final class Pushes {

  private final ConnectionStore connections;
  private final ApiGatewayManagementApiClient sockets;

  /** Posts through this client; forgets in this store the sockets that turn out to be gone. */
  public Pushes(ConnectionStore connections, ApiGatewayManagementApiClient sockets) {
    this.connections = connections;
    this.sockets = sockets;
  }

  /**
   * Posts an event to each of these sockets at once. One that is gone (410) loses its row, and no
   * other does.
   *
   * @return how many took it
   */
  public int post(Collection<Connection> to, Event event) {
    if (to.isEmpty()) {
      return 0;
    }
    SdkBytes frame = SdkBytes.fromByteArrayUnsafe(event.toFrame());
    List<Boolean> taken = Parallel.map(to, connection -> post(connection, frame));
    return (int) taken.stream().filter(took -> took).count();
  }

  private boolean post(Connection connection, SdkBytes frame) {
    try {
      return postOrForget(connection, frame);
    } catch (SdkException refused) {
      // Throttled, slow or too large: the socket may be well, and what was to be told is stored.
      return false;
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
