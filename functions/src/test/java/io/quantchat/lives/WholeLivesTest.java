package io.quantchat.lives;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whole lives, in a cloud where all goes wrong that can, beside a model of what everybody can know:
 * no message that was answered is lost, none is seen twice, none is seen by another. {@code
 * -Dquantchat.lives} says how many steps, {@code -Dquantchat.seed} plays one world again; since
 * requests run at once, what a step does to another may still differ.
 */
class WholeLivesTest {

  private static final int STEPS = Integer.getInteger("quantchat.lives", 2_000);
  private static final int STEPS_OF_ONE_WORLD = 2_000;

  @Test
  void nothingIsLostNorSeenTwiceNorSeenByAnother() {
    Long asked = Long.getLong("quantchat.seed");
    long first = asked == null ? new Random().nextLong() >>> 1 : asked;
    System.out.printf("Whole lives: %d steps from seed %d on%n", STEPS, first);
    long began = System.nanoTime();
    for (int played = 0; played < STEPS; played += STEPS_OF_ONE_WORLD) {
      if (played > 0 && played % 50_000 == 0) {
        System.out.printf("Whole lives: %d steps so far%n", played);
      }
      play(first + played / STEPS_OF_ONE_WORLD, Math.min(STEPS_OF_ONE_WORLD, STEPS - played));
    }
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    System.out.printf("Whole lives: %d steps in %.1f s%n", STEPS, seconds);
  }

  private static void play(long seed, int steps) {
    try (var lives = new Lives(seed)) {
      for (int step = 0; step < steps; step++) {
        try {
          lives.step();
        } catch (NotAskedException nothingDone) {
          // Whoever wanted it tries another time.
        } catch (AssertionError | RuntimeException failed) {
          throw new AssertionError(
              "-Dquantchat.seed=%d, step %d: %s%n%s"
                  .formatted(seed, step, failed.getMessage(), lives.log()),
              failed);
        }
      }
    }
  }
}
