package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever bit is turned of what is signed, hashed or sealed: it is refused. */
class FlippedBitsTest {

  @ParameterizedTest
  @EnumSource(Mode.class)
  void ofAMessage(Mode mode) {
    Messages messages = Messages.in(mode);
    Map<String, Object> wire = messages.wire(messages.seal());
    Peer ann = messages.ben().pin(messages.ann());
    MessageOpener opener = messages.ben().opener();

    assertAllRefused(
        mode.wireName(),
        wire,
        flipped -> opener.open(Envelope.fromMap(flipped, messages.ben().userId), ann));

    assertThat(messages.open(wire)).isEqualTo(Messages.TEXT);
  }

  @Test
  void ofAttachments() {
    Messages messages = Messages.in(Mode.SPK_KEM);
    Map<String, Object> refs = Map.of("id", "attachment-1", "size", 1234, "key", "abc");
    var message =
        new OutgoingMessage(
            Messages.ID, Person.NOW, new byte[] {1}, new MediaRefs(List.of(refs, "x")));
    Map<String, Object> wire = messages.wire(messages.seal(message));
    Peer ann = messages.ben().pin(messages.ann());
    MessageOpener opener = messages.ben().opener();
    AtomicInteger flips = new AtomicInteger();

    wire.remove("has_media");
    Flip.allOf(wire)
        .filter(flip -> flip.field().startsWith("media_refs"))
        .forEach(
            flip -> {
              flips.incrementAndGet();
              assertThat(
                      Messages.refusalBy(
                          () ->
                              opener.open(
                                  Envelope.fromMap(flip.changed().get(), messages.ben().userId),
                                  ann)))
                  .isIn(Refusal.BAD_SIGNATURE, Refusal.MALFORMED);
            });

    assertThat(flips).hasValueGreaterThan(150);
  }

  @Test
  void ofABundle() {
    Person ann = Person.named("ann");

    assertAllRefused(
        "bundle",
        ann.signedBundle.toMap(),
        flipped -> SignedBundle.fromMap(flipped).verify(ann.now));

    SignedBundle.fromMap(ann.signedBundle.toMap()).verify(ann.now);
  }

  @Test
  void ofAOneTimePrekeyWithItsProof() {
    Person ann = Person.named("ann");
    ann.addPrekeys(5);
    OfferedPrekey offered = ann.offers.get(3);
    Identity identity = ann.identityKeys.identity();

    assertAllRefused(
        "prekey",
        offered.toMap(),
        flipped -> OfferedPrekey.fromMap(flipped).verify(ann.userId, identity));

    OfferedPrekey.fromMap(offered.toMap()).verify(ann.userId, identity);
  }

  @Test
  void ofABatchOfPrekeys() {
    Person ann = Person.named("ann");
    PrekeyBatch batch = ann.addPrekeys(2);

    assertAllRefused(
        "batch",
        batch.toMap(),
        flipped -> {
          PrekeyBatch read = PrekeyBatch.fromMap(flipped);
          read.verify(ann.identityKeys.identity());
          RefusedException.require(read.userId().equals(ann.userId), Refusal.WRONG_USER, "user_id");
        });

    PrekeyBatch.fromMap(batch.toMap()).verify(ann.identityKeys.identity());
  }

  private static void assertAllRefused(
      String name, Map<String, Object> object, Consumer<Map<String, Object>> reader) {
    var byField = new TreeMap<String, Integer>();
    var byRefusal = new EnumMap<Refusal, Integer>(Refusal.class);
    Flip.allOf(object)
        .forEach(
            flip -> {
              Map<String, Object> changed = flip.changed().get();
              try {
                reader.accept(changed);
              } catch (RefusedException refused) {
                byField.merge(flip.field(), 1, Integer::sum);
                byRefusal.merge(refused.refusal(), 1, Integer::sum);
                return;
              }
              throw new AssertionError("Accepted with a flipped " + flip.field());
            });
    int flips = byField.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(name + ": " + flips + " flips, all refused: " + byField + " " + byRefusal);
    assertThat(flips).isGreaterThan(500);
  }
}
