package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said of a message beside its text. */
class MessageLinesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T17:12:00Z");
  private static final UUID SELF = new UUID(0, 1);
  private static final UUID CONTACT = new UUID(0, 2);

  private final ChatLines lines = new ChatLines(Clock.fixed(NOW, ZoneOffset.UTC), "ben");

  @Test
  void theTimeIsTheSendersUnlessItCanNotBe() {
    assertThat(lines.time(cameAt(NOW, "2026-03-01T17:04:00Z"))).isEqualTo("17:04");
    assertThat(lines.time(cameAt(NOW, "2026-02-25T09:00:00Z"))).isEqualTo("2026-02-25 09:00");
    assertThat(lines.time(cameAt(NOW, "2001-01-01T00:00:00Z")))
        .isEqualTo("17:12 (dated 2001-01-01 00:00)");
    assertThat(lines.time(cameAt(NOW, "2099-01-01T00:00:00Z")))
        .isEqualTo("17:12 (dated 2099-01-01 00:00)");
  }

  @Test
  void whatTheRecipientHasNotProvedIsSaidToBeTheirWord() {
    Message read = sent(MessageState.READ);
    Message delivered = sent(MessageState.DELIVERED);

    assertThat(ChatLines.mark(read)).isEqualTo("✓✓ read");
    assertThat(ChatLines.mark(read.with(Message.UNPROVEN, true))).isEqualTo("✓✓ read (they say)");
    assertThat(lines.moved(delivered.with(Message.UNPROVEN, true)))
        .isEqualTo("✓✓ delivered (they say): Hello.");
  }

  @Test
  void programsAreToldBothTimes() {
    assertThat(JsonOutput.message(cameAt(NOW, "2001-01-01T00:00:00Z")))
        .containsEntry("created_at", "2001-01-01T00:00:00Z")
        .containsEntry("arrived_at", "2026-03-01T17:12:00Z");
  }

  @Test
  void aClockThatIsOffIsSaidToBeOffByHowMuch() {
    assertThat(Failures.clock(Duration.ofMinutes(-8)))
        .isEqualTo("This computer's clock is 8 minutes slow: set it.");
    assertThat(Failures.clock(Duration.ofMinutes(61)))
        .isEqualTo("This computer's clock is 61 minutes fast: set it.");
    assertThat(Failures.clock(Duration.ofHours(-30)))
        .isEqualTo("This computer's clock is 30 hours slow: set it.");
    assertThat(Failures.clock(Duration.ofDays(3650)))
        .isEqualTo("This computer's clock is 3650 days fast: set it.");
  }

  private static Message cameAt(Instant arrived, String created) {
    return new Message(
        new UUID(9, 1),
        CONTACT,
        CONTACT,
        Instant.parse(created),
        arrived,
        MessageState.DELIVERED,
        "Hello.",
        Map.of());
  }

  private static Message sent(MessageState state) {
    return new Message(new UUID(9, 2), SELF, CONTACT, NOW, state, "Hello.", Map.of());
  }
}
