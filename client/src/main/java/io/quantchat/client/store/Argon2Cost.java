package io.quantchat.client.store;

import io.quantchat.client.model.StoreException;

/**
 * The cost of trying a passphrase (Argon2id, RFC 9106).
 *
 * @param memoryKib 8 for each lane to 1 GiB; times the iterations, to 4 GiB
 */
public record Argon2Cost(int memoryKib, int iterations, int lanes) {

  /** RFC 9106 §4, the second recommended: 64 MiB. */
  public static final Argon2Cost RECOMMENDED = new Argon2Cost(64 * 1024, 3, 4);

  private static final int MOST_MEMORY_KIB = 1024 * 1024;
  private static final int MOST_ITERATIONS = 64;
  private static final int MOST_LANES = 64;

  /** KiB, once for each iteration: what takes seconds, and not hours. */
  private static final long MOST_WORK = 4L * MOST_MEMORY_KIB;

  /**
   * @throws StoreException out of bounds, as in a store that somebody has tampered with
   */
  public Argon2Cost {
    boolean bounded =
        lanes >= 1
            && lanes <= MOST_LANES
            && iterations >= 1
            && iterations <= MOST_ITERATIONS
            && memoryKib >= 8 * lanes
            && memoryKib <= MOST_MEMORY_KIB
            && (long) memoryKib * iterations <= MOST_WORK;
    if (!bounded) {
      throw new StoreException("The store is damaged: its key can't be derived.");
    }
  }
}
