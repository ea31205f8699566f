package io.quantchat.host;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Work that a function leaves to another invocation of itself, so that nobody waits for it and
 * nobody can tell by the time of an answer what it comes to.
 */
@FunctionalInterface
public interface Background {

  /**
   * Begins an invocation of this function with an event, and doesn't wait for its answer. It may
   * come more than once.
   *
   * @throws java.io.UncheckedIOException if it can't be begun
   */
  void begin(JsonNode event);
}
