package io.quantchat.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quantchat.host.Ids;
import io.quantchat.host.Parallel;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A full inbox is drained by cursor while others send to it and its owner acknowledges. */
class WalkTest {

  /** The size that is promised is 3,000 (mvn -Pslow); less here saves half a minute a run. */
  private static final int PENDING = Integer.getInteger("quantchat.walk.pending", 600);

  private static final int MEANWHILE = PENDING / 6;

  private final RelayFixture relay = new RelayFixture();
  private final Random random = new Random(3);
  private final String alice = relay.account();
  private final String bob = relay.account();

  @Test
  void eachThatWasPendingIsSeenOnceInOrderAndNothingIsLost() {
    List<String> pending = fill(PENDING);
    List<String> acknowledged =
        IntStream.range(0, MEANWHILE).mapToObj(index -> pending.get(index * 6 + 5)).toList();
    List<Message> arriving = IntStream.range(0, MEANWHILE).mapToObj(index -> message()).toList();

    Future<Boolean> others =
        Parallel.start(
            () -> {
              for (int index = 0; index < MEANWHILE; index++) {
                store(arriving.get(index));
                relay.messages.delete(bob, acknowledged.get(index), relay.world.clock.instant());
              }
              return true;
            });
    List<String> seen = walk();
    assertThat(Parallel.await(others)).isTrue();

    var kept = new TreeSet<>(pending);
    kept.removeAll(acknowledged);
    assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(kept);
    var everSent = new HashSet<>(pending);
    arriving.forEach(message -> everSent.add(message.id()));
    assertThat(everSent).containsAll(seen);

    arriving.forEach(message -> kept.add(message.id()));
    assertThat(walk()).containsExactlyElementsOf(kept);
  }

  private List<String> fill(int number) {
    List<Message> messages = IntStream.range(0, number).mapToObj(index -> message()).toList();
    for (int from = 0; from < number; from += 50) {
      Parallel.map(
          messages.subList(from, Math.min(number, from + 50)),
          message -> {
            store(message);
            return true;
          });
    }
    return messages.stream().map(Message::id).sorted().toList();
  }

  private List<String> walk() {
    var seen = new ArrayList<String>();
    var query = new TreeMap<>(Map.of("limit", "50"));
    String cursor;
    do {
      Answer page = relay.pending(bob, query);
      assertThat(page.status()).isEqualTo(200);
      page.body().get("messages").forEach(message -> seen.add(message.get("id").textValue()));
      cursor = page.body().get("next_cursor").textValue();
      query.put("cursor", cursor == null ? "" : cursor);
    } while (cursor != null);
    return seen;
  }

  private void store(Message message) {
    assertThat(relay.messages.putIfAbsent(Queue.INBOX, message, relay.world.clock.instant()))
        .isEmpty();
  }

  /** Of 1 to 20 kB, written some time in the last days. */
  private Message message() {
    Instant now = relay.world.clock.instant();
    Instant written = now.minus(Duration.ofSeconds(random.nextInt(6 * 24 * 3600)));
    return new Message(
        Ids.timeOrdered(written, random),
        alice,
        bob,
        new Envelope(
            "-".repeat(1000 + random.nextInt(19_000)),
            TextNode.valueOf("key"),
            Envelope.DEFAULT_CRYPTO_VERSION,
            Envelope.DEFAULT_ENCRYPTION_ALGORITHM,
            Envelope.DEFAULT_KDF_ALGORITHM,
            NullNode.instance,
            false,
            NullNode.instance),
        written,
        now.plus(Message.RETENTION),
        0,
        1,
        false);
  }
}
