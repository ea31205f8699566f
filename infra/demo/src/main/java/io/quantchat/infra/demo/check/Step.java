package io.quantchat.infra.demo.check;

import io.quantchat.infra.demo.Difference;

/**
 * One step of the journey.
 *
 * @param name what is done, in a few words
 */
record Step(String name, Play play) {

  /** Plays it, and says what came of it. */
  @FunctionalInterface
  interface Play {
    String play() throws Difference, InterruptedException;
  }
}
