package io.quantchat.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whole lives, in a cloud where all goes wrong that can, beside a model of what everybody can know:
 * no message that was answered is lost, none is seen twice, none is seen by another, and of who
 * leaves nothing is left. {@code -Dquantchat.lives} says how many steps, {@code -Dquantchat.seed}
 * plays one world again; since requests run at once, what a step does to another may still differ.
 */
class WholeLivesTest {

  private static final int STEPS = Integer.getInteger("quantchat.lives", 2_000);
  private static final int STEPS_OF_ONE_WORLD = 2_000;

  @Test
  void nothingIsLostNorSeenTwiceNorSeenByAnother() {
    Long asked = Long.getLong("quantchat.seed");
    long first = asked == null ? new Random().nextLong() >>> 1 : asked;
    System.out.printf("Whole lives: %d steps from seed %d on%n", STEPS, first);
    var violations = new ArrayList<AssertionError>();
    long began = System.nanoTime();
    for (int played = 0; played < STEPS; played += STEPS_OF_ONE_WORLD) {
      if (played > 0 && played % 10_000 == 0) {
        System.out.printf("Whole lives: %d steps so far%n", played);
      }
      try {
        play(first + played / STEPS_OF_ONE_WORLD, Math.min(STEPS_OF_ONE_WORLD, STEPS - played));
      } catch (AssertionError violated) {
        System.out.println(violated.getMessage());
        violations.add(violated);
      }
    }
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    System.out.printf(
        "Whole lives: %d steps in %.1f s, %d violations%n", STEPS, seconds, violations.size());
    assertThat(violations).isEmpty();
  }

  private static void play(long seed, int steps) {
    try (var lives = new Lives(seed)) {
      for (int step = 0; step < steps; step++) {
        try {
          lives.step();
        } catch (NotAskedException nothingDone) {
          // Whoever wanted it tries another time.
        } catch (AssertionError | RuntimeException failed) {
          throw failure(seed, step, lives, failed);
        }
      }
      try {
        lives.settle();
      } catch (AssertionError | RuntimeException failed) {
        throw failure(seed, steps, lives, failed);
      }
    }
  }

  private static AssertionError failure(long seed, int step, Lives lives, Throwable failed) {
    return new AssertionError(
        "-Dquantchat.seed=%d, step %d: %s%n%s"
            .formatted(seed, step, failed.getMessage(), lives.log()),
        failed);
  }
}
