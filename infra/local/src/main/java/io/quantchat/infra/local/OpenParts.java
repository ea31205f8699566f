package io.quantchat.infra.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Parts that were opened, to be closed in the opposite order. */
final class OpenParts implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Consumer<String> log;

  OpenParts(Consumer<String> log) {
    this.log = log;
  }

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** Each part is closed, whether or not those before it could be. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.accept(part.getClass().getSimpleName() + " did not close: " + e);
      }
    }
  }
}
