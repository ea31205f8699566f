package io.quantchat.infra.local.socket;

import java.util.Map;
import java.util.Optional;

/**
 * The facts that every event of one connection repeats.
 *
 * @param connectionId the connection's id
 * @param connectedAt when the handshake's request came, epoch milliseconds
 * @param domainName the handshake's Host header
 * @param sourceIp the client's address
 * @param userAgent the client's User-Agent, if it sent one
 * @param authorizer {@code principalId} and the authorizer's context; empty where the API has no
 *     authorizer
 */
record Client(
    String connectionId,
    long connectedAt,
    String domainName,
    String sourceIp,
    Optional<String> userAgent,
    Map<String, String> authorizer) {

  Client authorized(Map<String, String> context) {
    return new Client(connectionId, connectedAt, domainName, sourceIp, userAgent, context);
  }
}
