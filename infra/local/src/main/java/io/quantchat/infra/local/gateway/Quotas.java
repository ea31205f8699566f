package io.quantchat.infra.local.gateway;

import java.time.Duration;

/**
 * AWS's own limits, each with its source. What is the gateway's own choice, because AWS publishes
 * nothing, stands where it is held.
 */
public final class Quotas {

  // API Gateway Developer Guide, "Quotas for configuring and running a REST API in API Gateway".

  /** The longest wait for a function, in a Regional API whose quota wasn't raised. */
  public static final Duration INTEGRATION_TIMEOUT = Duration.ofSeconds(29);

  /** Largest body of a request, in bytes. */
  public static final int REST_BODY = 10 * 1024 * 1024;

  /** Longest path and query of a Regional API, in bytes. */
  public static final int REST_URL = 10_240;

  /** All headers together, in bytes with names, line ends and spaces. */
  public static final int REST_HEADERS = 10_240;

  // API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API". Its
  // integrations wait as long as a REST API's.

  /** Largest frame, in bytes. */
  public static final int SOCKET_FRAME = 32 * 1024;

  /** Largest message, in bytes. */
  public static final int SOCKET_MESSAGE = 128 * 1024;

  /** How long a socket may be without a message in either direction. */
  public static final Duration SOCKET_IDLE = Duration.ofMinutes(10);

  /** How long a socket may live whatever the traffic. */
  public static final Duration SOCKET_LIFETIME = Duration.ofHours(2);

  /** Longest path and query of a handshake, in characters. */
  public static final int SOCKET_URL = 4_096;

  /** Largest answer of a socket's authorizer, in bytes. */
  public static final int AUTHORIZER_ANSWER = 8 * 1024;

  // Lambda Developer Guide, "Lambda quotas": 6 MB each for request and response.

  /** Largest event of a synchronous invocation, in bytes. */
  public static final int EVENT = 6 * 1024 * 1024;

  /** Largest answer of a synchronous invocation, in bytes, as Lambda's own error message has it. */
  public static final int ANSWER = 6_291_556;

  private Quotas() {}
}
