package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeySet;
import io.quantchat.crypto.KeyStatus;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.MlKemPrivateKey;
import io.quantchat.crypto.PublicKey;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SafetyNumber;
import io.quantchat.crypto.SignedBundle;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that cheats with keys, between people who have written to each other before. */
@ExtendWith(RelayExtension.class)
class MaliciousDirectoryTest {

  /** As many as are taken at once, and one for which the directory has to be asked. */
  private static final int UNTIL_ASKED = 6;

  private static TestRelay relay;
  private static Person ann;
  private static Person ben;
  private static Map<String, Object> oldBundle;

  /** Ben's bundle is his second. */
  @BeforeAll
  static void twoPeople(TestRelay testRelay, @TempDir Path folder) {
    relay = testRelay;
    ann = Person.registered(relay, folder, "ann");
    ben = new Person(relay, folder, "ben");
    ben.client.close();
    Clock eightDaysAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-8));
    ben.start(Person.surroundings(eightDaysAgo, step -> {}));
    ben.client.register(ben.email, Person.passphrase(), "ben");
    oldBundle = relay.keys.bundleOf(ben.id()).toMap();
    ben.client.close();
    ben.start(step -> {});
    ben.client.sync();
    ann.client.send(ben.id(), "First contact.");
    ann.client.sync();
    ben.client.sync();
  }

  @AfterEach
  void beHonestAgain() {
    relay.restore();
  }

  @AfterAll
  static void goHome() {
    ann.close();
    ben.close();
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        arguments(
            "the post-quantum key is stripped",
            Refusal.MISSING,
            Tampering.ofBundle(bundle -> keys(bundle).removeIf(MaliciousDirectoryTest::isPq))),
        arguments(
            "the capability is stripped",
            Refusal.BAD_SIGNATURE,
            Tampering.ofBundle(bundle -> bundle.put("capabilities", List.of("v1")))),
        arguments(
            "the capability and its key are stripped",
            Refusal.BAD_SIGNATURE,
            Tampering.ofBundle(
                bundle -> {
                  bundle.put("capabilities", List.of("v1"));
                  keys(bundle).removeIf(MaliciousDirectoryTest::isPq);
                })),
        arguments(
            "the post-quantum signature is dropped",
            Refusal.MISSING_SIGNATURE,
            Tampering.ofBundle(
                bundle ->
                    Tampering.maps(bundle, "signatures")
                        .removeIf(signature -> signature.get("algorithm").equals("ML-DSA-65")))),
        arguments(
            "the version is raised",
            Refusal.BAD_SIGNATURE,
            Tampering.ofBundle(bundle -> bundle.put("bundle_version", 9))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void nothingIsSentByAForgedBundle(String lie, Refusal expected, UnaryOperator<String> tampering) {
    assertThat(reasonForHolding(lie, tampering)).isEqualTo(expected);
    assertThatTheTruthIsTakenAgain();
  }

  @Test
  void nothingIsSentByABundleThatWasReplaced() {
    assertThat(reasonForHolding("an old bundle", Tampering.toBundle(oldBundle)))
        .isEqualTo(Refusal.OLDER_BUNDLE);
    assertThatTheTruthIsTakenAgain();
  }

  @Test
  void nothingIsSentToAnotherIdentityAndTheUserIsTold() {
    SignedBundle known = relay.keys.bundleOf(ben.id());
    Map<String, Object> swapped = bundleOfAThief(known.bundle().version() + 1).toMap();
    String safetyNumber = ann.client.safetyNumber(ben.id()).digits();

    assertThat(reasonForHolding("a thief's bundle", Tampering.toBundle(swapped)))
        .isEqualTo(Refusal.IDENTITY_CHANGED);
    assertThat(ann.client.safetyNumber(ben.id()).digits()).isNotEqualTo(safetyNumber);
    assertThatTheTruthIsTakenAgain();
    assertThat(ann.client.safetyNumber(ben.id()).digits()).isEqualTo(safetyNumber);
  }

  @Test
  void onlyTheIdentityThatTheUserComparedIsAccepted() {
    long next = relay.keys.bundleOf(ben.id()).bundle().version() + 1;
    reasonForHolding("one thief", Tampering.toBundle(bundleOfAThief(next).toMap()));
    SafetyNumber compared = ann.client.safetyNumber(ben.id());
    tamperWithKeys(Tampering.toBundle(bundleOfAThief(next).toMap()));
    assertThat(ann.client.checkIdentity(ben.id())).isTrue();

    assertThatThrownBy(() -> ann.client.acceptIdentity(ben.id(), compared))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.IDENTITY_CHANGED));

    assertThatTheTruthIsTakenAgain();
  }

  @Test
  void aPrekeyThatIsHandedOutAgainAndAgainIsUsedOnce() {
    useUpPrekeys();
    var first = new AtomicReference<Map<String, Object>>();
    tamperWithKeys(
        Tampering.of(
            answer -> {
              if (answer.containsKey(Tampering.PREKEYS)) {
                first.compareAndSet(null, Tampering.handedOut(answer));
                answer.putAll(first.get());
              }
            }));

    List<Message> sent = send("Again", 2 * UNTIL_ASKED);

    assertThat(arrived(sent))
        .extracting(message -> message.details().get("mode"))
        .hasSize(sent.size())
        .startsWith("spk+opk+kem")
        .endsWith("spk+kem");
    assertThat(ben.client.quarantine()).isEmpty();
  }

  @Test
  void aPrekeyThatIsHandedToTwoPeopleOpensOneMessageAndTheOtherIsKept(@TempDir Path folder) {
    try (Person cid = Person.registered(relay, folder, "cid")) {
      useUpPrekeys();
      var annsPrekeys = new AtomicReference<Map<String, Object>>();
      tamperWithKeys(
          Tampering.of(
              answer -> {
                if (answer.containsKey(Tampering.PREKEYS)) {
                  annsPrekeys.compareAndSet(null, Tampering.handedOut(answer));
                  answer.putAll(annsPrekeys.get());
                }
              }));
      List<Message> sent = send("To be read", 1);
      cid.client.send(ben.id(), "To be kept.");
      cid.client.sync();

      assertThat(arrived(sent)).hasSize(1);

      assertThat(ben.textsWith(cid)).isEmpty();
      assertThat(ben.client.quarantine())
          .singleElement()
          .satisfies(
              kept -> {
                assertThat(kept.senderId()).isEqualTo(cid.id().toString());
                assertThat(kept.reason()).isEqualTo(Refusal.UNKNOWN_PREKEY.name());
              });
      ben.client.discard(ben.client.quarantine().getFirst());
      assertThat(ben.client.quarantine()).isEmpty();
      ben.client.sync();
      assertThat(ben.client.quarantine()).isEmpty();
    }
  }

  @Test
  void weakerMessagesGoOutOnlyWithTheUsersConsent(@TempDir Path folder) {
    try (Person cid = Person.registered(relay, folder, "cid")) {
      ann.client.send(cid.id(), "In the strongest suite.");
      ann.client.sync();
      cid.publishWeakerBundle();
      Message waiting = send(cid.id(), "Weaker.", UNTIL_ASKED).getLast();
      assertThat(heldFor(waiting)).isEqualTo(Refusal.DOWNGRADE);
      assertThat(ann.stateOf(waiting)).isEqualTo(MessageState.SENDING);

      ann.client.consentToDowngrade(cid.id());
      ann.client.sync();

      assertThat(ann.stateOf(waiting)).isEqualTo(MessageState.SENT);
      assertThat(
              ann.client.conversation(cid.id()).stream()
                  .filter(message -> message.id().equals(waiting.id()))
                  .toList())
          .singleElement()
          .satisfies(sent -> assertThat(sent.details()).containsEntry("crypto_version", "v1"));
    }
  }

  /** Why the first message waits for which the directory was asked; those before go out as ever. */
  private static Refusal reasonForHolding(String lie, UnaryOperator<String> tampering) {
    tamperWithKeys(tampering);
    List<Message> sent = send(lie, UNTIL_ASKED);
    assertThat(arrived(sent))
        .hasSizeLessThan(UNTIL_ASKED)
        .allSatisfy(message -> assertThat(message.details()).containsEntry("mode", "spk+opk+kem"));
    assertThat(ann.stateOf(sent.getLast())).isEqualTo(MessageState.SENDING);
    return heldFor(sent.getLast());
  }

  private static void assertThatTheTruthIsTakenAgain() {
    relay.restore();
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();
    assertThat(ann.client.conversation(ben.id()))
        .extracting(Message::state)
        .containsOnly(MessageState.SENT);
    assertThat(ben.textsWith(ann)).isEqualTo(ann.textsWith(ben));
    assertThat(ben.client.quarantine()).isEmpty();
    assertThat(relay.seen())
        .filteredOn(body -> body.contains(ben.id().toString()) && body.contains("crypto_version"))
        .isNotEmpty()
        .allMatch(body -> body.contains("\"crypto_version\":\"v2\""));
  }

  private static Refusal heldFor(Message message) {
    return ann.await(
            Person.Held.class, held -> held.message().contactId().equals(message.contactId()))
        .reason()
        .refusal();
  }

  private static void useUpPrekeys() {
    tamperWithKeys(
        Tampering.of(answer -> answer.computeIfPresent(Tampering.PREKEYS, (_, _) -> List.of())));
    send("Until there are none", UNTIL_ASKED);
    ben.client.sync();
    relay.restore();
  }

  private static void tamperWithKeys(UnaryOperator<String> tampering) {
    relay.tamper("/keys/" + ben.id(), tampering);
    relay.tamper("/keys/" + ben.id() + "/bundle", tampering);
  }

  private static List<Message> send(String text, int count) {
    return send(ben.id(), text, count);
  }

  private static List<Message> send(UUID to, String text, int count) {
    List<Message> sent =
        IntStream.range(0, count).mapToObj(i -> ann.client.send(to, text + ", " + i)).toList();
    ann.client.sync();
    return sent;
  }

  /** What Ben has of these. */
  private static List<Message> arrived(List<Message> sent) {
    ben.client.sync();
    var arrived = new ArrayList<>(ben.client.conversation(ann.id()));
    arrived.removeIf(message -> sent.stream().noneMatch(one -> one.id().equals(message.id())));
    return arrived;
  }

  private static List<Map<String, Object>> keys(Map<String, Object> bundle) {
    return Tampering.maps(bundle, "keys");
  }

  private static boolean isPq(Map<String, Object> key) {
    return key.get("algorithm").equals("ML-KEM-768");
  }

  private static SignedBundle bundleOfAThief(long version) {
    var random = new SecureRandom();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (IdentityKeys thief = IdentityKeys.generate(random);
        EcdhPrivateKey signedPrekey = EcdhPrivateKey.generate(random);
        MlKemPrivateKey lastResort = MlKemPrivateKey.generate(random)) {
      List<PublicKey> keys =
          List.of(
              thief.ecdsa().publicKey(),
              thief.mlDsa().publicKey(),
              signedPrekey.publicKey(),
              lastResort.publicKey());
      return SignedBundle.sign(
          new Bundle(
              ben.id(),
              version,
              now,
              now.plus(Bundle.LONGEST_LIFE),
              Capabilities.ofThisProgram(),
              new KeySet(
                  keys.stream().map(key -> ListedKey.of(key, now, KeyStatus.ACTIVE)).toList())),
          thief,
          random);
    }
  }
}
