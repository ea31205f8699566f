package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever JSON stands where something else should: it is refused, and nothing else happens. */
class MalformedJsonTest {

  private static final List<Object> VALUES = values();

  @Test
  void inAMessage() {
    Messages messages = Messages.in(Mode.SPK_OPK_KEM);
    var refs = new MediaRefs(List.of(Map.of("id", "a1", "sizes", List.of(1, 2)), "x"));
    Map<String, Object> wire =
        messages.wire(
            messages.seal(new OutgoingMessage(Messages.ID, Person.NOW, new byte[1], refs)));
    Peer ann = messages.ben().pin(messages.ann());
    wire.remove("has_media");
    wire.remove("recipient_id");

    assertAllRefused(
        wire,
        changed ->
            messages.ben().opener().open(Envelope.fromMap(changed, messages.ben().userId), ann));
  }

  @Test
  void inABundle() {
    Person ann = Person.named("ann");

    assertAllRefused(
        ann.signedBundle.toMap(), changed -> SignedBundle.fromMap(changed).verify(ann.now));
  }

  @Test
  void inPrekeys() {
    Person ann = Person.named("ann");
    PrekeyBatch batch = ann.addPrekeys(3);
    Identity identity = ann.identityKeys.identity();

    assertAllRefused(batch.toMap(), changed -> PrekeyBatch.fromMap(changed).verify(identity));
    assertAllRefused(
        ann.offers.get(2).toMap(),
        changed -> OfferedPrekey.fromMap(changed).verify(ann.userId, identity));
  }

  /** A list may be empty, and then there is nothing to prove; what is left of it is proven. */
  @Test
  void inPrekeysThatAreHandedOutTogether() {
    Person ann = Person.named("ann");
    ann.addPrekeys(3);
    Identity identity = ann.identityKeys.identity();
    var refused = new AtomicInteger();

    Flip.replacements(new OfferedPrekeys(ann.userId, ann.offers.subList(1, 3)).toMap(), VALUES)
        .forEach(
            replaced -> {
              try {
                List<OfferedPrekey> read = OfferedPrekeys.fromMap(replaced.changed().get()).all();
                read.forEach(prekey -> prekey.verify(ann.userId, identity));
                assertThat(read.isEmpty() || replaced.field().endsWith(".batch"))
                    .as(replaced.field())
                    .isTrue();
              } catch (RefusedException expected) {
                refused.incrementAndGet();
              }
            });

    assertThat(refused).hasValueGreaterThan(100);
  }

  private static void assertAllRefused(
      Map<String, Object> object, Consumer<Map<String, Object>> reader) {
    AtomicInteger refused = new AtomicInteger();
    Flip.replacements(object, VALUES)
        .forEach(
            replaced -> {
              Map<String, Object> changed = replaced.changed().get();
              try {
                reader.accept(changed);
                throw new AssertionError("Accepted with another " + replaced.field());
              } catch (RefusedException expected) {
                refused.incrementAndGet();
              }
            });
    assertThat(refused).hasValueGreaterThan(100);
  }

  private static List<Object> values() {
    Object deep = "deep";
    for (int i = 0; i < 2000; i++) {
      deep = List.of(deep);
    }
    List<Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        null,
        "",
        "A",
        "AAAA",
        "\ud800",
        "x".repeat(200_000),
        0,
        -1,
        1L << 53,
        Long.MIN_VALUE,
        1.5,
        true,
        List.of(),
        Collections.singletonList(null),
        Collections.nCopies(1000, "v1"),
        Map.of(),
        Map.of(1, 2),
        deep);
    return values;
  }
}
