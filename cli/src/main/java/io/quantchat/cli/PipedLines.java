package io.quantchat.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Lines of a pipe, for as long as they are of use. A read can't be interrupted, so each is on a
 * thread of its own, which is left alone where nobody waits for it any more.
 */
final class PipedLines {

  private static final Duration LOOK = Duration.ofMillis(200);

  private final InputStream in;

  PipedLines(InputStream in) {
    this.in = in;
  }

  /** The next line; nothing at the end, or once it is of no use. */
  Optional<String> next(BooleanSupplier isOfUse) {
    var reading = new FutureTask<>(() -> StandardInput.line(in));
    Thread.ofPlatform().daemon().name("input").start(reading);
    while (isOfUse.getAsBoolean()) {
      try {
        return reading.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Nothing was typed yet: look whether it is of use still.
      } catch (ExecutionException e) {
        throw new UncheckedIOException(
            e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
