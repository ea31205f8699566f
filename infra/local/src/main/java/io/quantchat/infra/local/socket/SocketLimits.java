package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.gateway.Quotas;
import java.time.Duration;

/**
 * The limits that the WebSocket gateway holds its clients to. {@link #AWS} has those of {@link
 * Quotas}; the last three are this gateway's own, since AWS publishes none.
 *
 * @param frameBytes largest frame a client may send, after inflating; more closes with 1009
 * @param messageBytes largest message either way; from a client more closes with 1009, on
 *     {@code @connections} it is a 413
 * @param idle how long a socket may be without a message in either direction; ping frames don't
 *     count
 * @param lifetime how long a socket may live whatever the traffic
 * @param integrationTimeout the longest wait for a function
 * @param urlCharacters longest path and query of a handshake
 * @param authorizerAnswerBytes largest answer of an authorizer
 * @param messagesInFlight how many messages of one socket may be with functions at once; at that
 *     number the socket is not read until one of them is answered
 * @param sendBufferBytes how much may wait for one slow reader; beyond it posts get 429
 * @param closeGrace how long a client may take to answer a close frame before it is cut off
 */
public record SocketLimits(
    int frameBytes,
    int messageBytes,
    Duration idle,
    Duration lifetime,
    Duration integrationTimeout,
    int urlCharacters,
    int authorizerAnswerBytes,
    int messagesInFlight,
    int sendBufferBytes,
    Duration closeGrace) {

  public static final SocketLimits AWS =
      new SocketLimits(
          Quotas.SOCKET_FRAME,
          Quotas.SOCKET_MESSAGE,
          Quotas.SOCKET_IDLE,
          Quotas.SOCKET_LIFETIME,
          Quotas.INTEGRATION_TIMEOUT,
          Quotas.SOCKET_URL,
          Quotas.AUTHORIZER_ANSWER,
          128,
          1024 * 1024,
          Duration.ofSeconds(3));

  public SocketLimits {
    if (sendBufferBytes < messageBytes) {
      throw new IllegalArgumentException("the send buffer must hold at least one message");
    }
  }

  SocketLimits withMessagesInFlight(int messagesInFlight) {
    return new SocketLimits(
        frameBytes,
        messageBytes,
        idle,
        lifetime,
        integrationTimeout,
        urlCharacters,
        authorizerAnswerBytes,
        messagesInFlight,
        sendBufferBytes,
        closeGrace);
  }

  public SocketLimits withCloseGrace(Duration closeGrace) {
    return new SocketLimits(
        frameBytes,
        messageBytes,
        idle,
        lifetime,
        integrationTimeout,
        urlCharacters,
        authorizerAnswerBytes,
        messagesInFlight,
        sendBufferBytes,
        closeGrace);
  }

  /** The wait for one function: the route's own, but never more than the gateway's. */
  Duration timeout(Duration route) {
    return route.compareTo(integrationTimeout) < 0 ? route : integrationTimeout;
  }
}
