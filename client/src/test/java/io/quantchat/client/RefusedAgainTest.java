package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.Quarantined;
import io.quantchat.crypto.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Junk that lies with the relay, and is handed over at every look. */
@ExtendWith(RelayExtension.class)
class RefusedAgainTest {

  private static final String PENDING = "/relay/pending";
  private static final int JUNK = 300;

  private final List<UUID> strangers =
      List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

  private final List<Map<String, Object>> junk = new ArrayList<>();

  private TestRelay relay;
  private Person ann;
  private Person cid;
  private TestClock clock;

  @BeforeEach
  void join(TestRelay relay, Person resident, @TempDir Path folder) {
    this.relay = relay;
    ann = resident;
    clock = new TestClock();
    cid = new Person(relay, folder, "cid");
    cid.client.close();
    cid.start(Person.surroundings(clock, step -> {}));
    cid.client.register(cid.email, Person.passphrase(), "cid");
  }

  @AfterEach
  void leave() {
    relay.restore();
    cid.close();
  }

  @Test
  void ofEachSenderKeysAreAskedForOnceAndAtTheNextLookNotAtAll() {
    Message good = send("Behind all junk.");
    List<UUID> senders = new ArrayList<>(strangers);
    senders.add(ann.id());
    junk(senders);
    long before = asked(senders);

    cid.client.sync();

    assertThat(cid.textsWith(ann)).containsExactly(good.text());
    assertThat(asked(senders) - before).isBetween(1L, (long) senders.size());
    before = asked(senders);
    for (int look = 0; look < 3; look++) {
      clock.advance(Duration.ofMinutes(1));
      cid.client.sync();
    }
    cid.close();
    cid.start(Person.surroundings(clock, step -> {}));
    cid.client.sync();
    assertThat(asked(senders) - before).isZero();
  }

  @Test
  void askingsForTheSameJunkBecomeRare() {
    junk(strangers, 30);
    long before = asked(strangers);

    for (int hour = 0; hour < 48; hour++) {
      cid.client.sync();
      clock.advance(Duration.ofHours(1));
    }

    assertThat(asked(strangers) - before).isLessThanOrEqualTo(10L * strangers.size());
  }

  @Test
  void aDirectoryThatIsAwayIsNotAskedForEachMessage() {
    List<UUID> senders = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      senders.add(UUID.randomUUID());
    }
    junk(senders);
    senders.forEach(sender -> relay.cutOff("/keys/" + sender + "/bundle"));
    long before = asked(senders);

    assertThat(cid.client.sync()).isFalse();

    assertThat(asked(senders) - before).isLessThanOrEqualTo(3 * 2);
    assertThat(cid.client.quarantine()).isEmpty();
  }

  @Test
  void whatWasRefusedIsTakenOnceItComesAsItWasSent() {
    Message good = send("Tampered with, then not.");
    relay.tamper(PENDING, Tampering.ofMessages(message -> message.put("crypto_version", "v9")));
    cid.client.sync();
    assertThat(cid.client.quarantine()).hasSize(1);
    relay.restore();

    cid.client.sync();

    assertThat(cid.textsWith(ann)).containsExactly(good.text());
    assertThat(cid.client.quarantine()).isEmpty();
  }

  @Test
  void oneStrangerFillsNoMoreThanTheirShareAndMasksNobody() {
    send("To copy.");
    junk(List.of(strangers.getFirst()));
    cid.client.sync();
    assertThat(cid.client.quarantine()).hasSize(100);
    relay.restore();
    UUID id = UUID.fromString(cid.client.quarantine().getFirst().messageId());
    relay.tamper(
        PENDING,
        Tampering.ofQueue(
            queue -> {
              queue.clear();
              queue.add(Map.of("id", id.toString(), "sender_id", strangers.getLast().toString()));
              queue.add(Map.of("content", "of nobody"));
              queue.add(Map.of("content", "of nobody else", "id", "", "sender_id", ""));
            }));

    cid.client.sync();

    assertThat(cid.client.quarantine())
        .hasSize(103)
        .filteredOn(kept -> kept.messageId().equals(id.toString()))
        .extracting(Quarantined::senderId)
        .containsExactlyInAnyOrder(strangers.getFirst().toString(), strangers.getLast().toString());
  }

  @Test
  void allThatWasRefusedCanBeDoneAwayWithAlsoOffline() {
    junk(strangers);
    cid.client.sync();
    int refused = cid.client.quarantine().size();
    assertThat(refused).isPositive();
    relay.cutOff("/relay/acknowledge");

    assertThat(cid.client.discardRefused()).isEqualTo(refused);

    assertThat(cid.client.quarantine()).isEmpty();
    relay.restore();
    relay.tamper(PENDING, Tampering.ofQueue(queue -> queue.addAll(0, junk)));
    cid.client.sync();
    assertThat(cid.client.quarantine()).isEmpty();
    String discarded = (String) junk.getFirst().get("id");
    assertThat(relay.seen())
        .anyMatch(body -> body.contains("message_ids") && body.contains(discarded));
  }

  @Test
  void whatTheUserDidAwayWithDoesNotMaskTheMessageOfThatId() {
    Message good = send("The true one.");
    relay.tamper(PENDING, Tampering.ofMessages(message -> message.put("crypto_version", "v9")));
    cid.client.sync();
    relay.cutOff("/relay/acknowledge");
    assertThat(cid.client.discardRefused()).isEqualTo(1);
    relay.restore();

    cid.client.sync();

    assertThat(cid.textsWith(ann)).containsExactly(good.text());
  }

  @Test
  void anotherBundleOfTheSendersIsReasonToTryAgain() {
    send("First contact.");
    cid.client.sync();
    relay.restore();
    send("To copy.");
    junk(List.of(ann.id()));
    cid.client.sync();
    assertThat(cid.client.quarantine())
        .isNotEmpty()
        .extracting(Quarantined::reason)
        .containsOnly(Refusal.WRONG_KEY.name());
    long before = asked(List.of(ann.id()));
    ann.client.rotateKeys();

    clock.advance(Duration.ofMinutes(11));
    cid.client.sync();

    assertThat(asked(List.of(ann.id())) - before).isEqualTo(1);
  }

  private Message send(String text) {
    Message sent = ann.client.send(cid.id(), text);
    assertThat(ann.client.sync()).isTrue();
    return sent;
  }

  private long asked(List<UUID> senders) {
    return senders.stream().mapToLong(sender -> relay.countOf("/keys/" + sender + "/bundle")).sum();
  }

  /** Puts junk before what is pending: copies of it, by these, under keys that aren't theirs. */
  private void junk(List<UUID> senders) {
    junk(senders, JUNK);
  }

  private void junk(List<UUID> senders, int count) {
    if (relay.pendingOf(cid.id()).isEmpty()) {
      send("To copy.");
    }
    Map<String, Object> page =
        Json.read(relay.ask(cid.id(), PENDING + "?limit=100").body())
            .flatMap(Json::object)
            .orElseThrow();
    Map<String, Object> copied = Tampering.maps(page, Tampering.MESSAGES).getFirst();
    junk.clear();
    for (int i = 0; i < count; i++) {
      var message = new LinkedHashMap<>(copied);
      message.put("id", new UUID(0x0190_0000_0000_7000L, 1L << 63 | i).toString());
      message.put("message_id", message.get("id"));
      message.put("sender_id", senders.get(i % senders.size()).toString());
      message.put(
          "signatures",
          Tampering.maps(message, "signatures").stream()
              .map(
                  signature -> {
                    var changed = new LinkedHashMap<>(signature);
                    changed.put("key_id", "AAAAAAAAAAAAAAAAAAAAAA");
                    return changed;
                  })
              .toList());
      junk.add(message);
    }
    relay.tamper(PENDING, Tampering.ofQueue(queue -> queue.addAll(0, junk)));
  }
}
