package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is inside a message: what was written comes out, and nothing else is read as it. */
class ContentTest {

  private static final int LONGEST = OutgoingMessage.LONGEST_TEXT;

  @Test
  void whatIsWrittenIsReadAgain() {
    Content.Text text = KnownContents.text("Grüße.\u0000\u001b\"\\\uD83D\uDE00");

    assertThat(Content.decode(text.encode().orElseThrow())).isEqualTo(text);
    assertThat(Content.decode("plain".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Content.Plain("plain"));
  }

  @Test
  void aTextThatWouldBeTooLongWithItsHeaderGoesPlain() {
    int overhead = KnownContents.text("x").encode().orElseThrow().length - 1;

    assertThat(KnownContents.text("x".repeat(LONGEST - overhead)).encode().orElseThrow())
        .hasSize(LONGEST);
    assertThat(KnownContents.text("x".repeat(LONGEST - overhead + 1)).encode()).isEmpty();
    assertThat(overhead).isLessThan(256);
  }

  @Test
  void theLargestOfEachKindFitsIntoAMessage() {
    List<UUID> ids = Stream.generate(UUID::randomUUID).limit(Content.MOST_IDS).toList();
    Numbers scattered = scattered(Content.MOST_SPANS);
    var again =
        new Content.Again(
            "missing",
            ids,
            Optional.of(new Content.OfEpoch(KnownContents.EPOCH, scattered)),
            Optional.of(new Content.After(Optional.of(KnownContents.PLACE))));
    var text =
        new Content.Text(
            "x",
            KnownContents.PLACE,
            scattered(Content.MOST_VOID),
            ids.stream()
                .limit(Content.MOST_REPLACED)
                .map(id -> new Content.Replaced(id, Optional.of(KnownContents.PLACE)))
                .toList(),
            Optional.of(Person.NOW));

    assertThat(Content.decode(again.encode())).isEqualTo(again);
    assertThat(Content.decode(text.encode().orElseThrow())).isEqualTo(text);
  }

  @Test
  void moreThanTheMostIsRefused() {
    assertThat(
            Messages.refusalBy(
                () ->
                    new Content.Text(
                        "x",
                        KnownContents.PLACE,
                        scattered(Content.MOST_VOID + 1),
                        List.of(),
                        Optional.empty())))
        .isEqualTo(Refusal.EXTENDED);
    byte[] endless = new byte[60_000];
    Arrays.fill(endless, (byte) '[');
    endless[0] = (byte) 0xFF;
    endless[endless.length - 1] = (byte) 0xFF;
    assertThat(Messages.refusalBy(() -> Content.decode(endless))).isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void membersOfTomorrowAreTolerated() {
    byte[] bytes = KnownContents.text("x").encode().orElseThrow();
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    String more = header.replace("}}", "},\"zest\":{\"a\":[true,false,\"\\u001f\\n\"]}}");

    assertThat(Content.decode(more.getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo(KnownContents.text("x"));
  }

  /** A changed byte is refused, or changes what is read: two contents never look the same. */
  @Test
  void noTwoSpellingsAreReadAsTheSame() {
    byte[] bytes = KnownContents.text("Noon.").encode().orElseThrow();
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      try {
        Content read = Content.decode(changed);
        assertThat(read.equals(KnownContents.text("Noon.")))
            .as("seed %s", seed)
            .isEqualTo(Arrays.equals(bytes, changed));
      } catch (RefusedException refused) {
        assertThat(refused.field()).startsWith("content");
      }
    }
  }

  @Test
  void numbersAreAddedAndTakenAway() {
    Numbers numbers = Numbers.of(1, 3).with(Numbers.of(5, 9)).with(Numbers.of(4, 4));

    assertThat(numbers).isEqualTo(Numbers.of(1, 9));
    assertThat(numbers.without(Numbers.of(4, 4)).count()).isEqualTo(8);
    assertThat(numbers.without(Numbers.of(1, 9))).isEqualTo(Numbers.NONE);
    assertThat(numbers.without(Numbers.of(4, 20)).contains(4)).isFalse();
    assertThat(scattered(9).newest(2).spans())
        .containsExactlyElementsOf(scattered(9).spans().subList(7, 9));
  }

  private static Numbers scattered(int spans) {
    return new Numbers(
        Stream.iterate(1L << 40, n -> n + 3)
            .limit(spans)
            .map(n -> new Numbers.Span(n, n + 1))
            .toList());
  }
}
