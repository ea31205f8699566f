package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the description calls the most is accepted, and one more is not. */
class LimitsTest {

  private final Person ann = Person.named("ann");
  private final Map<String, Object> bundle = ann.signedBundle.toMap();

  @Test
  void aBundleHasEightSignatures() {
    var signatures = new ArrayList<Object>(Messages.signatures(bundle));
    while (signatures.size() < 8) {
      signatures.add(Map.of("algorithm", "TOMORROW-" + signatures.size()));
    }

    SignedBundle.fromMap(Messages.with(bundle, signatures, "signatures")).verify(ann.now);
    signatures.add(Map.of("algorithm", "TOMORROW"));
    assertThat(refusalOf(Messages.with(bundle, signatures, "signatures")))
        .isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void aProgramHasSixteenCapabilitiesOf32Characters() {
    List<String> names =
        IntStream.range(10, 26).mapToObj(number -> "c".repeat(30) + number).toList();
    var more = new ArrayList<>(names);
    more.add("v1");

    assertThat(new Capabilities(names).names()).hasSize(16);
    assertThat(Messages.refusalBy(() -> new Capabilities(more))).isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> new Capabilities(List.of("c".repeat(33)))))
        .isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void anIdOfAKeyHas64Characters() {
    assertThat(new KeyId("a-Z_9".repeat(12) + "aaaa").text()).hasSize(64);
    assertThat(new KeyId("a").text()).hasSize(1);
    for (String text : List.of("", "a".repeat(65), "a+", "a=", "ä", "a\n")) {
      assertThat(Messages.refusalBy(() -> new KeyId(text))).isEqualTo(Refusal.MALFORMED);
    }
  }

  @Test
  void aKeyToComeHas4096Bytes() {
    var data = new byte[4096];
    ListedKey key =
        new ListedKey(KeyId.of("TOMORROW", data), "TOMORROW", data, ann.now, KeyStatus.ACTIVE);
    var keys = new ArrayList<>(ann.signedBundle.bundle().keys().keys());
    keys.add(key);
    Map<String, Object> map = bundleOf(keys).toMap();
    List<?> written = (List<?>) map.get("keys");
    int place = IntStream.range(0, written.size()).filter(i -> isToCome(written.get(i))).sum();

    SignedBundle.fromMap(map).verify(ann.now);
    assertThat(refusalOf(withKey(map, place, "key_data", Base64Text.encode(new byte[4097]))))
        .isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void aBatchHas128Prekeys() {
    PrekeyBatch most = ann.addPrekeys(128);

    PrekeyBatch.fromMap(most.toMap()).verify(ann.identityKeys.identity());
    OfferedPrekey last = ann.offers.getLast();
    assertThat(last.path()).hasSize(7);
    OfferedPrekey.fromMap(last.toMap()).verify(ann.userId, ann.identityKeys.identity());
    assertThat(Messages.refusalBy(() -> ann.addPrekeys(129))).isEqualTo(Refusal.EXTENDED);
    assertThat(Messages.refusalBy(() -> ann.addPrekeys(0))).isEqualTo(Refusal.TRUNCATED);
    assertThat(
            Messages.refusalBy(
                () -> OfferedPrekey.fromMap(Messages.with(last.toMap(), 129, "count"))))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(
            Messages.refusalBy(
                () -> OfferedPrekey.fromMap(Messages.with(last.toMap(), 0, "count"))))
        .isEqualTo(Refusal.TRUNCATED);
    assertThat(
            Messages.refusalBy(
                () -> OfferedPrekey.fromMap(Messages.with(last.toMap(), 128, "index"))))
        .isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void aBundleIsOfTheHighestVersionThatEveryProgramReadsAlike() {
    long largest = (1L << 53) - 1;

    assertThat(WireFields.of(Map.of("n", largest)).number("n")).isEqualTo(largest);
    assertThat(Messages.refusalBy(() -> WireFields.of(Map.of("n", largest + 1)).number("n")))
        .isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void contentIsAsLongAsItsLongestText() {
    Messages messages = Messages.in(Mode.SPK);
    var longest = new byte[65_535];
    Envelope most = messages.seal(new OutgoingMessage(Messages.ID, messages.ann().now, longest));
    UUID other = new UUID(1, 1);
    Envelope least = messages.seal(new OutgoingMessage(other, messages.ann().now, new byte[0]));

    assertThat(most.content()).hasSize(65_597);
    assertThat(least.content()).hasSize(317);
    assertThat(messages.open(messages.wire(most))).hasSize(65_535);
    assertThat(messages.open(messages.wire(least))).isEmpty();
    var tooLong = new OutgoingMessage(Messages.ID, messages.ann().now, new byte[65_536]);
    assertThat(Messages.refusalBy(() -> messages.seal(tooLong))).isEqualTo(Refusal.EXTENDED);
  }

  @Test
  void timesAreFrom1970To9999() {
    Instant last = Instant.parse("9999-12-31T23:59:59.999Z");

    assertThat(WireTime.parse("x", "9999-12-31T23:59:59.999Z")).isEqualTo(last);
    assertThat(WireTime.parse("x", "1970-01-01T00:00:00.000Z")).isEqualTo(Instant.EPOCH);
    for (String text :
        List.of(
            "1969-12-31T23:59:59.999Z", "10000-01-01T00:00:00.000Z", "2016-12-31T23:59:60.000Z")) {
      assertThat(Messages.refusalBy(() -> WireTime.parse("x", text))).isEqualTo(Refusal.MALFORMED);
    }
  }

  private static boolean isToCome(Object key) {
    return ((Map<?, ?>) key).get("algorithm").equals("TOMORROW");
  }

  private SignedBundle bundleOf(List<ListedKey> keys) {
    Bundle old = ann.signedBundle.bundle();
    return SignedBundle.sign(
        new Bundle(
            ann.userId, 2, old.created(), old.expires(), old.capabilities(), new KeySet(keys)),
        ann.identityKeys,
        ann.random);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> withKey(
      Map<String, Object> map, int place, String member, Object value) {
    var keys = new ArrayList<>((List<Map<String, Object>>) map.get("keys"));
    keys.set(place, Messages.with(keys.get(place), value, member));
    return Messages.with(map, keys, "keys");
  }

  private static Refusal refusalOf(Map<String, Object> map) {
    return Messages.refusalBy(() -> SignedBundle.fromMap(map));
  }
}
