package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-02-02T10:00:00Z, 2026-02-02T10:00:00.000Z",
    "2026-02-02T10:00:00.1Z, 2026-02-02T10:00:00.100Z",
    "2026-02-02T10:00:00.123999999Z, 2026-02-02T10:00:00.123Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
  })
  void timesAlwaysGoOutWithMilliseconds(Instant time, String written) {
    assertThat(Times.format(time)).isEqualTo(written);
  }

  @Test
  void aTimeIsCutToMilliseconds() {
    assertThat(Times.toMilliseconds(Instant.parse("2026-02-02T10:00:00.123999Z")))
        .isEqualTo(Instant.parse("2026-02-02T10:00:00.123Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-02T10:00:00Z, 1770026400",
    "2026-02-02T10:00:00.001Z, 1770026401",
    "2026-02-02T10:00:00.999999999Z, 1770026401",
  })
  void secondsAreNeverBeforeTheTime(Instant time, long seconds) {
    assertThat(Times.ceilingSeconds(time)).isEqualTo(seconds);
  }
}
