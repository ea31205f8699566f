package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Of a message with two faults, the one that the description lists first is refused. */
class RefusalOrderTest {

  private static final String SESSION_KEY = "encrypted_session_key";
  private static final String OTHER_KEY = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String OTHER_USER = new UUID(1, 1).toString();

  private final Messages messages = Messages.in(Mode.SPK_OPK_KEM);
  private final Map<String, Object> wire = messages.wire(messages.seal());

  /** A change to a message, and how it is refused where nothing else is wrong. */
  private record Fault(String field, Refusal refusal, UnaryOperator<Map<String, Object>> change) {

    @Override
    public String toString() {
      return field + " " + refusal;
    }
  }

  /** In the order in which they are to be found. */
  private static List<Fault> faults() {
    return List.of(
        set(Refusal.MISSING, null, "crypto_version"),
        set(Refusal.MALFORMED, 5, "encryption_algorithm"),
        new Fault(
            "\"v9\"", Refusal.UNKNOWN_SUITE, map -> Messages.with(map, "v9", "crypto_version")),
        new Fault(
            "\"MD5\"", Refusal.UNKNOWN_SUITE, map -> Messages.with(map, "MD5", "kdf_algorithm")),
        set(Refusal.MALFORMED, "x", "message_id"),
        set(Refusal.MALFORMED, "x", "sender_id"),
        set(Refusal.MALFORMED, "x", "recipient_id"),
        set(Refusal.MALFORMED, "x", "created_at"),
        set(Refusal.TRUNCATED, "AAAA", SESSION_KEY, "ecdh"),
        set(Refusal.TRUNCATED, "AAAA", SESSION_KEY, "mlkem"),
        set(Refusal.TRUNCATED, "AAAA", SESSION_KEY, "wrap"),
        set(Refusal.MALFORMED, "?", SESSION_KEY, "spk"),
        set(Refusal.MALFORMED, "?", SESSION_KEY, "opk"),
        set(Refusal.MALFORMED, "?", SESSION_KEY, "kem_key"),
        set(Refusal.MALFORMED, -1, SESSION_KEY, "bundle"),
        new Fault(
            "capabilities",
            Refusal.MISSING,
            map -> Messages.with(map, List.of(), SESSION_KEY, "capabilities")),
        set(Refusal.TRUNCATED, "AAAA", "encrypted_content"),
        ofSignature("\"RSA\"", Refusal.UNKNOWN_ALGORITHM, "algorithm", "RSA"),
        ofSignature("signatures[0].key_id", Refusal.MALFORMED, "key_id", "?"),
        ofSignature("signatures[0].timestamp", Refusal.MALFORMED, "timestamp", "x"),
        new Fault(
            "media_refs", Refusal.MALFORMED, map -> Messages.with(map, List.of(1.5), "media_refs")),
        new Fault("encrypted_content", Refusal.WRONG_SIZE, RefusalOrderTest::withOneByteMore),
        set(Refusal.MISSING, null, SESSION_KEY, "mlkem"),
        set(Refusal.WRONG_USER, OTHER_USER, "recipient_id"),
        set(Refusal.WRONG_USER, OTHER_USER, "sender_id"),
        set(Refusal.REPLAYED, new UUID(2, 2).toString(), "message_id"),
        ofSignature("bundle", Refusal.EXPIRED_BUNDLE, "timestamp", "2026-03-31T12:00:00.000Z"),
        set(Refusal.UNKNOWN_BUNDLE, 7, SESSION_KEY, "bundle"),
        new Fault(
            SESSION_KEY + ".bundle",
            Refusal.EXPIRED_BUNDLE,
            map -> Messages.with(map, "2026-03-31T12:00:00.000Z", "created_at")),
        new Fault(
            "crypto_version",
            Refusal.UNEXPECTED,
            map -> Messages.with(map, List.of("v1"), SESSION_KEY, "capabilities")),
        new Fault(
            "signatures",
            Refusal.MISSING_SIGNATURE,
            map -> Messages.with(map, Messages.signatures(map).subList(0, 1), "signatures")),
        new Fault(
            "signatures",
            Refusal.UNEXPECTED_SIGNATURE,
            RefusalOrderTest::withTheFirstSignatureTwice),
        ofSignature("signatures", Refusal.WRONG_KEY, "key_id", OTHER_KEY),
        set(Refusal.UNKNOWN_PREKEY, OTHER_KEY, SESSION_KEY, "spk"),
        new Fault(
            SESSION_KEY + ".opk",
            Refusal.UNKNOWN_PREKEY,
            map ->
                Messages.with(
                    Messages.with(map, OTHER_KEY, SESSION_KEY, "opk"),
                    OTHER_KEY,
                    SESSION_KEY,
                    "kem_key")),
        ofSignature(
            "signatures", Refusal.BAD_SIGNATURE, "signature", Base64Text.encode(new byte[64])));
  }

  @Test
  void eachFaultAloneIsRefusedAsItself() {
    for (Fault fault : faults()) {
      assertRefused(fault.change().apply(wire), fault, fault.toString());
    }
  }

  @Test
  void ofTwoFaultsTheFirstIsTheOne() {
    List<Fault> faults = faults();
    int pairs = 0;
    for (int first = 0; first < faults.size(); first++) {
      for (int second = first + 1; second < faults.size(); second++) {
        Fault one = faults.get(first);
        Fault other = faults.get(second);
        // The earlier fault is made last: where both change one member, its value stays.
        Map<String, Object> changed = one.change().apply(other.change().apply(wire));
        assertRefused(changed, one, one + " beside " + other);
        pairs++;
      }
    }
    assertThat(pairs).isGreaterThan(500);
  }

  private void assertRefused(Map<String, Object> changed, Fault expected, String what) {
    messages.ben().received.add(new MessageKey(messages.ann().userId, new UUID(2, 2)));

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> messages.open(changed));

    assertThat(refused).as(what).isNotNull();
    assertThat(refused.refusal()).as(what).isEqualTo(expected.refusal());
    assertThat(refused.field()).as(what).isEqualTo(expected.field());
  }

  private static Fault set(Refusal refusal, Object value, String... path) {
    return new Fault(String.join(".", path), refusal, map -> Messages.with(map, value, path));
  }

  private static Fault ofSignature(String field, Refusal refusal, String member, Object value) {
    return new Fault(field, refusal, map -> Messages.withSignature(map, 0, member, value));
  }

  private static Map<String, Object> withTheFirstSignatureTwice(Map<String, Object> map) {
    var signatures = new ArrayList<>(Messages.signatures(map));
    signatures.add(signatures.getFirst());
    return Messages.with(map, signatures, "signatures");
  }

  private static Map<String, Object> withOneByteMore(Map<String, Object> map) {
    byte[] content = Base64.getDecoder().decode(Messages.textAt(map, "encrypted_content"));
    return Messages.with(
        map, Base64Text.encode(Arrays.copyOf(content, content.length + 1)), "encrypted_content");
  }
}
