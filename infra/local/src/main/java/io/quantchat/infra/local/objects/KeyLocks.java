package io.quantchat.infra.local.objects;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Locks by name. Few of them stand for many names, so nobody takes two. */
final class KeyLocks {

  /** A lock while it is held. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(256).toArray(ReentrantLock[]::new);

  Held take(String name) {
    ReentrantLock lock = locks[Math.floorMod(name.hashCode(), locks.length)];
    lock.lock();
    return lock::unlock;
  }
}
