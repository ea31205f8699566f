package io.quantchat.client.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * {@code exports.json} has messages with their exports, and files with what is read in them: the
 * browser client writes and reads the same. Where it is to change, run with {@code
 * -Dquantchat.exports=write}.
 */
class SharedExportsTest {

  private static final Path FILE =
      Path.of("src/test/resources/io/quantchat/client/markdown/exports.json");

  private static final int CONVERSATIONS = 1;

  private static final UUID SELF = UUID.fromString("7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21");
  private static final UUID OTHER = UUID.fromString("3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40");

  private static final List<String> ENDS =
      List.of("\n", "\r\n", "\r", "\n\n", "\u000b", "\f", "\u0085", "\u2028", "\u2029", "<br>");

  private static final List<String> PIECES =
      List.of(
          "Hello, Ada.",
          "See you at noon",
          "a ",
          " ",
          "\t",
          "\u0000\u001b[31m",
          "\uFEFF",
          "\u202E",
          "\u200D",
          "\u00a0",
          "---",
          "- - -",
          "```",
          "> quoted",
          "From me to you",
          "\\---",
          "a=3D",
          "<b>&amp;</b>",
          "Zoë",
          "Zoe\u0308",
          "שלום",
          "漢字",
          "🦊👩‍👩‍👧",
          "\uD83E",
          "\uDD8A",
          "true",
          "7",
          "1.0",
          "\"so\"",
          "null",
          "{\"a\":1}",
          "id: 019c1dcb-797b-7d2e-9c41-000000000000",
          "digest: abc",
          "+: abc",
          "quantchat: 2 00c0ffee00c0ffee 1/1",
          "a long line, of so many words that every mail program breaks it somewhere in its middle,"
              + " as it does");

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

  private final Random random = new Random(20);

  @Test
  void theBrowserClientWritesAndReadsTheSame() throws IOException {
    var written = new ArrayList<Object>();
    var files = new ArrayList<Object>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      List<Message> conversation = conversation();
      var name = new ExportName("%016x".formatted(random.nextLong()));
      String export = MarkdownExport.write(conversation, SELF, name);
      var both = new LinkedHashMap<String, Object>();
      both.put("name", name.value());
      both.put("messages", conversation.stream().map(SharedExportsTest::described).toList());
      both.put("export", export);
      written.add(both);
      for (Converter converter : Converter.values()) {
        files.add(file(converter.name(), converter.convert(export, random)));
      }
    }
    for (String odd : odd()) {
      files.add(file("odd", odd.getBytes(StandardCharsets.UTF_8)));
      files.add(file("odd", (EARLIER + odd).getBytes(StandardCharsets.UTF_8)));
    }
    for (String end : List.of("\r\n", "\r")) {
      files.add(
          file("earlier", (EARLIER + EARLIER).replace("\n", end).getBytes(StandardCharsets.UTF_8)));
    }
    files.add(file("latin", EARLIER.replace("One", "Zoë").getBytes(StandardCharsets.ISO_8859_1)));

    String now = lines(written, files);

    if (System.getProperty("quantchat.exports", "").equals("write")) {
      Files.writeString(FILE, now);
    }
    assertThat(now).isEqualTo(Files.readString(FILE));
  }

  /** What a person may bring. */
  private List<String> odd() {
    var odd = new ArrayList<String>();
    Function<String, String> timed = time -> EARLIER.replace("2026-02-02T10:00:00.120Z", time);
    List.of(
            "+999999999-12-31T23:59:59.999999999Z",
            "-999999999-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "+2026-01-01T00:00:00Z",
            "9999-12-31T23:59:59.9999Z",
            "1970-01-01T00:00:00Z",
            "1970-01-01T00:59:59+01:00",
            "1969-12-31T23:59:59.9999Z",
            "2026-02-30T00:00:00Z",
            "2024-02-29t00:00:00.5z",
            "2026-02-02T24:00:00Z",
            "2026-02-02T24:00:01Z",
            "2026-02-02T23:59:60Z",
            "2026-02-02T23:58:60Z",
            "2026-02-02T10:00:00.1234567891Z",
            "2026-02-02T10:00:00.Z",
            "2026-02-02T10:00Z",
            "2026-02-02T10:00:00-05:30",
            "2026-02-02T10:00:00+19:00",
            "2026-02-02",
            "yesterday",
            "")
        .forEach(time -> odd.add(timed.apply(time)));
    List.of(
            "[".repeat(200) + "]".repeat(200),
            "[".repeat(1100) + "]".repeat(1100),
            "9".repeat(1100),
            "1e999999999",
            "0.5",
            "-0",
            "\"\\ud800\"",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,\"__proto__\":2}",
            " [1, 2]",
            "[1,2]",
            "base64:",
            "base64:WzFd")
        .forEach(value -> odd.add(EARLIER.replace("v2", value)));
    odd.add(EARLIER.replace("to: ", "of: "));
    odd.add(EARLIER.replace("state: read", "state: lost"));
    odd.add(EARLIER.replace("state: read", "from: x"));
    odd.add(EARLIER.replace("state: read", "state"));
    odd.add(EARLIER.replace("state: read\n", ""));
    odd.add(EARLIER.replace("state: read\n", "").replace("One.\n", "One.\n---\nTwo.\n  \n\n"));
    odd.add(EARLIER.replace("from: 3b0d6e1a-52c7-4c0b", "from: 3b0d6e1a-52c7"));
    odd.add(EARLIER.replace("3b0d6e1a", "3B0D6E1A"));
    odd.add(EARLIER.replace(SELF.toString(), OTHER.toString()));
    odd.add(EARLIER.replace("One.", "a\n\\---\n\\\\---\nb"));
    odd.add(EARLIER + EARLIER.replace("One", "Two"));
    for (String detail :
        List.of("x", "base64:!!", "base64:WzEsMl0", "base64:WyJpZCIsMl0", "base64:WyJhIiwyXQ")) {
      odd.add(forged(new Field(Field.DETAIL, detail)));
    }
    odd.add(forged(new Field("field", "base64:%%")));
    odd.add(forged(new Field("field", "base64:W1tdXQ")));
    odd.addAll(List.of("", " \n", "x", "---\n---\n", "quantchat: 2", "---\nid: 1\n---\n"));
    return odd;
  }

  /** Whole, with a digest that fits. */
  private static String forged(Field field) {
    var head = new Head(new ExportName("00c0ffee00c0ffee"), 1, 1);
    List<Field> fields =
        List.of(
            new Field(Field.ID, "019c1dcb-797b-7d2e-9c41-000000000009"),
            new Field(Field.FROM, OTHER.toString()),
            new Field(Field.TO, SELF.toString()),
            new Field(Field.TIMESTAMP, "2026-02-02T10:00:00.120Z"),
            new Field(Field.STATE, "read"),
            field);
    var export = new StringBuilder("---\n").append(head.line()).append('\n');
    fields.forEach(each -> export.append(each.name() + ": " + each.value() + "\n"));
    return export
        .append("digest: " + head.digest(fields, "Hello.") + "\n---\n\nHello.\n\n")
        .append(head.export().end())
        .toString();
  }

  private static Map<String, Object> file(String what, byte[] content) {
    var file = new LinkedHashMap<String, Object>();
    file.put("what", what);
    file.put("file", Base64.getEncoder().encodeToString(content));
    try {
      Reading reading = MarkdownImport.read(FileText.of(content), SELF);
      file.put("read", reading.read().stream().map(SharedExportsTest::read).toList());
      file.put(
          "refused",
          reading.refused().stream()
              .map(each -> List.of(each.number(), each.line(), each.messageId(), each.reason()))
              .toList());
    } catch (ImportException none) {
      file.put("none", none.getMessage());
    }
    return file;
  }

  private static List<Object> read(Reading.Read read) {
    return List.of(read.number(), read.line(), read.verified(), described(read.message()));
  }

  private static List<Object> described(Message message) {
    return List.of(
        message.id().toString(),
        message.senderId().toString(),
        message.contactId().toString(),
        message.created().toEpochMilli(),
        message.state().wireName(),
        message.text(),
        new TreeMap<>(message.details()));
  }

  private List<Message> conversation() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      var details = new TreeMap<String, Object>();
      for (int fields = random.nextInt(3); fields > 0; fields--) {
        details.put(random.nextBoolean() ? "k" + fields : "k " + text(), value());
      }
      boolean isImported = random.nextInt(4) == 0;
      messages.add(
          new Message(
              new UUID(random.nextLong(), random.nextLong()),
              random.nextBoolean() ? SELF : OTHER,
              OTHER,
              Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
              isImported ? MessageState.IMPORTED : MessageState.READ,
              text(),
              isImported ? Map.of(Message.CLAIMED, claimed(details)) : details));
    }
    return messages;
  }

  private static Map<String, Object> claimed(Map<String, Object> details) {
    var claimed = new TreeMap<>(details);
    claimed.put("state", "sent");
    return claimed;
  }

  private Object value() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextBoolean();
      case 2 -> List.of(text(), 1, Map.of("of", List.of()));
      case 3 -> random.nextInt(1, 1000) + 0.25;
      default -> text();
    };
  }

  private String text() {
    var text = new StringBuilder();
    for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
      text.append(random.nextBoolean() ? "" : ENDS.get(random.nextInt(ENDS.size())));
    }
    if (random.nextInt(4) == 0) {
      int most = List.of(0x80, 0x250, 0x3000).get(random.nextInt(3));
      text.appendCodePoint(random.nextInt(most));
    }
    return text.toString();
  }

  private static String lines(List<Object> written, List<Object> files) {
    var lines = new StringBuilder("{\"written\":[\n");
    lines.append(String.join(",\n", written.stream().map(Json::ascii).toList()));
    lines.append("\n],\"files\":[\n");
    lines.append(String.join(",\n", files.stream().map(Json::ascii).toList()));
    return lines.append("\n]}\n").toString();
  }
}
