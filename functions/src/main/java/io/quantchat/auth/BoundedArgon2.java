package io.quantchat.auth;

import io.quantchat.gateway.Problem;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id by Bouncy Castle, at most a few computations at once: each fills its memory, and more of
 * them than there are processors only make all of them late.
 */
final class BoundedArgon2 implements Argon2 {

  private static final BoundedArgon2 OF_PROCESS =
      new BoundedArgon2(Runtime.getRuntime().availableProcessors(), 10);

  private final Semaphore turns;
  private final int patienceSeconds;

  /**
   * Lets so many computations run at once.
   *
   * @param patienceSeconds how long one waits for its turn before it is refused
   */
  BoundedArgon2(int atOnce, int patienceSeconds) {
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
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKib())
              .withIterations(cost.iterations())
              .withParallelism(cost.lanes())
              .withSalt(salt)
              .build());
      var tag = new byte[length];
      generator.generateBytes(password, tag);
      return tag;
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
