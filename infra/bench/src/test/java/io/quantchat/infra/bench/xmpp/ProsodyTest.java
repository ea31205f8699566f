package io.quantchat.infra.bench.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quantchat.infra.bench.load.Idle;
import io.quantchat.infra.bench.load.Load;
import io.quantchat.infra.bench.load.Queue;
import io.quantchat.infra.bench.load.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProsodyTest {

  private static Prosody prosody;

  @BeforeAll
  static void find() throws IOException {
    Optional<Prosody> found = Prosody.find();
    assumeThat(found).as(Prosody.HOW_TO_INSTALL).isPresent();
    prosody = found.orElseThrow();
  }

  @Test
  void whatIsSentToPeopleOnlineArrivesOnce() throws IOException {
    try (Service service = prosody.start(8);
        Load load = Load.meet(service, 4)) {
      Load.Relayed relayed = load.asFastAsAnswered(Duration.ofMillis(300));

      assertThat(relayed.messages()).isPositive();
      assertThat(load.fate().delivered()).isEqualTo(load.fate().sent());
      assertThat(load.fate().duplicated()).isZero();
      assertThat(load.fate().refused()).isZero();
      assertThat(service.ready()).isPositive();
    }
  }

  @Test
  void whatIsSentToSomebodyAwayIsHandedOverWhenTheyComeBack() throws IOException {
    try (Service service = prosody.start(4)) {
      Queue queue = Queue.of(service, 3, 200, Duration.ofMinutes(5));

      assertThat(queue.messages()).isBetween(200, 203);
      assertThat(queue.lost()).isZero();
    }
  }

  @Test
  void itSaysItsVersion() {
    assertThat(prosody.version()).matches("\\d.*");
  }

  @Test
  void itKeepsIdleStreams() throws IOException {
    try (Service service = prosody.start(40)) {
      assertThat(Idle.of(service, 40).open()).isEqualTo(40);
    }
  }
}
