package io.quantchat.client;

import java.net.URI;

/**
 * Where the relay is.
 *
 * @param rest the stack's output {@code RestUrl}
 * @param socket the stack's output {@code SocketUrl}
 */
public record Servers(URI rest, URI socket) {

  /** The instance that {@code ./quantchat up} starts on this machine. */
  public static Servers local() {
    return new Servers(
        URI.create("http://localhost:8080/api/v1"), URI.create("ws://localhost:8080/ws"));
  }
}
