package io.quantchat.infra.bench.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Commits what waits together, the same for each candidate: one thread, one commit, then answers.
 */
final class Groups implements AutoCloseable {

  private record Waiting(Candidate.Write write, CompletableFuture<Void> answer) {}

  private final Candidate candidate;
  private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().name("groups").daemon().unstarted(this::run);
  private volatile boolean closed;

  Groups(Candidate candidate) {
    this.candidate = candidate;
    thread.start();
  }

  /** Returns when it is durable. */
  void write(byte[] key, byte[] value) throws Exception {
    var write = new Candidate.Write(key, value);
    if (candidate.makesGroups()) {
      candidate.commit(List.of(write));
      return;
    }
    var one = new Waiting(write, new CompletableFuture<>());
    waiting.add(one);
    one.answer().join();
  }

  private void run() {
    try {
      while (!closed) {
        List<Waiting> group = new ArrayList<>();
        group.add(waiting.take());
        waiting.drainTo(group);
        try {
          candidate.commit(group.stream().map(Waiting::write).toList());
          group.forEach(one -> one.answer().complete(null));
        } catch (Exception e) {
          group.forEach(one -> one.answer().completeExceptionally(e));
        }
      }
    } catch (InterruptedException closing) {
      // Its end.
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
