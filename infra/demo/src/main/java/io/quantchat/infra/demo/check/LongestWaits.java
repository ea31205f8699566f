package io.quantchat.infra.demo.check;

import java.time.Duration;

/**
 * How long each of these may take, in whole seconds as they are said.
 *
 * @param answer an answer to a request
 * @param opening a socket's handshake
 * @param pong the answer to a ping
 * @param push a message on its way over the socket
 */
record LongestWaits(Duration answer, Duration opening, Duration pong, Duration push) {

  /** API Gateway waits 29 s for a function. */
  private static final Duration LONGEST = Duration.ofSeconds(40);

  static final LongestWaits WITH_A_STACK = new LongestWaits(LONGEST, LONGEST, LONGEST, LONGEST);
}
