package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void idsAreReadInEitherCaseAndWrittenInLowerCase() {
    assertThat(Ids.parse("89A4CE85-c0ee-47f4-AA19-e381e9da010e"))
        .contains("89a4ce85-c0ee-47f4-aa19-e381e9da010e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "89a4ce85c0ee47f4aa19e381e9da010e",
        "{89a4ce85-c0ee-47f4-aa19-e381e9da010e}",
        "89a4ce85-c0ee-47f4-aa19-e381e9da010",
        "89a4ce85-c0ee-47f4-aa19-e381e9da010ee",
        "89a4ce85-c0ee-47f4-aa19-e381e9da010g",
        " 89a4ce85-c0ee-47f4-aa19-e381e9da010e",
        "89a4ce85-c0ee-47f4-aa1-9e381e9da010e0",
        "٨9a4ce85-c0ee-47f4-aa19-e381e9da010e"
      })
  void whatIsNoCanonicalIdIsNotReadAsOne(String text) {
    assertThat(Ids.parse(text)).isEmpty();
  }

  @Test
  void randomIdsAreOfVersion4AndNeverTheSame() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 1000; i++) {
      String id = Ids.random(RANDOM);
      assertThat(UUID.fromString(id).version()).isEqualTo(4);
      assertThat(UUID.fromString(id).variant()).isEqualTo(2);
      assertThat(Ids.parse(id)).contains(id);
      assertThat(seen.add(id)).isTrue();
    }
  }

  @Test
  void timeOrderedIdsAreOfVersion7AndSayWhenTheyWereMade() {
    Instant time = Instant.parse("2026-02-02T10:00:00.123Z");

    String id = Ids.timeOrdered(time, RANDOM);

    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    assertThat(Ids.timeOf(id)).contains(time);
  }

  @Test
  void timeOrderedIdsSortAsTextByTheirTime() {
    Instant time = Instant.parse("2026-02-02T10:00:00.123Z");
    for (long later : new long[] {1, 255, 256, 65_536, 31_536_000_000L}) {
      assertThat(Ids.timeOrdered(time, RANDOM))
          .isLessThan(Ids.timeOrdered(time.plusMillis(later), RANDOM));
    }
  }

  @Test
  void timeOrderedIdsSortWithinAMillisecondToAQuarterOfAMicrosecond() {
    Instant time = Instant.parse("2026-02-02T10:00:00.123Z");
    for (int nanoseconds = 0; nanoseconds < 999_000; nanoseconds += 1_250) {
      assertThat(Ids.timeOrdered(time.plusNanos(nanoseconds), RANDOM))
          .isLessThan(Ids.timeOrdered(time.plusNanos(nanoseconds + 250), RANDOM));
    }
    assertThat(Ids.timeOf(Ids.timeOrdered(time.plusNanos(999_999), RANDOM))).contains(time);
  }

  @Test
  void anIdOfAnotherVersionSaysNoTime() {
    assertThat(Ids.timeOf(Ids.random(RANDOM))).isEmpty();
    assertThat(Ids.timeOf("019c1d5c-be7b-7000-0000-000000000000")).isEmpty();
  }
}
