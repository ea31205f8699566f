package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.RunningInstance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    return TrainingRun.run(server, new PrintStream(said, true, StandardCharsets.UTF_8));
  }
}
