package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarkTest {

  private static final UUID SELF = UUID.randomUUID();
  private static final UUID BEN = UUID.randomUUID();
  private static final Instant TIME = Instant.parse("2026-03-01T17:12:00Z");
  private static final ChatLines LINES = new ChatLines(Clock.fixed(TIME, ZoneOffset.UTC), "ben");

  private static Message message(UUID from, MessageState state, Map<String, Object> details) {
    return new Message(UUID.randomUUID(), from, BEN, TIME, state, "Hello.", details);
  }

  @ParameterizedTest
  @EnumSource(MessageState.class)
  void eachLineOfOnesOwnSaysHowFarItIs(MessageState state) {
    String head = LINES.head(message(SELF, state, Map.of()));

    assertThat(Mark.of(message(SELF, state, Map.of()))).isNotEmpty();
    assertThat(head).startsWith("▸ 17:12 " + Mark.of(message(SELF, state, Map.of())) + " you: ");
    assertThat(
            Arrays.stream(MessageState.values())
                .filter(other -> other != state)
                .map(other -> LINES.head(message(SELF, other, Map.of()))))
        .doesNotContain(head);
  }

  @Test
  void whyALineWasNotSentStandsUnderIt() {
    Message failed =
        message(SELF, MessageState.FAILED, Map.of(Message.FAILURE, "recipient_id: is nobody"));

    assertThat(LINES.text(failed)).isEqualTo("Hello.\n✗ not sent: It is nobody");
  }

  @Test
  void whatWasImportedIsMarkedOnBothSides() {
    assertThat(LINES.head(message(SELF, MessageState.IMPORTED, Map.of())))
        .isEqualTo("▸ 17:12 imported you: ");
    assertThat(LINES.head(message(BEN, MessageState.IMPORTED, Map.of())))
        .isEqualTo("◂ 17:12 imported ben: ");
    assertThat(LINES.head(message(BEN, MessageState.READ, Map.of()))).isEqualTo("◂ 17:12 ben: ");
  }

  @Test
  void aReceiptThatIsNotProvedIsMarked() {
    Message read = message(SELF, MessageState.READ, Map.of(Message.UNPROVEN, true));

    assertThat(LINES.head(read)).isEqualTo("▸ 17:12 ✓✓ read (they say) you: ");
    assertThat(LINES.moved(read)).isEqualTo("✓✓ read (they say): Hello.");
  }

  @Test
  void howAMessageHasComeIsMarkedOnBothSides() {
    Map<String, Object> again = Map.of(Message.SEALED_AGAIN, 1);

    assertThat(LINES.head(message(SELF, MessageState.SENT, again)))
        .isEqualTo("▸ 17:12 ✓ (sealed again) you: ");
    assertThat(LINES.head(message(BEN, MessageState.READ, again)))
        .isEqualTo("◂ 17:12 (sealed again) ben: ");
    assertThat(LINES.head(message(BEN, MessageState.READ, Map.of(Message.REPEATED_NUMBER, true))))
        .isEqualTo("◂ 17:12 (number used before) ben: ");
    assertThat(LINES.head(message(BEN, MessageState.READ, Map.of(Message.STRANGER, true))))
        .isEqualTo("◂ 17:12 (no contact) ben: ");
  }

  @Test
  void theHelpExplainsEachMark() {
    assertThat(Mark.meanings())
        .contains("… not sent yet", "✗ not sent", "✓ sent", "✓✓ delivered", "✓✓ read")
        .contains("imported");
  }
}
