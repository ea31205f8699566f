package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A time has one spelling. */
class WireTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-01",
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.00Z",
        "2026-03-01T12:00:00.0000Z",
        "2026-03-01T12:00:00.000",
        "2026-03-01T12:00:00.000z",
        "2026-03-01t12:00:00.000Z",
        "2026-03-01 12:00:00.000Z",
        "2026-03-01T12:00:00.000+00:00",
        "2026-03-01T12:00:00,000Z",
        "2026-02-29T12:00:00.000Z",
        "2026-03-01T24:00:00.000Z",
        "2026-03-01T12:00:60.000Z",
        "1969-12-31T23:59:59.999Z",
        "-001-03-01T12:00:00.000Z",
        "+2026-03-01T12:00:00.000Z",
        "+12026-03-01T12:00:00.000Z",
        "２026-03-01T12:00:00.000Z"
      })
  void everyOtherIsRefused(String text) {
    assertThat(Messages.refusalBy(() -> WireTime.parse("created_at", text)))
        .isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void theFirstAndTheLastComeBack() {
    for (String text : new String[] {"1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"}) {
      assertThat(WireTime.format(WireTime.parse("created_at", text))).isEqualTo(text);
    }
  }

  @Test
  void whatCanNotBeSpeltIsNoTimeOfAKeyOrAMessage() {
    for (Instant time :
        new Instant[] {
          Person.NOW.plusNanos(1),
          Instant.EPOCH.minusMillis(1),
          Instant.parse("+10000-01-01T00:00:00.000Z")
        }) {
      assertThatThrownBy(() -> WireTime.requireMilliseconds(time))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
