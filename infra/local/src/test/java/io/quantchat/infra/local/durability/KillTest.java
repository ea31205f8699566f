package io.quantchat.infra.local.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.RunnerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was answered 2xx is stored: the runner is killed as {@code kill -9} does it, in the middle
 * of lives, and started again on its folder. How often, the property {@code quantchat.kills} says;
 * after how many steps at most, {@code quantchat.sends}.
 */
class KillTest {

  private static final int STEPS = Integer.getInteger("quantchat.sends", 400);
  private static final int CLIENTS = 8;
  private static final int KILLS = Integer.getInteger("quantchat.kills", 1);

  @Test
  void whatWasAnsweredIsSoAfterAKill(@TempDir Path data) throws Exception {
    SplittableRandom random = new SplittableRandom();
    var calls = new Calls();
    RunnerProcess runner = RunnerProcess.onDisk(data, List.of());
    try {
      calls.goTo(runner.instance().restUrl());
      List<Life> lives = Stream.generate(() -> new Life(calls)).limit(CLIENTS).toList();
      for (int kill = 0; kill < KILLS; kill++) {
        int killedAfter = random.nextInt(STEPS / 5, STEPS);

        int answered = liveUntilKilled(lives, killedAfter, runner::kill);
        runner.close();
        runner = RunnerProcess.onDisk(data, List.of());
        calls.goTo(runner.instance().restUrl());

        assertThat(answered).as("killed in the middle").isGreaterThanOrEqualTo(killedAfter);
        lives.forEach(Life::check);
      }
    } finally {
      runner.close();
    }
  }

  /**
   * All live at once until the server is gone.
   *
   * @param killAfter how many answers to wait for before the kill
   * @return how many there were
   */
  private static int liveUntilKilled(List<Life> lives, int killAfter, Runnable kill)
      throws Exception {
    var answered = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> all =
          lives.stream()
              .map(
                  life ->
                      threads.submit(
                          () -> {
                            while (life.step()) {
                              // One of them kills: the others are in the middle of their lives.
                              if (answered.incrementAndGet() == killAfter) {
                                kill.run();
                              }
                            }
                          }))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    }
    return answered.get();
  }
}
