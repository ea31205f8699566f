package io.quantchat.auth;

/** Argon2id, version 19 (RFC 9106). */
@FunctionalInterface
interface Argon2 {

  /**
   * The cost of one computation.
   *
   * @param memoryKib KiB of memory
   * @param iterations passes over it
   * @param lanes lanes that the memory is divided into
   */
  record Cost(int memoryKib, int iterations, int lanes) {

    /** 19 MiB, 2 passes, 1 lane: the OWASP Password Storage Cheat Sheet's recommendation. */
    static final Cost STANDARD = new Cost(19 * 1024, 2, 1);

    /** Whether guessing is cheaper at this cost than at the other. */
    boolean isWeakerThan(Cost other) {
      return memoryKib < other.memoryKib || iterations < other.iterations;
    }
  }

  /**
   * The tag of a password.
   *
   * @param length of the tag, in bytes
   */
  byte[] compute(byte[] password, byte[] salt, Cost cost, int length);
}
