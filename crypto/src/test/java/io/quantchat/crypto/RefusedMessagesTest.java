package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of bad message has its own refusal, and leaves the recipient as it was. */
class RefusedMessagesTest {

  private static final UUID OTHER_ID = UUID.fromString("019ca8f1-2c00-7abc-8def-0123456789ac");
  private static final String SESSION_KEY = "encrypted_session_key";

  private final Messages messages = Messages.in(Mode.SPK_OPK_KEM);
  private final Envelope envelope = messages.seal();
  private final Map<String, Object> wire = messages.wire(envelope);

  @ParameterizedTest
  @ValueSource(strings = {"ecdh", "mlkem", "wrap"})
  void aMemberOfTheSessionKeyIsOfOneSize(String member) {
    assertThat(messages.refusalOf(resized(-1, SESSION_KEY, member))).isEqualTo(Refusal.TRUNCATED);
    assertThat(messages.refusalOf(resized(-16, SESSION_KEY, member))).isEqualTo(Refusal.TRUNCATED);
    assertThat(messages.refusalOf(resized(1, SESSION_KEY, member))).isEqualTo(Refusal.EXTENDED);
    assertThat(messages.refusalOf(resized(16, SESSION_KEY, member))).isEqualTo(Refusal.EXTENDED);
    assertThat(messages.refusalOf(Messages.with(wire, "", SESSION_KEY, member)))
        .isEqualTo(Refusal.TRUNCATED);
    assertUnharmed();
  }

  @Test
  void contentIsOfASizeThatPaddingGives() {
    assertThat(messages.refusalOf(resized(-1, "encrypted_content"))).isEqualTo(Refusal.TRUNCATED);
    assertThat(messages.refusalOf(resized(1, "encrypted_content"))).isEqualTo(Refusal.WRONG_SIZE);
    assertThat(messages.refusalOf(resized(66_000, "encrypted_content")))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(messages.refusalOf(resized(16, "encrypted_content")))
        .isEqualTo(Refusal.BAD_SIGNATURE);
    assertUnharmed();
  }

  @Test
  void aSignatureIsOfOneSize() {
    for (int i = 0; i < 2; i++) {
      byte[] signature = decoded((String) Messages.signatures(wire).get(i).get("signature"));

      assertThat(refusalOfSignature(i, Arrays.copyOf(signature, signature.length - 1)))
          .isEqualTo(Refusal.TRUNCATED);
      assertThat(refusalOfSignature(i, Arrays.copyOf(signature, signature.length + 1)))
          .isEqualTo(Refusal.EXTENDED);
    }
    assertUnharmed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encrypted_content",
        "encrypted_session_key",
        "message_id",
        "crypto_version",
        "encryption_algorithm",
        "kdf_algorithm",
        "signatures",
        "created_at",
        "sender_id"
      })
  void aFieldThatIsMissingOrOfAnotherTypeIsRefused(String field) {
    assertThat(messages.refusalOf(Messages.with(wire, null, field))).isEqualTo(Refusal.MISSING);
    assertThat(messages.refusalOf(Messages.with(wire, 5, field))).isEqualTo(Refusal.MALFORMED);
    assertUnharmed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecdh", "wrap", "spk", "bundle", "capabilities"})
  void aMemberOfTheSessionKeyThatIsMissingOrOfAnotherTypeIsRefused(String member) {
    assertThat(messages.refusalOf(Messages.with(wire, null, SESSION_KEY, member)))
        .isEqualTo(Refusal.MISSING);
    assertThat(messages.refusalOf(Messages.with(wire, true, SESSION_KEY, member)))
        .isEqualTo(Refusal.MALFORMED);
    assertUnharmed();
  }

  @Test
  void theOriginalClientsPlaceholderIsRefused() {
    Map<String, Object> placeholder =
        Messages.with(wire, "session-key-placeholder", "encrypted_session_key");

    assertThat(messages.refusalOf(placeholder)).isEqualTo(Refusal.MALFORMED);
    assertThat(messages.refusalOf(Messages.with(wire, "encrypted:hello", "encrypted_content")))
        .isEqualTo(Refusal.TRUNCATED);
  }

  @Test
  void base64OfAnotherSpellingIsRefused() {
    String wrap = Messages.textAt(wire, SESSION_KEY, "wrap");
    String ecdh = Messages.textAt(wire, SESSION_KEY, "ecdh");
    assertThat(ecdh).endsWith("=");
    char last = ecdh.charAt(ecdh.length() - 2);
    String looseBits = ecdh.substring(0, ecdh.length() - 2) + (char) (last + 1) + "=";

    assertThat(messages.refusalOf(Messages.with(wire, looseBits, SESSION_KEY, "ecdh")))
        .isEqualTo(Refusal.MALFORMED);
    assertThat(
            messages.refusalOf(Messages.with(wire, "-" + wrap.substring(1), SESSION_KEY, "wrap")))
        .isEqualTo(Refusal.MALFORMED);
    assertThat(
            messages.refusalOf(Messages.with(wire, " " + wrap.substring(1), SESSION_KEY, "wrap")))
        .isEqualTo(Refusal.MALFORMED);
    assertThat(
            messages.refusalOf(
                Messages.with(wire, ecdh.substring(0, ecdh.length() - 1), SESSION_KEY, "ecdh")))
        .isEqualTo(Refusal.TRUNCATED);
  }

  @Test
  void fieldsSwappedBetweenTwoMessagesAreRefused() {
    Envelope other = messages.seal(OTHER_ID, "Something else.");
    Map<String, Object> otherWire = messages.wire(other);

    for (String field :
        List.of("encrypted_content", "encrypted_session_key", "message_id", "signatures")) {
      assertThat(messages.refusalOf(Messages.with(wire, otherWire.get(field), field)))
          .as(field)
          .isEqualTo(Refusal.BAD_SIGNATURE);
      assertThat(messages.refusalOf(Messages.with(otherWire, wire.get(field), field)))
          .as(field)
          .isEqualTo(Refusal.BAD_SIGNATURE);
    }
    for (String member : List.of("ecdh", "mlkem", "wrap")) {
      Object swapped = Messages.sessionKey(otherWire).get(member);
      assertThat(messages.refusalOf(Messages.with(wire, swapped, SESSION_KEY, member)))
          .as(member)
          .isEqualTo(Refusal.BAD_SIGNATURE);
    }
    assertThat(messages.open(otherWire)).isEqualTo("Something else.");
    assertUnharmed();
  }

  @Test
  void theOrderOfSignaturesIsNotWhatTheyMean() {
    var reordered = new ArrayList<>(Messages.signatures(wire));
    Collections.reverse(reordered);
    Object first = reordered.get(0).get("signature");
    Object second = reordered.get(1).get("signature");

    Map<String, Object> crossed =
        Messages.withSignature(
            Messages.withSignature(wire, 0, "signature", first), 1, "signature", second);
    Map<String, Object> names =
        Messages.withSignature(
            Messages.withSignature(wire, 0, "key_id", reordered.get(0).get("key_id")),
            1,
            "key_id",
            reordered.get(1).get("key_id"));

    assertThat(messages.refusalOf(crossed)).isEqualTo(Refusal.EXTENDED);
    assertThat(messages.refusalOf(names)).isEqualTo(Refusal.WRONG_KEY);
    assertThat(messages.open(Messages.with(wire, reordered, "signatures")))
        .isEqualTo(Messages.TEXT);
  }

  @Test
  void prekeysInEachOthersPlacesAreRefused() {
    String spk = Messages.textAt(wire, SESSION_KEY, "spk");
    String opk = Messages.textAt(wire, SESSION_KEY, "opk");

    assertThat(messages.refusalOf(Messages.with(wire, opk, SESSION_KEY, "spk")))
        .isEqualTo(Refusal.UNKNOWN_PREKEY);
    assertThat(messages.refusalOf(Messages.with(wire, spk, SESSION_KEY, "opk")))
        .isEqualTo(Refusal.WRONG_KEY);
    assertThat(messages.refusalOf(Messages.with(wire, null, SESSION_KEY, "opk")))
        .isEqualTo(Refusal.WRONG_KEY);
    assertUnharmed();
  }

  @Test
  void aMissingSignatureIsARejection() {
    List<Map<String, Object>> signatures = Messages.signatures(wire);

    assertThat(messages.refusalOf(Messages.with(wire, List.of(), "signatures")))
        .isEqualTo(Refusal.MISSING_SIGNATURE);
    for (Map<String, Object> only : signatures) {
      assertThat(messages.refusalOf(Messages.with(wire, List.of(only), "signatures")))
          .isEqualTo(Refusal.MISSING_SIGNATURE);
      assertThat(messages.refusalOf(Messages.with(wire, List.of(only, only), "signatures")))
          .isEqualTo(Refusal.MISSING_SIGNATURE);
    }
    assertThat(
            messages.refusalOf(
                Messages.with(
                    wire,
                    List.of(signatures.get(0), signatures.get(1), signatures.get(0)),
                    "signatures")))
        .isEqualTo(Refusal.UNEXPECTED_SIGNATURE);
    assertUnharmed();
  }

  @Test
  void anotherPersonsSignaturesAreOfTheWrongKey() {
    Person eve = new Person("eve", Capabilities.ofThisProgram());
    var message = new OutgoingMessage(Messages.ID, eve.now, new byte[] {1});
    Envelope byEve =
        eve.sealer()
            .seal(eve.pin(messages.ben()), Optional.of(messages.ben().takePrekey()), message)
            .envelope();
    Map<String, Object> asAnn =
        Messages.with(messages.wire(byEve), messages.ann().userId.toString(), "sender_id");
    Map<String, Object> underAnnsIds = asAnn;
    for (int i = 0; i < 2; i++) {
      underAnnsIds =
          Messages.withSignature(
              underAnnsIds, i, "key_id", Messages.signatures(wire).get(i).get("key_id"));
    }

    assertThat(messages.refusalOf(asAnn)).isEqualTo(Refusal.WRONG_KEY);
    assertThat(messages.refusalOf(underAnnsIds)).isEqualTo(Refusal.BAD_SIGNATURE);
    assertUnharmed();
  }

  @Test
  void aMessageForSomebodyElseIsRefused() {
    Person eve = new Person("eve", Capabilities.ofThisProgram());

    assertThat(Messages.refusalBy(() -> eve.opener().open(envelope, eve.pin(messages.ann()))))
        .isEqualTo(Refusal.WRONG_USER);
    assertThat(
            Messages.refusalBy(
                () -> messages.ben().opener().open(envelope, messages.ben().pin(eve))))
        .isEqualTo(Refusal.WRONG_USER);
    Map<String, Object> redirected = Messages.with(wire, eve.userId.toString(), "recipient_id");
    assertThat(
            Messages.refusalBy(
                () ->
                    eve.opener()
                        .open(Envelope.fromMap(redirected, eve.userId), eve.pin(messages.ann()))))
        .isEqualTo(Refusal.UNKNOWN_PREKEY);
  }

  @Test
  void aRevokedPrekeyNeverDecrypts() {
    Messages lastResort = Messages.in(Mode.SPK_KEM);
    Envelope pending = lastResort.seal();
    PrekeyIds ids = pending.sessionKey().prekeys();

    lastResort.ben().statuses.put(ids.kem().orElseThrow(), KeyStatus.REVOKED);
    assertThat(lastResort.refusalOf(pending)).isEqualTo(Refusal.REVOKED_KEY);
    lastResort.ben().statuses.put(ids.kem().orElseThrow(), KeyStatus.DEPRECATED);
    lastResort.ben().statuses.put(ids.signedPrekey(), KeyStatus.REVOKED);
    assertThat(lastResort.refusalOf(pending)).isEqualTo(Refusal.REVOKED_KEY);
    lastResort.ben().statuses.put(ids.signedPrekey(), KeyStatus.DEPRECATED);

    assertThat(lastResort.open(pending)).isEqualTo(Messages.TEXT);
  }

  @Test
  void aRevokedSigningKeyVerifiesNothing() {
    Person ann = messages.ann();
    try (IdentityKeys fresh = IdentityKeys.generate(ann.random)) {
      Bundle old = ann.signedBundle.bundle();
      List<ListedKey> keys = new ArrayList<>();
      for (ListedKey key : old.keys().keys()) {
        boolean signs = key.is(KeyAlgorithm.ECDSA_P256) || key.is(KeyAlgorithm.ML_DSA_65);
        keys.add(signs ? key.withStatus(KeyStatus.REVOKED) : key);
      }
      keys.add(ListedKey.of(fresh.ecdsa().publicKey(), ann.now, KeyStatus.ACTIVE));
      keys.add(ListedKey.of(fresh.mlDsa().publicKey(), ann.now, KeyStatus.ACTIVE));
      var bundle =
          new Bundle(
              ann.userId, 2, old.created(), old.expires(), old.capabilities(), new KeySet(keys));
      Peer renewed =
          messages
              .ben()
              .pin(ann)
              .learn(SignedBundle.sign(bundle, fresh, ann.random), ann.now)
              .acceptIdentity(fresh.identity());

      assertThat(Messages.refusalBy(() -> messages.ben().opener().open(envelope, renewed)))
          .isEqualTo(Refusal.REVOKED_KEY);
    }
  }

  @Test
  void aMessageThatWasSignedAfterItsSendersBundleExpiredIsRefused() {
    Peer ann = messages.ben().pin(messages.ann());
    Instant expiry = messages.ann().signedBundle.bundle().expires();
    messages.ann().now = expiry.minusMillis(1);
    messages.ben().now = expiry.minusMillis(1);
    messages.ben().publish(Capabilities.ofThisProgram());
    Envelope inTime = messages.ann().seal(messages.ben(), messages.message());
    messages.ann().now = expiry;
    Envelope late = messages.ann().seal(messages.ben(), messages.message());

    assertThat(Messages.refusalBy(() -> messages.ben().opener().open(late, ann)))
        .isEqualTo(Refusal.EXPIRED_BUNDLE);
    assertThat(messages.ben().opener().open(inTime, ann).settle(messages.ben()::settle))
        .isEqualTo(Messages.TEXT);
  }

  @Test
  void aMessageOutlivesItsSendersBundleByAsLongAsItMayTravel() {
    Peer ann = messages.ben().pin(messages.ann());
    Instant expiry = messages.ann().signedBundle.bundle().expires();

    messages.ben().now = expiry.plus(Duration.ofDays(15));
    assertThat(Messages.refusalBy(() -> messages.ben().opener().open(envelope, ann)))
        .isEqualTo(Refusal.EXPIRED_BUNDLE);
    messages.ben().now = expiry.plus(Duration.ofDays(15)).minusMillis(1);
    assertThat(messages.ben().opener().open(envelope, ann).settle(messages.ben()::settle))
        .isEqualTo(Messages.TEXT);
  }

  @Test
  void aMessageWrittenAfterTheRecipientsBundleExpiredIsRefused() {
    Instant expiry = messages.ben().signedBundle.bundle().expires();
    Envelope late =
        messages.seal(new OutgoingMessage(OTHER_ID, expiry, messages.message().plaintext()));
    Envelope inTime =
        messages.seal(
            new OutgoingMessage(OTHER_ID, expiry.minusMillis(1), messages.message().plaintext()));

    assertThat(messages.refusalOf(late)).isEqualTo(Refusal.EXPIRED_BUNDLE);
    assertThat(messages.open(inTime)).isEqualTo(Messages.TEXT);
  }

  @Test
  void aMessageToABundleThatWasNeverPublishedIsRefused() {
    assertThat(messages.refusalOf(Messages.with(wire, 7, SESSION_KEY, "bundle")))
        .isEqualTo(Refusal.UNKNOWN_BUNDLE);
  }

  @Test
  void aNumberIsOneThatEveryProgramReadsAlike() {
    for (Object number : List.of(-1, 1L << 53, Long.MAX_VALUE, 1.0, "1")) {
      assertThat(messages.refusalOf(Messages.with(wire, number, SESSION_KEY, "bundle")))
          .as("%s", number)
          .isEqualTo(Refusal.MALFORMED);
    }
    assertUnharmed();
  }

  @Test
  void aListThatIsTooLongIsNotRead() {
    Map<String, Object> signature = Messages.signatures(wire).getFirst();

    assertThat(
            messages.refusalOf(
                Messages.with(wire, Collections.nCopies(9, signature), "signatures")))
        .isEqualTo(Refusal.EXTENDED);
    assertThat(
            messages.refusalOf(
                Messages.with(
                    wire, Collections.nCopies(1_000_000, "v1"), SESSION_KEY, "capabilities")))
        .isEqualTo(Refusal.EXTENDED);
    assertUnharmed();
  }

  @Test
  void aMessageToAnotherBundleThanItSaysIsRefused() {
    messages.ben().publish(Capabilities.ofThisProgram());

    assertThat(messages.refusalOf(Messages.with(wire, 2, SESSION_KEY, "bundle")))
        .isEqualTo(Refusal.BAD_SIGNATURE);
    assertUnharmed();
  }

  @Test
  void aReplayIsRefused() {
    assertThat(messages.open(wire)).isEqualTo(Messages.TEXT);

    assertThat(messages.refusalOf(wire)).isEqualTo(Refusal.REPLAYED);
    messages.ben().received.clear();
    assertThat(messages.refusalOf(wire)).isEqualTo(Refusal.UNKNOWN_PREKEY);
  }

  @Test
  void aHybridMessageStrippedToAClassicalOneIsRefused() {
    Map<String, Object> stripped = stripped(wire);
    Map<String, Object> keepingBoth = Messages.with(stripped, wire.get("signatures"), "signatures");
    Map<String, Object> claiming =
        Messages.with(stripped, List.of("v1"), SESSION_KEY, "capabilities");

    assertThat(messages.refusalOf(stripped)).isEqualTo(Refusal.DOWNGRADE);
    assertThat(messages.refusalOf(keepingBoth)).isEqualTo(Refusal.DOWNGRADE);
    assertThat(messages.refusalOf(claiming)).isEqualTo(Refusal.DOWNGRADE);
    assertUnharmed();
  }

  @Test
  void halfAStripIsRefused() {
    Map<String, Object> v1 = Messages.with(stripped(wire), wire.get(SESSION_KEY), SESSION_KEY);
    Map<String, Object> withoutKem = Messages.with(wire, null, SESSION_KEY, "mlkem");
    Map<String, Object> withoutId = Messages.with(wire, null, SESSION_KEY, "kem_key");

    assertThat(messages.refusalOf(v1)).isEqualTo(Refusal.UNEXPECTED);
    assertThat(messages.refusalOf(withoutKem)).isEqualTo(Refusal.MISSING);
    assertThat(messages.refusalOf(withoutId)).isEqualTo(Refusal.MISSING);
  }

  @Test
  void anUnknownSuiteIsNamed() {
    for (String field : List.of("crypto_version", "encryption_algorithm", "kdf_algorithm")) {
      Map<String, Object> unknown = Messages.with(wire, "v9-QUANTUM\n", field);

      RefusedException refused =
          catchThrowableOfType(RefusedException.class, () -> messages.open(unknown));

      assertThat(refused.refusal()).isEqualTo(Refusal.UNKNOWN_SUITE);
      assertThat(refused).hasMessageContaining("\"v9-QUANTUM?\"");
    }
    assertThat(messages.refusalOf(Messages.with(wire, "v1", "crypto_version")))
        .isEqualTo(Refusal.MIXED_SUITE);
    assertThat(messages.refusalOf(Messages.with(wire, "HKDF-SHA256", "kdf_algorithm")))
        .isEqualTo(Refusal.MIXED_SUITE);
    assertThat(messages.refusalOf(Messages.with(wire, "ECDH-AES256-GCM", "encryption_algorithm")))
        .isEqualTo(Refusal.MIXED_SUITE);
    assertThat(messages.refusalOf(Messages.withSignature(wire, 0, "algorithm", "RSA")))
        .isEqualTo(Refusal.UNKNOWN_ALGORITHM);
  }

  /** The keys are bound to all of it by themselves: signing it anew doesn't help its sender. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatIsChangedAndSignedAnewIsNotOpened(Mode mode) {
    Messages some = Messages.in(mode);
    Envelope original = some.seal();
    SessionKey key = original.sessionKey();
    byte[] content = original.content();
    byte[] wrap = Flips.flipped(key.wrap(), 3);
    EcdhPublicKey ephemeral = some.seal(OTHER_ID, "x").sessionKey().ephemeral();

    assertThat(refusalOfResigned(some, original, Flips.flipped(content, 0)))
        .isEqualTo(Refusal.MALFORMED);
    assertThat(refusalOfResigned(some, original, Flips.flipped(content, 13 * 8)))
        .isEqualTo(Refusal.WRONG_COMMITMENT);
    assertThat(refusalOfResigned(some, original, Flips.flipped(content, 8)))
        .isEqualTo(Refusal.WRONG_CONTENT);
    assertThat(refusalOfResigned(some, original, Flips.flipped(content, 45 * 8)))
        .isEqualTo(Refusal.WRONG_CONTENT);
    assertThat(refusalOfResigned(some, original, sessionKey(key, key.ephemeral(), wrap), OTHER_ID))
        .isEqualTo(Refusal.WRONG_WRAP);
    assertThat(refusalOfResigned(some, original, key, OTHER_ID)).isEqualTo(Refusal.WRONG_WRAP);
    assertThat(
            refusalOfResigned(
                some, original, sessionKey(key, ephemeral, key.wrap()), original.messageId()))
        .isEqualTo(Refusal.WRONG_WRAP);
    assertThat(some.open(Secrets.resigned(some, original))).isEqualTo(Messages.TEXT);
  }

  private static Refusal refusalOfResigned(Messages some, Envelope original, byte[] content) {
    Envelope changed =
        new Envelope(
            original.messageId(),
            original.senderId(),
            original.recipientId(),
            original.created(),
            original.suite(),
            original.sessionKey(),
            content,
            original.signatures(),
            original.mediaRefs());
    return some.refusalOf(Secrets.resigned(some, changed));
  }

  private static Refusal refusalOfResigned(
      Messages some, Envelope original, SessionKey sessionKey, UUID messageId) {
    Envelope changed =
        new Envelope(
            messageId,
            original.senderId(),
            original.recipientId(),
            original.created(),
            original.suite(),
            sessionKey,
            original.content(),
            original.signatures(),
            original.mediaRefs());
    return some.refusalOf(Secrets.resigned(some, changed));
  }

  private static SessionKey sessionKey(SessionKey key, EcdhPublicKey ephemeral, byte[] wrap) {
    return new SessionKey(
        ephemeral, key.ciphertext(), wrap, key.prekeys(), key.bundleVersion(), key.capabilities());
  }

  private static Map<String, Object> stripped(Map<String, Object> wire) {
    Map<String, Object> v1 = Messages.with(wire, "v1", "crypto_version");
    v1 = Messages.with(v1, "ECDH-AES256-GCM", "encryption_algorithm");
    v1 = Messages.with(v1, "HKDF-SHA256", "kdf_algorithm");
    v1 = Messages.with(v1, null, SESSION_KEY, "mlkem");
    v1 = Messages.with(v1, null, SESSION_KEY, "kem_key");
    return Messages.with(v1, Messages.signatures(wire).subList(0, 1), "signatures");
  }

  private Map<String, Object> resized(int by, String... path) {
    byte[] bytes = decoded(Messages.textAt(wire, path));
    return Messages.with(wire, Base64Text.encode(Arrays.copyOf(bytes, bytes.length + by)), path);
  }

  private Refusal refusalOfSignature(int index, byte[] signature) {
    return messages.refusalOf(
        Messages.withSignature(wire, index, "signature", Base64Text.encode(signature)));
  }

  /** Refusing has cost the recipient nothing: the message itself still opens. */
  private void assertUnharmed() {
    assertThat(messages.open(wire)).isEqualTo(Messages.TEXT);
  }

  private static byte[] decoded(String text) {
    return Base64.getDecoder().decode(text);
  }
}
