package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  private final MessageIds ids = new MessageIds(new SecureRandom());

  @Test
  void anIdIsAUuidOfVersionSevenAndSaysItsTime() {
    UUID id = ids.next(NOW, Optional.empty());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void idsSortAsTheyWereMintedAlsoWithinAMillisecondAndWhenTheClockGoesBack() {
    List<String> minted =
        IntStream.range(0, 1_000)
            .mapToObj(i -> ids.next(NOW.minusMillis(i % 3), Optional.empty()).toString())
            .toList();

    assertThat(minted).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void afterTheClockWasAnHourAheadIdsAreOfThePresentAgain() {
    UUID ahead = ids.next(NOW.plus(Duration.ofHours(1)), Optional.empty());

    List<UUID> later = Stream.generate(() -> ids.next(NOW, Optional.of(NOW))).limit(1_000).toList();

    assertThat(MessageIds.timeOf(ahead)).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(later)
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(MessageIds.timeOf(id)).isEqualTo(NOW));
    assertThat(later.stream().map(UUID::toString)).isSorted();
  }

  @Test
  void whileTheClockIsAnHourBehindTheServersIdsGoOnFromTheLastThatTheRelayTook() {
    UUID before = ids.next(NOW, Optional.of(NOW));

    UUID after = ids.next(NOW.minus(Duration.ofHours(1)), Optional.of(NOW.plusSeconds(1)));

    assertThat(MessageIds.isBefore(before, after)).isTrue();
    assertThat(MessageIds.timeOf(after)).isEqualTo(NOW);
  }
}
