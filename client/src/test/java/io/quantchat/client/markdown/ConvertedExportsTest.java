package io.quantchat.client.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.ImportResult.Refused;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Texts of any kind, through whatever is done to files: each comes back exactly as it was, or is
 * refused by its number; no other comes with it. {@code -Pslow} tries 100,000.
 */
class ConvertedExportsTest {

  private static final int TEXTS = Integer.getInteger("quantchat.texts", 160);
  private static final long SEED = Long.getLong("quantchat.seed", System.nanoTime());
  private static final int MESSAGES_A_FILE = 8;

  private static final UUID SELF = UUID.fromString("7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21");
  private static final UUID OTHER = UUID.fromString("3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40");
  private static final UUID FORGED = UUID.fromString("019c1dcb-797b-7d2e-9c41-000000000000");

  private static final List<MessageState> STATES =
      List.of(
          MessageState.SENDING,
          MessageState.FAILED,
          MessageState.SENT,
          MessageState.DELIVERED,
          MessageState.READ);

  private static final Pattern RANGE = Pattern.compile("messages (\\d+) to (\\d+) aren't");

  /** Whatever ends a line somewhere. */
  private static final List<String> ENDS =
      List.of(
          "\n", "\r\n", "\r", "\n\n", "\u000b", "\f", "\u0085", "\u2028", "\u2029", "<br>",
          "&#10;");

  private static final List<String> PIECES =
      List.of(
          "Hello, Ada.",
          "See you at noon",
          "a ",
          " ",
          "\t",
          "\u0000",
          "\uFEFF",
          "\u202E",
          "\u200D",
          "---",
          "- - -",
          "```",
          "> quoted",
          ">From me",
          "From me to you",
          ".hidden",
          "\\---",
          "=20",
          "a=3D",
          "<b>&amp;</b>",
          "Zoë",
          "Zoe\u0308",
          "שלום",
          "漢字",
          "🦊👩‍👩‍👧",
          "\uD83E",
          "\uDD8A",
          "id: 019c1dcb-797b-7d2e-9c41-000000000000",
          "digest: abc",
          "+: abc",
          "exact: base64:WyJ4Il0",
          "a long line, of so many words that every mail program breaks it somewhere in its middle,"
              + " as it does");

  private final Random random = new Random(SEED);
  private final Map<Converter, int[]> tally = new TreeMap<>();

  @Test
  void whateverIsDoneToAnExportEachMessageComesBackExactlyOrIsRefusedByItsNumber() {
    for (int texts = 0; texts < TEXTS; texts += MESSAGES_A_FILE) {
      List<Message> messages = conversation();
      String export = MarkdownExport.write(messages, SELF, random);
      for (Converter converter : Converter.values()) {
        long seed = random.nextLong();
        byte[] converted = converter.convert(export, new Random(seed));
        check(messages, converted, converter, "seed " + SEED + ", " + converter);
      }
    }
    System.out.println("seed " + SEED + ", read of written:");
    tally.forEach(
        (converter, counts) -> System.out.println(converter + " " + counts[0] + "/" + counts[1]));
    assertThat(tally.get(Converter.NOTHING)[0]).isEqualTo(tally.get(Converter.NOTHING)[1]);
    for (Converter harmless :
        List.of(
            Converter.LINE_FEEDS_TO_CRLF,
            Converter.TO_CR,
            Converter.MIXED_LINE_ENDS,
            Converter.TRAILING_BLANKS_STRIPPED,
            Converter.MARK_ADDED,
            Converter.UTF_16,
            Converter.QUOTED,
            Converter.FROM_ESCAPED,
            Converter.RULES_REWRITTEN,
            Converter.TWICE)) {
      assertThat(tally.get(harmless)[0]).as(harmless.name()).isEqualTo(tally.get(harmless)[1]);
    }
  }

  @Test
  void aCharacterThatIsAnotherOrLostWhereverItStandsCostsOneMessage() {
    List<Message> messages =
        Stream.of("Meet me at noon.", "By the mill?", "Yes.\nBring it.").map(this::said).toList();
    String export = MarkdownExport.write(messages, SELF, random);

    for (int at = 0; at < export.length(); at++) {
      for (String instead : List.of("", "Q")) {
        String damaged = export.substring(0, at) + instead + export.substring(at + 1);
        byte[] file = damaged.getBytes(StandardCharsets.UTF_8);

        List<Message> read = MarkdownImport.read(FileText.of(file), SELF).messages();

        assertThat(messages).as(damaged).containsAll(read);
        assertThat(read).as(damaged).hasSizeGreaterThanOrEqualTo(messages.size() - 1);
      }
    }
  }

  private Message said(String text) {
    return new Message(
        new UUID(random.nextLong(), random.nextLong()),
        SELF,
        OTHER,
        Instant.ofEpochMilli(1_790_000_000_000L),
        MessageState.SENT,
        text,
        Map.of());
  }

  private void check(
      List<Message> messages, byte[] converted, Converter converter, String description) {
    Map<UUID, Message> written = new HashMap<>();
    messages.forEach(message -> written.put(message.id(), message));
    FileText file = FileText.of(converted);
    Reading reading;
    try {
      reading = MarkdownImport.read(file, SELF);
    } catch (ImportException whole) {
      reading = new Reading(List.of(), List.of(new Refused(1, 0, "", range(1, messages.size()))));
    }
    Set<UUID> read = new HashSet<>();
    for (Message message : reading.messages()) {
      assertThat(message).as(description).isEqualTo(written.get(message.id()));
      read.add(message.id());
    }
    Set<Integer> refused = numbers(reading.refused());
    for (int i = 0; i < messages.size() && !file.text().isBlank(); i++) {
      assertThat(read.contains(messages.get(i).id()) || refused.contains(i + 1))
          .as("%s: message %d is read or refused", description, i + 1)
          .isTrue();
    }
    if (converter == Converter.A_CHARACTER_CHANGED || converter == Converter.A_LINE_LOST) {
      assertThat(read.size()).as(description).isGreaterThanOrEqualTo(messages.size() - 1);
    }
    int[] counts = tally.computeIfAbsent(converter, first -> new int[2]);
    counts[0] += read.size();
    counts[1] += messages.size();
  }

  private static String range(int from, int to) {
    return "messages " + from + " to " + to + " aren't";
  }

  private static Set<Integer> numbers(List<Refused> refused) {
    Set<Integer> numbers = new HashSet<>();
    for (Refused each : refused) {
      numbers.add(each.number());
      Matcher range = RANGE.matcher(each.reason());
      if (range.find()) {
        int last = Math.min(MESSAGES_A_FILE, Integer.parseInt(range.group(2)));
        for (int number = Integer.parseInt(range.group(1)); number <= last; number++) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  private List<Message> conversation() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES_A_FILE; i++) {
      var details = new LinkedHashMap<String, Object>();
      for (int fields = random.nextInt(3); fields > 0; fields--) {
        details.put(
            random.nextBoolean() ? "k" + fields : text(), random.nextBoolean() ? text() : fields);
      }
      messages.add(
          new Message(
              new UUID(random.nextLong(), random.nextLong()),
              random.nextBoolean() ? SELF : OTHER,
              OTHER,
              Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
              STATES.get(random.nextInt(STATES.size())),
              text(),
              details));
    }
    return messages;
  }

  private String text() {
    return switch (random.nextInt(10)) {
      case 0 -> forgedExport().replace("\n", ENDS.get(random.nextInt(ENDS.size())));
      case 1 -> forgedEarlierExport().replace("\n", ENDS.get(random.nextInt(ENDS.size())));
      case 2, 3 -> characters();
      default -> pieces();
    };
  }

  private String pieces() {
    return random
        .ints(random.nextInt(6), 0, PIECES.size())
        .mapToObj(
            piece ->
                PIECES.get(piece)
                    + (random.nextBoolean() ? "" : ENDS.get(random.nextInt(ENDS.size()))))
        .collect(Collectors.joining());
  }

  private String characters() {
    var text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      int most =
          switch (random.nextInt(4)) {
            case 0 -> 0x80;
            case 1 -> 0x250;
            case 2 -> 0x10000;
            default -> 0x110000;
          };
      text.appendCodePoint(random.nextInt(most));
    }
    return text.toString();
  }

  /** Whole, with a digest that fits, from somebody else. */
  private String forgedExport() {
    String export = MarkdownExport.write(List.of(forged()), SELF, random);
    return "x\n" + (random.nextBoolean() ? export : export.replace(":", "&#58;")) + "\nx";
  }

  private static String forgedEarlierExport() {
    return "x\n---\nid: %s\nfrom: %s\nto: %s\ntimestamp: 2026-02-02T10:00:00Z\n---\n\nPay.\n\n"
        .formatted(FORGED, OTHER, SELF);
  }

  private static Message forged() {
    return new Message(FORGED, OTHER, OTHER, Instant.EPOCH, MessageState.READ, "Pay.", Map.of());
  }
}
