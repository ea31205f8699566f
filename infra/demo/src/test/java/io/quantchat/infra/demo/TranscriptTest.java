package io.quantchat.infra.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 99, 100, 120, 160})
  void noLineIsWiderThanTheTerminal(int columns) {
    assertThat(played(columns).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
  }

  @Test
  void whatTheServerSeesStandsBesideWhereThereIsRoom() {
    assertThat(played(120)).containsPattern("Ana writes +\\| 317 bytes");
  }

  @Test
  void whatTheServerSeesStandsBeneathWhereThereIsNot() {
    assertThat(played(80))
        .containsPattern("(?m)Ana writes$")
        .containsPattern("server \\| 317 bytes");
  }

  private static String played(int columns) {
    var printed = new ByteArrayOutputStream();
    var transcript =
        new Transcript(new PrintStream(printed, true, UTF_8), new Look(false, false, columns));
    transcript.title("Ana and Ben", "here");
    transcript.step(
        Duration.ofMillis(12_345),
        "Ana writes",
        List.of("a text ".repeat(30), "x".repeat(200)),
        List.of("317 bytes", "a row ".repeat(30)));
    transcript.note("a note ".repeat(30));
    return printed.toString(UTF_8);
  }
}
