package io.quantchat.infra.local.socket;

import java.time.Duration;

/** Told of every handshake once it is answered. Has no query string: tokens travel there. */
@FunctionalInterface
public interface HandshakeLog {

  HandshakeLog NONE = (_, _, _) -> {};

  /**
   * @param path the path alone
   * @param status 101, or what refused it
   * @param took from request to answer, authorizer and {@code $connect} included
   */
  void handshake(String path, int status, Duration took);
}
