package io.quantchat.host;

import java.util.function.Supplier;

/** Something that is built when it is first asked for, and never again. */
final class BuiltOnce<T> implements Supplier<T> {

  private final Supplier<T> build;
  private T built;

  BuiltOnce(Supplier<T> build) {
    this.build = build;
  }

  @Override
  public synchronized T get() {
    if (built == null) {
      built = build.get();
    }
    return built;
  }
}
