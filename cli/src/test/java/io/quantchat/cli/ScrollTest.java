package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jline.terminal.Size;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

/** What is on the screen of a terminal that gets another size. */
class ScrollTest {

  private static final Instant TIME = Instant.parse("2026-03-01T17:12:00Z");
  private static final String CLEARED = "\033[H\033[2J";

  @Test
  void isWrittenAgainWithItsMarginsAndAsItIsByNow() throws IOException {
    var printed = new ArrayList<String>();
    var lines = new ChatLines(Clock.fixed(TIME, ZoneOffset.UTC), "ben");
    UUID ben = UUID.randomUUID();
    var own =
        new Message(
            UUID.randomUUID(), UUID.randomUUID(), ben, TIME, MessageState.SENDING, "Hi", Map.of());
    var theirs =
        new Message(
            UUID.randomUUID(),
            ben,
            ben,
            TIME,
            MessageState.READ,
            "x".repeat(26) + " 17:12 you: I agree",
            Map.of());
    try (var terminal = terminal()) {
      terminal.setSize(new Size(80, 24));
      var scroll = new Scroll(terminal, printed::add);
      scroll.add(new Scroll.Said(own, lines));
      scroll.add(new Scroll.Said(theirs, lines));
      scroll.moved(own.in(MessageState.DELIVERED), lines);
      assertThat(shown(printed.get(1))).hasSize(1);

      scroll.resized();
      assertThat(printed).hasSize(2);
      terminal.setSize(new Size(41, 24));
      scroll.resized();

      assertThat(printed).hasSize(3);
      assertThat(printed.getLast()).startsWith(CLEARED);
      assertThat(shown(printed.getLast()))
          .containsExactly(
              "▸ 17:12 ✓✓ you: Hi",
              "◂ 17:12 ben: " + "x".repeat(26) + " ",
              "  | 17:12 you: I agree");

      terminal.setSize(new Size(41, 4));
      scroll.resized();
      assertThat(shown(printed.getLast()))
          .containsExactly("◂ 17:12 ben: " + "x".repeat(26) + " ", "  | 17:12 you: I agree");
    }
  }

  private static DumbTerminal terminal() throws IOException {
    return new DumbTerminal(
        "test",
        "ansi",
        new ByteArrayInputStream(new byte[0]),
        new ByteArrayOutputStream(),
        StandardCharsets.UTF_8);
  }

  private static List<String> shown(String printed) {
    return printed.replace(CLEARED, "").replaceAll("\033\\[[?0-9;]*[a-z]", "").lines().toList();
  }
}
