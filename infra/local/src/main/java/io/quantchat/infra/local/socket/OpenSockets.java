package io.quantchat.infra.local.socket;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * The sockets that are open, by their connections' ids, and the rules of {@code @connections}: the
 * same for calls over HTTP ({@link CallbackApi}) and from this process ({@link #client}).
 */
public final class OpenSockets {

  private final SocketLimits limits;
  private final Map<String, OpenSocket> byId = new ConcurrentHashMap<>();

  /** None yet. */
  public OpenSockets(SocketLimits limits) {
    this.limits = limits;
  }

  /** {@code @connections} without a request: for functions that run in this process. */
  public ApiGatewayManagementApiClient client() {
    return new InProcessConnections(this);
  }

  SocketLimits limits() {
    return limits;
  }

  void add(OpenSocket socket) {
    byId.put(socket.client().connectionId(), socket);
  }

  void remove(OpenSocket socket) {
    byId.remove(socket.client().connectionId());
  }

  Collection<OpenSocket> all() {
    return byId.values();
  }

  OpenSocket find(String id) throws RefusedCallException {
    if (!SocketIds.isWellFormed(id)) {
      throw RefusedCallException.malformed(id);
    }
    OpenSocket socket = byId.get(id);
    if (socket == null) {
      throw RefusedCallException.gone();
    }
    return socket;
  }

  /**
   * Sends a message to one socket: it only goes into the socket's buffer, so a slow client holds up
   * neither the poster nor anyone else. Text frames must be UTF-8: what is not becomes U+FFFD.
   *
   * @param body the message; not to be changed afterwards
   */
  static void post(OpenSocket socket, byte[] body) throws RefusedCallException {
    String text = new String(body, StandardCharsets.UTF_8);
    boolean perhapsReplaced = text.indexOf('\uFFFD') >= 0;
    byte[] utf8 = perhapsReplaced ? text.getBytes(StandardCharsets.UTF_8) : body;
    switch (socket.send(utf8)) {
      case ACCEPTED -> {}
      case BUFFER_FULL -> throw RefusedCallException.bufferFull();
      case GONE -> throw RefusedCallException.gone();
    }
  }

  /** Closes one socket, as a call of DELETE does. */
  static void delete(OpenSocket socket) {
    socket.close(CloseReason.DELETED);
  }
}
