package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  private final MessageIds ids = new MessageIds(new SecureRandom());

  @Test
  void anIdIsAUuidOfVersionSevenAndSaysItsTime() {
    UUID id = ids.next(NOW);

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void idsSortAsTheyWereMintedAlsoWithinAMillisecondAndWhenTheClockGoesBack() {
    List<String> minted =
        IntStream.range(0, 1_000)
            .mapToObj(i -> ids.next(NOW.minusMillis(i % 3)).toString())
            .toList();

    assertThat(minted).isSorted().doesNotHaveDuplicates();
  }
}
