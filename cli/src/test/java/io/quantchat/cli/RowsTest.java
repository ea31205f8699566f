package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody else says never stands where a line of anybody else begins. */
class RowsTest {

  /** Conversations for each width; the property makes it more. */
  private static final int ROUNDS = Integer.getInteger("quantchat.screens", 1);

  private static final int WIDEST = 200;
  private static final Instant TIME = Instant.parse("2026-03-01T17:12:00Z");
  private static final UUID SELF = UUID.randomUUID();
  private static final UUID BEN = UUID.randomUUID();
  private static final ChatLines LINES = new ChatLines(Clock.fixed(TIME, ZoneOffset.UTC), "ben");

  private static final List<String> FORGERIES =
      List.of(
          "17:12 you: I agree",
          "▸ 17:12 ✓✓ you: I agree",
          "► 17:12 ✓✓ you: I agree",
          "◂ 17:12 ben: no",
          "◦ -- connected",
          "-- WARNING: ben has another identity",
          "2026-03-01 17:12 ben: never");

  private static final List<String> PIECES =
      List.of(
          " ",
          "    ",
          "\u00A0",
          "\u3000",
          "\u2003",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\u000B",
          "\f",
          "\u0085",
          "\u2028",
          "\u2029",
          "\u202E",
          "\u2066",
          "\u200F",
          "\u200B",
          "\uFEFF",
          "\u00AD",
          "\u2800",
          "\u3164",
          "\u115F",
          "\u001b[2K",
          "\u001b[1A",
          "\u009b5D",
          "\b",
          "\u007f",
          "word",
          "a",
          "世界",
          "한글",
          "각",
          "é",
          "e\u0301",
          "n\u0303\u0303\u0303\u0303\u0303\u0303" + "\u0303\u0303\u0303",
          "👩‍👩‍👧",
          "🏳️‍🌈",
          "🇩🇪",
          "👍🏽",
          "1️⃣",
          "❤️",
          "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
          "می‌خواهم",
          "שלום",
          "ﷺ",
          "│",
          "|",
          "  | ",
          "-- ",
          "\uD800",
          "\uE000",
          "\u0378",
          "𝒳",
          "\u200D",
          "\u0600");

  /** How terminals see the width of a cluster. */
  private static List<ToIntFunction<String>> terminals() {
    return List.of(
        RowsTest::byCodePoints,
        // Of those that know what a cluster is.
        cluster -> Math.min(2, byCodePoints(cluster)),
        // Those with fonts in which symbols are wide.
        cluster -> cluster.codePoints().map(RowsTest::symbolsWide).sum());
  }

  private static int byCodePoints(String cluster) {
    return cluster.codePoints().map(each -> Math.max(0, WCWidth.wcwidth(each))).sum();
  }

  private static int symbolsWide(int character) {
    boolean isSymbol = character >= 0x2190 && character < 0x2BFF && (character >> 8) != 0x25;
    return isSymbol ? 2 : Math.max(0, WCWidth.wcwidth(character));
  }

  @ParameterizedTest
  @MethodSource("terminals")
  void atEveryWidthAndAfterEveryResizeOnlyRealLinesBeginLikeLines(ToIntFunction<String> columnsOf) {
    long seed = Long.getLong("quantchat.seed", System.nanoTime());
    System.out.println("RowsTest: -Dquantchat.seed=" + seed);
    var random = new Random(seed);
    for (int width = 1; width <= WIDEST; width++) {
      for (int round = 0; round < ROUNDS; round++) {
        requireNothingForged(width, columnsOf, random);
      }
    }
  }

  private static void requireNothingForged(
      int width, ToIntFunction<String> columnsOf, Random random) {
    var rows = Rows.ofTerminal(width);
    var screen = new ScreenModel(columnsOf);
    var expected = new ArrayList<String>();
    int printed = 0;
    for (int i = 0; i < 2; i++) {
      boolean incoming = random.nextInt(4) > 0;
      Message message = message(incoming, hostile(width, random));
      for (String row : rows.of(LINES.head(message), LINES.text(message))) {
        screen.print(row);
        printed++;
      }
      expected.add(incoming ? "◂" : "▸");
    }
    // It breaks nothing itself; but one column has no room for what needs two.
    List<String> seen = screen.rows(width);
    assertThat(seen).as("rows at width %d", width).hasSize(printed);
    assertThat(signs(seen)).as("at width %d: %s", width, seen).isEqualTo(expected);
    if (width > 1) {
      assertThat(seen.stream().filter(row -> !isSigned(row)))
          .as("at width %d", width)
          .allMatch(row -> row.startsWith(width < 6 ? "|" : width < 16 ? "| " : "  | "));
    }
    int resized = 1 + random.nextInt(WIDEST);
    assertThat(signs(screen.rows(resized))).as("%d made %d", width, resized).isEqualTo(expected);
  }

  private static boolean isSigned(String row) {
    return row.startsWith("▸") || row.startsWith("◂") || row.startsWith("◦");
  }

  private static List<String> signs(List<String> rows) {
    return rows.stream()
        .filter(RowsTest::isSigned)
        .map(row -> row.substring(0, 1))
        .collect(Collectors.toList());
  }

  /** Padding up to about the right edge, then what would be a line of somebody's. */
  private static String hostile(int width, Random random) {
    var text = new StringBuilder();
    int parts = 1 + random.nextInt(3);
    for (int part = 0; part < parts; part++) {
      int pieces = random.nextInt(8);
      for (int i = 0; i < pieces; i++) {
        text.append(pick(PIECES, random));
      }
      String padding = random.nextBoolean() ? " " : pick(PIECES, random);
      int times = Math.max(0, width - 12 + random.nextInt(14));
      text.append(padding.repeat(times)).append(pick(FORGERIES, random));
    }
    return text.toString();
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  private static Message message(boolean incoming, String text) {
    return new Message(
        UUID.randomUUID(),
        incoming ? BEN : SELF,
        BEN,
        TIME,
        incoming ? MessageState.READ : MessageState.SENT,
        text,
        Map.of());
  }

  @Test
  void aLinePaddedToTheEdgeGoesOnBehindAMargin() {
    Message message = message(true, "fine" + " ".repeat(80 - 4 - 13) + "17:12 you: I agree");

    List<String> rows = Rows.ofTerminal(80).of(LINES.head(message), LINES.text(message));

    assertThat(rows.getFirst()).startsWith("◂ 17:12 ben: fine");
    assertThat(rows.getLast()).isEqualTo("  | 17:12 you: I agree");
  }

  @Test
  void ordinaryTextIsBrokenBetweenWords() {
    assertThat(Rows.ofTerminal(21).of("◂ ben: ", "one two three four five"))
        .containsExactly("◂ ben: one two three", "  | four five");
    assertThat(Rows.ofTerminal(12).of("", "世界世界世界")).containsExactly("世界世界世", "| 界");
  }

  @Test
  void whereRowsMayHaveAnyLengthOnlyTheTextsOwnLinesAreRows() {
    var rows = new Rows(OptionalInt.empty());

    assertThat(rows.block("◂ ben: ", "a".repeat(500) + "\nb"))
        .isEqualTo("◂ ben: " + "a".repeat(500) + "\n  | b");
  }

  @Test
  void nothingOfAnOrdinaryTextIsLost() {
    String text = "Grüße an 世界, 👩‍👩‍👧 und می‌خواهم. ".repeat(20);
    for (int width : IntStream.rangeClosed(20, 120).toArray()) {
      String joined =
          Rows.ofTerminal(width).of("", text).stream()
              .map(row -> row.startsWith(Rows.MARGIN) ? row.substring(4) : row)
              .collect(Collectors.joining());
      assertThat(joined.replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }
  }

  @Test
  void aTerminalThatDoesNotSayItsWidthIsTakenForAnOrdinaryOne() {
    assertThat(Rows.ofTerminal(0).of("", "a".repeat(100))).allMatch(row -> row.length() <= 80);
  }
}
