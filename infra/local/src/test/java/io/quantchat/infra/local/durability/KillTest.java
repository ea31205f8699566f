package io.quantchat.infra.local.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.RunnerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was answered 2xx is stored: the runner is killed as {@code kill -9} does it, in the middle
 * of sends, and started again on its folder. How often, the property {@code quantchat.kills} says;
 * after how many sends at most, {@code quantchat.sends}.
 */
class KillTest {

  private static final int SENDS = Integer.getInteger("quantchat.sends", 400);
  private static final int CLIENTS = 8;
  private static final int KILLS = Integer.getInteger("quantchat.kills", 1);

  @Test
  void everySendThatWasAnsweredIsPendingAfterAKill(@TempDir Path data) throws Exception {
    SplittableRandom random = new SplittableRandom();
    Set<String> answered = new TreeSet<>();
    RunnerProcess runner = RunnerProcess.onDisk(data, List.of());
    try {
      Clients clients = Clients.register(runner.instance().restUrl(), CLIENTS);
      for (int kill = 0; kill < KILLS; kill++) {
        int killedAfter = random.nextInt(SENDS / 5, SENDS);

        List<String> answeredThisTime =
            clients.sendUntilKilled(runner.instance().restUrl(), killedAfter, runner::kill);
        answered.addAll(answeredThisTime);
        runner.close();
        runner = RunnerProcess.onDisk(data, List.of());

        assertThat(answeredThisTime)
            .as("killed in the middle of the sends")
            .hasSizeGreaterThanOrEqualTo(killedAfter);
        assertThat(clients.pending(runner.instance().restUrl())).containsAll(answered);
      }
    } finally {
      runner.close();
    }
  }
}
