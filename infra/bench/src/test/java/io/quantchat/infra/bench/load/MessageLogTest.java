package io.quantchat.infra.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantchat.infra.bench.load.MessageLog.Fate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MessageLogTest {

  private final MessageLog log = new MessageLog(2_000);

  @Test
  void tellsWhatWasDeliveredFromWhatIsPendingRefusedOrLost() {
    int delivered = log.begin(0);
    int pending = log.begin(0);
    int refused = log.begin(0);
    int lost = log.begin(0);
    for (int sent : new int[] {delivered, pending, lost}) {
      log.answered(sent, 201);
    }
    log.answered(refused, 503);

    log.arrived(delivered, 1);
    log.arrived(delivered, 2);
    log.foundPending(pending);

    assertThat(log.fate()).isEqualTo(new Fate(3, 1, 1, 1, 1, 1));
    assertThat(log.allDelivered(0, 1)).isTrue();
    assertThat(log.allDelivered(0, log.size())).isFalse();
    assertThat(lost).isEqualTo(log.size() - 1);
  }

  @Test
  void latencyRunsFromWhenTheMessageWasDueToItsFirstArrival() {
    int number = log.begin(5_000);
    log.answered(number, 201);
    log.arrived(number, 12_000);
    log.arrived(number, 99_000);

    assertThat(log.latencies(0, log.size())).containsExactly(7_000);
  }

  @Test
  void percentilesAreTheNearestRanks() {
    long[] oneToTwoHundred = LongStream.rangeClosed(1, 200).map(ms -> ms * 1_000_000).toArray();

    Latencies latencies = Latencies.of(oneToTwoHundred);

    assertThat(latencies).isEqualTo(new Latencies(200, 100, 190, 198, 200));
    assertThat(Latencies.of(new long[0]).p99()).isNaN();
  }

  @Test
  void anIdIsAUuidOfVersion7WithItsTimeAndItsNumber() {
    byte[] text = new byte[MessageIds.LENGTH + 2];

    new MessageIds(0xFFABC).write(1_790_000_000_123L, 1_234_567, text, 2);

    UUID id = UUID.fromString(new String(text, 2, MessageIds.LENGTH, StandardCharsets.US_ASCII));
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isCloseTo(1_790_000_000_123L, within(0L));
    assertThat(MessageIds.numberOf(ByteBuffer.wrap(text), 2)).isEqualTo(1_234_567);
  }
}
