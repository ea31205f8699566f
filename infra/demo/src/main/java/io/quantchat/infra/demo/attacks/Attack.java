package io.quantchat.infra.demo.attacks;

/**
 * One attack.
 *
 * @param name what is tried, in a few words
 */
record Attack(String name, Play play) {

  /** Plays it, and says what came of it. */
  @FunctionalInterface
  interface Play {
    Outcome play() throws Exception;
  }

  /**
   * What came of an attack.
   *
   * @param tried what was done, and how often
   * @param got what came back
   * @param held whether the relay withstood it
   */
  record Outcome(String tried, String got, boolean held) {}
}
