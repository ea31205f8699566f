package io.quantchat.infra.bench.load;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Several who send at once, each in a thread of its own. */
final class Senders {

  /** What each of them does; the number is its place among them. */
  @FunctionalInterface
  interface Task {
    void run(Sender sender, int index);
  }

  private final List<Sender> senders;

  Senders(List<Line> lines, MessageLog log) {
    this.senders = lines.stream().map(line -> new Sender(line, log)).toList();
  }

  int count() {
    return senders.size();
  }

  /** Returns when each is done. What one of them throws, this throws. */
  void each(Task task) {
    CountDownLatch done = new CountDownLatch(senders.size());
    AtomicReference<RuntimeException> broken = new AtomicReference<>();
    for (int i = 0; i < senders.size(); i++) {
      int index = i;
      Thread.ofPlatform()
          .daemon()
          .name("sender-" + i)
          .start(
              () -> {
                try {
                  task.run(senders.get(index), index);
                } catch (RuntimeException e) {
                  broken.compareAndSet(null, e);
                } finally {
                  done.countDown();
                }
              });
    }
    await(done);
    if (broken.get() != null) {
      throw broken.get();
    }
  }

  private static void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending", e);
    }
  }
}
