package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimesTest {

  private static final Instant END_OF_SUMMER_TIME = Instant.parse("2026-10-25T01:00:00Z");

  private final Times times =
      new Times(Clock.fixed(END_OF_SUMMER_TIME, ZoneId.of("Europe/Berlin")));

  @Test
  void whereAnHourComesTwiceItIsSaidWhichOneItIs() {
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    Instant second = Instant.parse("2026-10-25T01:30:00Z");

    assertThat(times.brief(first)).isEqualTo("02:30+02:00");
    assertThat(times.brief(second)).isEqualTo("02:30+01:00");
    assertThat(times.dateAndMinute(first)).isEqualTo("2026-10-25 02:30+02:00");
    assertThat(times.dateAndMinute(second)).isEqualTo("2026-10-25 02:30+01:00");
  }

  @Test
  void allOtherTimesGoWithout() {
    assertThat(times.brief(Instant.parse("2026-10-25T02:00:00Z"))).isEqualTo("03:00");
    assertThat(times.brief(Instant.parse("2026-10-24T23:59:00Z"))).isEqualTo("01:59");
    assertThat(times.brief(Instant.parse("2026-03-29T01:30:00Z"))).isEqualTo("2026-03-29 03:30");
  }
}
