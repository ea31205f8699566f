package io.quantchat.client.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.ImportResult.Refused;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be read in: it is refused alone, and says which it is. */
class RefusedMessagesTest {

  private static final UUID SELF = UUID.fromString("7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21");
  private static final UUID OTHER = UUID.fromString("3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40");
  private static final ExportName NAME = new ExportName("1f0c9a5be37d4826");
  private static final ExportName ANOTHER = new ExportName("00c0ffee00c0ffee");

  private static final List<Message> THREE =
      List.of(message(1, "One."), message(2, "Two."), message(3, "Three."));

  private static final String EARLIER =
      """
      ---
      id: 019c1dcb-797b-7d2e-9c41-000000000001
      from: 3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40
      to: 7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21
      timestamp: 2026-02-02T10:00:00.120Z
      state: read
      crypto_version: v2
      ---

      One.

      """;

  @Test
  void aTextThatWasChangedRefusesItsMessageAloneByNumberLineAndId() {
    String changed = write(THREE).replace("Two.", "Too.");

    Reading reading = read(changed);

    assertThat(reading.messages()).containsExactly(THREE.getFirst(), THREE.getLast());
    assertThat(reading.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.number()).isEqualTo(2);
              assertThat(changed.lines().toList().get(refused.line() - 1)).endsWith("2/3");
              assertThat(refused.messageId()).isEqualTo(THREE.get(1).id().toString());
              assertThat(refused.reason()).contains("isn't as it was");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "state: read, state: sent",
    "crypto_version: v2, crypto_version: v1",
    "timestamp: 1970, timestamp: 1971",
    "000000000002, 000000000004",
    "2/3, 2/4",
    "id: , name: ",
    "to: , of: ",
  })
  void aFieldThatWasChangedRefusesItsMessage(String what, String by) {
    Message second = THREE.get(1).with("crypto_version", "v2");
    String export = write(List.of(THREE.getFirst(), second, THREE.getLast()));
    int from = export.indexOf("2/3");
    int to = export.indexOf("3/3");

    Reading reading =
        read(
            export.substring(0, from)
                + export.substring(from, to).replace(what, by)
                + export.substring(to));

    assertThat(reading.messages()).containsExactly(THREE.getFirst(), THREE.getLast());
    assertThat(reading.refused()).extracting(Refused::number).contains(2);
  }

  @Test
  void whatWasCutOffIsNamed() {
    String export = write(THREE);

    assertThat(
            read(export.substring(0, export.indexOf("---\nquantchat: 2 " + NAME.value() + " 2/3"))))
        .satisfies(
            reading -> {
              assertThat(reading.messages()).containsExactly(THREE.getFirst());
              assertThat(reading.refused())
                  .singleElement()
                  .extracting(Refused::reason)
                  .asString()
                  .startsWith("messages 2 to 3 aren't in the file");
            });
    assertThat(read(export.substring(export.indexOf("---\nquantchat: 2 " + NAME.value() + " 2/3"))))
        .satisfies(
            reading -> {
              assertThat(reading.messages()).containsExactlyElementsOf(THREE.subList(1, 3));
              assertThat(reading.refused())
                  .singleElement()
                  .extracting(Refused::number)
                  .isEqualTo(1);
            });
  }

  @Test
  void exportsBehindEachOtherAreReadAndOneThatIsWithinAnotherIsNamed() {
    String other = MarkdownExport.write(List.of(message(9, "Nine.")), SELF, ANOTHER);
    String withoutEnd = write(THREE).replace(NAME.end(), "");

    assertThat(read(write(THREE) + other + EARLIER).messages()).hasSize(5);
    Reading reading = read(withoutEnd + "\n" + other);
    assertThat(reading.messages()).containsExactlyElementsOf(THREE);
    assertThat(reading.refused()).extracting(Refused::reason).anyMatch(why -> why.contains("own"));
  }

  @Test
  void linesInAnotherOrderMakeNoMessageOfAnEarlierExport() {
    String shuffled =
        EARLIER
            + "---\n"
            + new Head(NAME, 1, 1).line()
            + "\ndigest: x\n---\n\nOne.\n\n"
            + NAME.end();

    Reading reading = read(shuffled);

    assertThat(reading.read()).isEmpty();
    assertThat(reading.refused()).hasSize(2);
    assertThat(read(EARLIER + write(THREE)).messages()).hasSize(4);
  }

  /** Somebody wrote it before this export got its name. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\u2028", "\u0085", "\u000b", "\f", "<br>"})
  void aTextThatHoldsAMessageStaysAText(String lineEnd) {
    String forged = MarkdownExport.write(List.of(message(7, "Pay.")), SELF, ANOTHER) + EARLIER;
    List<Message> messages =
        List.of(message(1, "x\n" + forged.replace("\n", lineEnd)), message(2, "Two."));

    for (String export : List.of(write(messages), write(messages).replaceAll("\\R", "\n"))) {
      assertThat(read(export).messages()).isEqualTo(messages);
      String inHtml = export.replace("<br>", "\n");
      assertThat(read(inHtml).messages()).isEqualTo(messages);
      String withoutBeginning = export.substring(export.indexOf("x\n"));
      assertThat(read(withoutBeginning).messages()).isSubsetOf(messages);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T23:59:59.999999999Z",
        "-999999999-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2026-02-30T00:00:00Z",
        "2026-02-02",
        "yesterday",
        "7",
        "{}"
      })
  void aTimeThatNoMessageHasIsAnErrorOfItsMessageAlone(String time) {
    String wrong = EARLIER.replace("2026-02-02T10:00:00.120Z", time);

    Reading reading = read(wrong + EARLIER);

    assertThat(reading.messages()).hasSize(1);
    assertThat(reading.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.number()).isEqualTo(1);
              assertThat(refused.line()).isEqualTo(1);
              assertThat(refused.messageId()).endsWith("0001");
              assertThat(refused.reason()).contains("time");
            });
  }

  @Test
  void fieldsOfAnySizeAreReadOrRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String lessDeep = "[".repeat(200) + "]".repeat(200);
    for (String value :
        List.of(
            deep,
            lessDeep,
            "9".repeat(100_000),
            "1e999999999",
            "-1e-999999999",
            "\"\\ud800\"",
            "{\"a\":1,\"a\":2}",
            "base64:",
            "base64:!!",
            "base64:WzFd",
            "x".repeat(5_000_000))) {
      String odd = EARLIER.replace("crypto_version: v2", "field: " + value);

      Reading reading = read(odd + EARLIER);

      assertThat(reading.read().size() + reading.refused().size()).isEqualTo(2);
      assertThat(reading.messages()).isNotEmpty();
    }
  }

  @Test
  void fieldsOfAnEarlierExportThatCantBeRightAreNamed() {
    assertThat(only(EARLIER.replace("to: ", "of: "))).contains("its field to is missing");
    assertThat(only(EARLIER.replace("state: read", "state: lost"))).contains("state");
    assertThat(only(EARLIER.replace("state: read", "from: x"))).contains("from is there twice");
    assertThat(only(EARLIER.replace("state: read", "state"))).contains("line 6");
    assertThat(only(EARLIER.replace("from: 3b0d6e1a-52c7-4c0b", "from: 3b0d6e1a-52c7")))
        .contains("from is no id");
    assertThat(only(EARLIER.replace(SELF.toString(), UUID.randomUUID().toString())))
        .contains("another account");
  }

  @Test
  void aMessageOfTodaysWithoutItsFirstLineIsNotTakenForAnEarlierOne() {
    String export = write(List.of(message(1, "a\u0000b")));
    String without =
        export
            .lines()
            .filter(line -> !line.startsWith("quantchat:"))
            .reduce("", (a, b) -> a + b + "\n");

    assertThat(only(without)).contains("quantchat");
  }

  @Test
  void whatIsInAnEncodingOfAnEditorsIsReadAsFarAsDigestsBearItOut() {
    List<Message> messages = List.of(message(1, "Zoë"), message(2, "漢字"));
    byte[] latin = write(messages).getBytes(StandardCharsets.ISO_8859_1);

    Reading reading = MarkdownImport.read(FileText.of(latin), SELF);

    assertThat(reading.messages()).containsExactly(messages.getFirst());
    assertThat(reading.refused()).extracting(Refused::number).containsExactly(2);
    byte[] earlier = EARLIER.replace("One.", "Zoë").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(MarkdownImport.read(FileText.of(earlier), SELF).refused())
        .extracting(Refused::reason)
        .containsExactly("the file isn't UTF-8");
  }

  @Test
  void anEarlierExportIsReadAsUnverified() {
    Reading reading = read("\n" + EARLIER + EARLIER.replace("One.", "a\n\\---\nb"));

    assertThat(reading.read()).extracting(Reading.Read::verified).containsExactly(false, false);
    assertThat(reading.messages()).extracting(Message::text).containsExactly("One.", "a\n---\nb");
    assertThat(read(write(THREE)).read()).allMatch(Reading.Read::verified);
  }

  @Test
  void aRuleInATextOfTheOriginalClientsBeginsNoMessage() {
    String export =
        EARLIER.replace("state: read\n", "").replace("One.\n", "One.\n---\nTwo.\n  \n\n")
            + EARLIER.replace("state: read\n", "").replace("One.\n", "Three.\n  ");

    assertThat(read(export).messages())
        .extracting(Message::text)
        .containsExactly("One.\n---\nTwo.", "Three.");
  }

  @Test
  void whatIsNoExportHoldsNoMessages() {
    for (String nothing : List.of("---\n---\n", "quantchat: 2", "x", "---\nid: 1\n---\n")) {
      assertThatThrownBy(() -> read(nothing)).isInstanceOf(ImportException.class);
    }
    assertThat(MarkdownImport.read(FileText.of(new byte[0]), SELF).read()).isEmpty();
  }

  private static String only(String export) {
    Reading reading = read(export);
    assertThat(reading.read()).isEmpty();
    assertThat(reading.refused()).hasSize(1);
    return reading.refused().getFirst().reason();
  }

  private static Reading read(String export) {
    return MarkdownImport.read(FileText.of(export), SELF);
  }

  private static String write(List<Message> messages) {
    return MarkdownExport.write(messages, SELF, NAME);
  }

  private static Message message(int number, String text) {
    return new Message(
        UUID.fromString("019c1dcb-797b-7d2e-9c41-00000000000" + number),
        OTHER,
        OTHER,
        Instant.EPOCH,
        MessageState.READ,
        text,
        Map.of());
  }
}
