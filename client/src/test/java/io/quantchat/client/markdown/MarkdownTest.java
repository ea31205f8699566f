package io.quantchat.client.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

  private static final UUID SELF = UUID.fromString("7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21");
  private static final UUID OTHER = UUID.fromString("3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40");
  private static final Instant TIME = Instant.parse("2026-02-02T10:00:00.120Z");

  private static final ExportName NAME = new ExportName("1f0c9a5be37d4826");

  /** What texts and fields are made of that might be taken for something else. */
  private static final List<String> PIECES =
      List.of(
          "plain",
          " ",
          "\n",
          "\r\n",
          "\r",
          "---",
          "\n---\n",
          "\n---\nid: x\n---\n\n",
          "\\---",
          "\\",
          "```\ncode\n```",
          "`",
          ": ",
          "true",
          "7",
          "\"",
          "{}",
          "null",
          "\u0000\u001b[31m\u0085\u2028",
          "\uFEFF",
          "🦊👩‍👩‍👧",
          "שלום",
          "\u202Eقلب",
          "# Title",
          "| a | b |");

  @Test
  void aConversationCanBeReadByPeople() {
    Message message = message("Hello, *Ada*.\n\nSee you.", Map.of("crypto_version", "v2"));

    assertThat(write(List.of(message)))
        .isEqualTo(
            """
            ---
            quantchat: 2 1f0c9a5be37d4826 1/1
            id: 019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17
            from: 3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40
            to: 7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21
            timestamp: 2026-02-02T10:00:00.120Z
            state: read
            crypto_version: v2
            exact: base64:WyJIZWxsbywgKkFkYSouXG5cblNlZSB5b3UuIl0
            digest: TdKh7BiA_o46HZBtVzUujhsl8wlUOklBiv0t0hKT5D4
            ---

            Hello, *Ada*.

            See you.

            <!-- end of export 1f0c9a5be37d4826 -->
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "\n\n\n",
        "---",
        "\\---",
        "\\\\---\n---",
        "a\n---\nid: x\n---\n\nb",
        "---\r\n",
        "text\r\n",
        "\r",
        "ends with lines\n\n",
        "\n\nbegins with lines",
        "---\u0085---",
        "🦊\u2028---"
      })
  void everyTextComesBackAsItWas(String text) {
    Message message = message(text, Map.of());
    List<Message> three = List.of(message, message("between", Map.of()), message);

    assertThat(read(write(three))).isEqualTo(three);
  }

  @Test
  void everyDetailComesBackAsItWasUnknownOnesToo() {
    var details = new LinkedHashMap<String, Object>();
    details.put("text", "plain words");
    details.put("number", 5);
    details.put("like_a_number", "5");
    details.put("flag", true);
    details.put("like_a_flag", "true");
    details.put("empty", "");
    details.put("lines", "one\ntwo");
    details.put("spaces", " around ");
    details.put("quoted", "\"so\"");
    details.put("list", List.of(Map.of("algorithm", "ML-DSA-65", "of", List.of(1, "2"))));
    details.put("colons", "a: b: c");
    Message message = message("Hello.", details);

    List<Message> read = read(write(List.of(message)));

    assertThat(read).containsExactly(message);
    assertThat(read.getFirst().details().keySet()).containsExactlyElementsOf(details.keySet());
  }

  @Test
  void textsOfAnyCharactersComeBackAsTheyWere() {
    var random = new Random(5);
    String alphabet = "-\\\n\r :a\"";
    for (int i = 0; i < 2_000; i++) {
      String text =
          random
              .ints(random.nextInt(14), 0, alphabet.length())
              .collect(
                  StringBuilder::new,
                  (builder, at) -> builder.append(alphabet.charAt(at)),
                  StringBuilder::append)
              .toString();
      List<Message> two = List.of(message(text, Map.of("k", text)), message(text, Map.of()));

      assertThat(read(write(two))).isEqualTo(two);
    }
  }

  @Test
  void conversationsOfAnyPiecesComeBackAsTheyWere() {
    var random = new Random(7);
    for (int i = 0; i < 400; i++) {
      List<Message> conversation = new ArrayList<>();
      for (int messages = random.nextInt(4); messages >= 0; messages--) {
        var details = new LinkedHashMap<String, Object>();
        for (int fields = random.nextInt(4); fields > 0; fields--) {
          details.put("field " + random.nextInt(9), value(random));
        }
        conversation.add(message(pieces(random), details));
      }

      String markdown = write(conversation);

      assertThat(read(markdown)).isEqualTo(conversation);
      assertThat(write(read(markdown))).isEqualTo(markdown);
    }
  }

  private static Object value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextBoolean();
      case 1 -> random.nextInt();
      case 2 -> List.of(pieces(random), 1, Map.of(pieces(random), List.of()));
      case 3 -> Map.of(pieces(random), false);
      default -> pieces(random);
    };
  }

  private static String pieces(Random random) {
    return random
        .ints(random.nextInt(6), 0, PIECES.size())
        .mapToObj(PIECES::get)
        .collect(Collectors.joining());
  }

  @Test
  void whatAnEditorDidToAnExportsLinesIsUndone() {
    List<Message> conversation = List.of(message("One.\n\nTwo.", Map.of("k", "v")));
    String markdown = write(conversation);

    assertThat(read("\uFEFF" + markdown.replace("\n", "\r\n"))).isEqualTo(conversation);
  }

  @Test
  void whatIsNoExportIsSaidToBeNone() {
    assertThatThrownBy(() -> read("# Notes\n\nBuy bread.\n"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("is it an export?");
    assertThat(read("")).isEmpty();
  }

  @Test
  void anExportOfTheOriginalClientIsRead() {
    String export =
        """

        ---
        id: 019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17
        from: 7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21
        to: 3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40
        timestamp: 2026-02-02T10:00:00.120Z
        crypto_version: v1
        ---

        Hello!\
        """;

    assertThat(read(export))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.text()).isEqualTo("Hello!");
              assertThat(message.state()).isEqualTo(MessageState.SENT);
              assertThat(message.contactId()).isEqualTo(OTHER);
              assertThat(message.details()).containsEntry("crypto_version", "v1");
            });
  }

  private static String write(List<Message> messages) {
    return MarkdownExport.write(messages, SELF, NAME);
  }

  private static List<Message> read(String markdown) {
    return MarkdownImport.read(FileText.of(markdown), SELF).messages();
  }

  private static Message message(String text, Map<String, Object> details) {
    return new Message(
        UUID.fromString("019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17"),
        OTHER,
        OTHER,
        TIME,
        MessageState.READ,
        text,
        details);
  }
}
