package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClustersTest {

  private static final String BACKSPACE = "\u007f";
  private static final String LEFT = "\u0002";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "é",
        "e\u0301",
        "世",
        "👍🏽",
        "👩‍👩‍👧",
        "🏳️‍🌈",
        "🇩🇪",
        "1️⃣",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "\u1112\u1161\u11AB",
        "각",
        "क्षि",
        "n\u0303\u0331"
      })
  void backspaceAndTheArrowsTakeWhatPeopleTakeForOneCharacter(String one) throws IOException {
    assertThat(typed("x" + one + BACKSPACE + "y")).isEqualTo("xy");
    assertThat(typed("x" + one + LEFT + "y")).isEqualTo("xy" + one);
    assertThat(typed("x" + one + LEFT + "\u0004" + "y")).isEqualTo("xy");
    assertThat(typed("x" + one + LEFT + LEFT + "\u0006\u0006" + "y")).isEqualTo("x" + one + "y");
  }

  private static String typed(String keys) throws IOException {
    var in = new ByteArrayInputStream((keys + "\r").getBytes(StandardCharsets.UTF_8));
    try (var terminal =
        new DumbTerminal("test", "ansi", in, new ByteArrayOutputStream(), StandardCharsets.UTF_8)) {
      return new TypedLine(terminal, () -> {}).readLine("> ");
    }
  }
}
