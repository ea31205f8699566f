package io.quantchat.auth;

import io.quantchat.http.Problem;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Argon2id, at most a few computations at once: each fills its memory, and more of them than there
 * are processors only make all of them late.
 */
final class BoundedArgon2 implements Argon2 {

  private static final int PATIENCE_SECONDS = 10;

  private static final BoundedArgon2 OF_PROCESS =
      new BoundedArgon2(
          new BouncyCastleArgon2(), Runtime.getRuntime().availableProcessors(), PATIENCE_SECONDS);

  private final Argon2 argon2;
  private final Semaphore turns;
  private final int patienceSeconds;

  /**
   * Lets so many computations run at once.
   *
   * @param patienceSeconds how long one waits for its turn before it is refused
   */
  BoundedArgon2(Argon2 argon2, int atOnce, int patienceSeconds) {
    this.argon2 = argon2;
    this.turns = new Semaphore(atOnce, true);
    this.patienceSeconds = patienceSeconds;
  }

  /** The one that everything in this process shares: memory is the process's. */
  static Argon2 ofProcess() {
    return OF_PROCESS;
  }

  @Override
  public byte[] compute(byte[] password, byte[] salt, Cost cost, int length) {
    awaitTurn();
    try {
      return argon2.compute(password, salt, cost, length);
    } finally {
      turns.release();
    }
  }

  private void awaitTurn() {
    try {
      if (!turns.tryAcquire(patienceSeconds, TimeUnit.SECONDS)) {
        throw busy();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  private static Problem busy() {
    return Problem.of(
        Problem.Kind.UNAVAILABLE, "Too many people are logging in at this moment. Try again.");
  }
}
