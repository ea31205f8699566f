package io.quantchat.infra.local.objects;

import io.quantchat.infra.stack.BucketSpec.LifecycleRule;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Deletes what has had its time, by the bucket's own rules, when the process starts and every few
 * minutes. S3 does it once a day, and so later.
 */
final class Lifecycle implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final List<LifecycleRule> rules;
  private final ObjectStore objects;
  private final UploadStore uploads;
  private final Clock clock;
  private final Consumer<String> log;
  private final Thread thread;

  /**
   * @param log is told in one line if it can't be done
   */
  Lifecycle(
      List<LifecycleRule> rules,
      ObjectStore objects,
      UploadStore uploads,
      Clock clock,
      Consumer<String> log) {
    this.rules = rules;
    this.objects = objects;
    this.uploads = uploads;
    this.clock = clock;
    this.log = log;
    this.thread = Thread.ofVirtual().name("lifecycle").unstarted(this::run);
  }

  Lifecycle start() {
    thread.start();
    return this;
  }

  /** Looks through everything once. */
  void sweep() throws IOException {
    objects.sweep(object -> isOver(object, LifecycleRule::expiration));
    uploads.sweep(upload -> isOver(upload, LifecycleRule::abortion));
  }

  private boolean isOver(BlobHeader blob, Function<LifecycleRule, Optional<Duration>> life) {
    Instant now = clock.instant();
    return rules.stream()
        .filter(rule -> blob.key().startsWith(rule.prefix()))
        .flatMap(rule -> life.apply(rule).stream())
        .anyMatch(age -> !blob.created().plus(age).isAfter(now));
  }

  private void run() {
    try {
      while (true) {
        try {
          sweep();
        } catch (ClosedByInterruptException closed) {
          return;
        } catch (IOException e) {
          log.accept("Objects that have had their time can't be deleted: " + e.getMessage());
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until nothing is deleted any more. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
