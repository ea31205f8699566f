package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import io.quantchat.infra.local.RunningInstance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RelayExtension.class)
class TrainingRunTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void oneReadsWhatTheOtherWrote(RunningInstance relay) throws IOException {
    assertThat(train(relay.restUrl().toString())).isZero();

    assertThat(said.toString(StandardCharsets.UTF_8)).containsPattern("\\(no contact\\): hello");
  }

  @Test
  void failsWhereNobodyAnswers() throws IOException {
    assertThat(train("http://localhost:1/api/v1")).isEqualTo(Exit.UNREACHABLE.code());
  }

  private int train(String server) throws IOException {
    Path folder = Files.createTempDirectory("quantchat-training");
    // One of the two has a store that costs little to open, the other makes one as people do.
    LocalStore.open(
            folder.resolve(Accounts.fileName(TrainingRun.ANN)),
            TrainingRun.PASSPHRASE.toCharArray(),
            new Argon2Cost(64, 1, 1),
            new SecureRandom())
        .close();
    int exit = TrainingRun.run(folder, server, new PrintStream(said, true, StandardCharsets.UTF_8));
    assertThat(folder).doesNotExist();
    return exit;
  }
}
