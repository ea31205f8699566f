package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.Quarantined;
import io.quantchat.crypto.Refusal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that cheats with messages: each is refused or opened as it was sent, and none is lost.
 */
@ExtendWith(RelayExtension.class)
class MaliciousDeliveryTest {

  private static final String PENDING = "/relay/pending";
  private static final String SESSION_KEY = "encrypted_session_key";
  private static final String CONTENT = "encrypted_content";
  private static final String SIGNATURES = "signatures";

  private static TestRelay relay;
  private static Person ann;
  private static Person ben;
  private static Person cid;

  @BeforeAll
  static void threePeople(TestRelay testRelay, @TempDir Path folder) {
    relay = testRelay;
    ann = Person.registered(relay, folder, "ann");
    ben = Person.registered(relay, folder, "ben");
    cid = Person.registered(relay, folder, "cid");
    cid.client.send(ben.id(), "First contact.");
    cid.client.sync();
  }

  @AfterEach
  void beHonestAgain() {
    relay.restore();
  }

  @AfterAll
  static void goHome() {
    Stream.of(ann, ben, cid).forEach(Person::close);
  }

  /**
   * A way of tampering with a message.
   *
   * @param what in words; the message's text, too
   */
  private record Lie(String what, Refusal refusal, Consumer<Map<String, Object>> change) {}

  private static List<Lie> lies() {
    return List.of(
        new Lie("a suite that nobody knows", Refusal.UNKNOWN_SUITE, put("crypto_version", "v9")),
        new Lie("names of two suites", Refusal.MIXED_SUITE, put("crypto_version", "v1")),
        new Lie("the weaker suite's names", Refusal.UNEXPECTED, MaliciousDeliveryTest::nameWeaker),
        new Lie("stripped to the weaker suite", Refusal.DOWNGRADE, MaliciousDeliveryTest::strip),
        new Lie("no content", Refusal.MISSING, message -> message.remove(CONTENT)),
        new Lie(
            "content cut short", Refusal.TRUNCATED, text(CONTENT, text -> text.substring(0, 80))),
        new Lie("content made longer", Refusal.WRONG_SIZE, text(CONTENT, text -> "AAAA" + text)),
        new Lie("content changed", Refusal.BAD_SIGNATURE, text(CONTENT, flipped(120))),
        new Lie("content not canonical", Refusal.MALFORMED, text(CONTENT, text -> text + "=")),
        new Lie("no key", Refusal.MISSING, message -> message.remove(SESSION_KEY)),
        new Lie("a key that is no object", Refusal.MALFORMED, put(SESSION_KEY, "key")),
        new Lie("the wrapped key changed", Refusal.BAD_SIGNATURE, key("wrap", flipped(9))),
        new Lie("the KEM's ciphertext changed", Refusal.BAD_SIGNATURE, key("mlkem", flipped(99))),
        new Lie(
            "the KEM's ciphertext cut", Refusal.TRUNCATED, key("mlkem", t -> t.substring(0, 400))),
        new Lie("no KEM's ciphertext", Refusal.MISSING, inKey(key -> key.remove("mlkem"))),
        new Lie("no one-time prekey", Refusal.WRONG_KEY, inKey(key -> key.remove("opk"))),
        new Lie("capabilities stripped", Refusal.UNEXPECTED, inKey(MaliciousDeliveryTest::weaken)),
        new Lie("no signatures", Refusal.MISSING_SIGNATURE, put(SIGNATURES, List.of())),
        new Lie("a signature dropped", Refusal.MISSING_SIGNATURE, signatures(all -> all.remove(1))),
        new Lie(
            "a signature too many",
            Refusal.UNEXPECTED_SIGNATURE,
            signatures(all -> all.add(all.get(0)))),
        new Lie(
            "a signature changed", Refusal.BAD_SIGNATURE, signatures(all -> flipIn(all.get(1)))),
        new Lie("another sender", Refusal.WRONG_KEY, message -> message.put("sender_id", id(cid))),
        new Lie(
            "another recipient",
            Refusal.WRONG_USER,
            message -> message.put("recipient_id", id(cid))),
        new Lie(
            "another time", Refusal.BAD_SIGNATURE, put("created_at", "2026-01-01T00:00:00.000Z")),
        new Lie("another attachment", Refusal.BAD_SIGNATURE, put("media_refs", List.of("m-1"))));
  }

  @Test
  void whatWasTamperedWithIsKeptForALookAndHindersNoOther() {
    Map<UUID, Lie> bad = new LinkedHashMap<>();
    lies().forEach(lie -> bad.put(ann.client.send(ben.id(), lie.what()).id(), lie));
    Message good = ann.client.send(ben.id(), "Behind all lies.");
    assertThat(ann.client.sync()).isTrue();
    relay.tamper(
        PENDING,
        Tampering.ofMessages(
            message ->
                Optional.ofNullable(bad.get(Json.id(message, "id").orElseThrow()))
                    .ifPresent(lie -> lie.change().accept(message))));

    ben.client.sync();

    assertThat(
            ben.client.quarantine().stream()
                .collect(Collectors.toMap(Quarantined::messageId, Quarantined::reason)))
        .isEqualTo(
            bad.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        entry -> entry.getKey().toString(),
                        entry -> entry.getValue().refusal().name())));
    assertThat(ben.textsWith(ann))
        .contains(good.text())
        .doesNotContainAnyElementsOf(lies().stream().map(Lie::what).toList());
    assertThat(pending()).containsExactlyElementsOf(bad.keySet());
    assertThatTheTruthIsTaken(lies().getFirst().what());
    assertThat(ben.textsWith(ann)).containsAll(lies().stream().map(Lie::what).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", CONTENT, SESSION_KEY, SIGNATURES, "created_at"})
  void messagesWhoseFieldsWereSwappedAreBothRefused(String field) {
    Message one = ann.client.send(ben.id(), "One, " + field);
    while (System.currentTimeMillis() == one.created().toEpochMilli()) {
      Thread.onSpinWait();
    }
    Message two = ann.client.send(ben.id(), "Two, " + field);
    Message good = ann.client.send(ben.id(), "Three, " + field);
    ann.client.sync();
    relay.tamper(
        PENDING,
        Tampering.ofQueue(
            queue -> {
              Object kept = queue.get(0).get(field);
              queue.get(0).put(field, queue.get(1).get(field));
              queue.get(1).put(field, kept);
            }));

    ben.client.sync();

    assertThat(ben.client.quarantine()).hasSize(2);
    assertThat(ben.textsWith(ann)).contains(good.text()).doesNotContain(one.text(), two.text());
    assertThat(pending()).containsExactly(one.id(), two.id());
    assertThatTheTruthIsTaken(one.text());
  }

  @Test
  void aMessageThatIsDeliveredAgainAndAgainIsShownOnce() {
    Message sent = ann.client.send(ben.id(), "Once.");
    ann.client.sync();
    String page = relay.ask(ben.id(), PENDING + "?limit=100").body();
    ben.client.sync();
    relay.tamper(PENDING, now -> page);

    for (int i = 0; i < 3; i++) {
      assertThat(ben.client.sync()).isTrue();
    }

    assertThat(ben.textsWith(ann)).containsOnlyOnce(sent.text());
    assertThat(ben.client.quarantine()).isEmpty();
  }

  @Test
  void aMessageThatIsDeliveredAgainUnderAnotherIdIsRefused() {
    Message sent = ann.client.send(ben.id(), "Under its own id.");
    ann.client.sync();
    String page = relay.ask(ben.id(), PENDING + "?limit=100").body();
    ben.client.sync();
    String other = new UUID(sent.id().getMostSignificantBits(), 1L << 63).toString();
    relay.tamper(PENDING, now -> page.replace(sent.id().toString(), other));

    ben.client.sync();

    assertThat(ben.client.quarantine()).extracting(Quarantined::messageId).containsExactly(other);
    assertThat(ben.textsWith(ann)).containsOnlyOnce(sent.text());
    relay.restore();
    ben.client.discard(ben.client.quarantine().getFirst());
  }

  @Test
  void whatIsWithheldComesInLaterAndStandsWhereItCameIn() {
    List<UUID> sent =
        Stream.of("Withheld 1", "Withheld 2", "Withheld 3")
            .map(text -> ann.client.send(ben.id(), text).id())
            .toList();
    ann.client.sync();
    relay.tamper(PENDING, Tampering.ofQueue(queue -> queue.remove(1)));
    ben.client.sync();
    assertThat(ben.textsWith(ann)).doesNotContain("Withheld 2").contains("Withheld 3");
    relay.restore();

    ben.client.sync();

    // What was seen already stays above it.
    assertThat(ben.client.conversation(ann.id()))
        .filteredOn(message -> sent.contains(message.id()))
        .extracting(Message::text)
        .containsExactly("Withheld 1", "Withheld 3", "Withheld 2");
    assertThat(ben.client.quarantine()).isEmpty();
  }

  @Test
  void whatComesInReversedInOnePageStandsInItsOrder() {
    List<Message> sent =
        Stream.of("Reversed 1", "Reversed 2", "Reversed 3")
            .map(text -> ann.client.send(ben.id(), text))
            .toList();
    ann.client.sync();
    relay.tamper(PENDING, Tampering.ofQueue(Collections::reverse));

    ben.client.sync();

    assertThat(ben.textsWith(ann)).containsSubsequence(sent.stream().map(Message::text).toList());
    assertThat(ben.client.quarantine()).isEmpty();
  }

  @Test
  void whatAnExpiredBundleVouchesForIsKeptUntilThereIsANewerOne() {
    Message sent = ann.client.send(ben.id(), "Vouched for.");
    ann.client.sync();
    ben.close();
    Clock nextSeason = Clock.offset(Clock.systemUTC(), Duration.ofDays(46));
    ben.start(Person.surroundings(nextSeason, step -> {}));

    ben.client.sync();

    assertThat(ben.client.quarantine())
        .extracting(Quarantined::reason)
        .containsExactly(Refusal.EXPIRED_BUNDLE.name());
    ben.close();
    ben.start(step -> {});
    assertThatTheTruthIsTaken(sent.text());
  }

  private static void assertThatTheTruthIsTaken(String text) {
    relay.restore();
    assertThat(ben.client.sync()).isTrue();
    assertThat(ben.textsWith(ann)).containsOnlyOnce(text);
    ben.client.quarantine().stream()
        .filter(kept -> !pending().contains(UUID.fromString(kept.messageId())))
        .forEach(ben.client::discard);
    assertThat(ben.client.quarantine()).isEmpty();
    assertThat(pending()).isEmpty();
  }

  /** What the relay still has for Ben, oldest first. */
  private static List<UUID> pending() {
    return relay.pendingOf(ben.id());
  }

  private static Consumer<Map<String, Object>> put(String name, Object value) {
    return message -> message.put(name, value);
  }

  private static Consumer<Map<String, Object>> text(String name, UnaryOperator<String> change) {
    return object -> object.compute(name, (_, text) -> change.apply((String) text));
  }

  private static Consumer<Map<String, Object>> inKey(Consumer<Map<String, Object>> change) {
    return message -> change.accept(Tampering.map(message, SESSION_KEY));
  }

  private static Consumer<Map<String, Object>> key(String name, UnaryOperator<String> change) {
    return inKey(text(name, change));
  }

  private static Consumer<Map<String, Object>> signatures(
      Consumer<List<Map<String, Object>>> change) {
    return message -> change.accept(Tampering.maps(message, SIGNATURES));
  }

  private static void flipIn(Map<String, Object> signature) {
    text("signature", flipped(50)).accept(signature);
  }

  private static UnaryOperator<String> flipped(int at) {
    return text ->
        text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
  }

  private static void weaken(Map<String, Object> key) {
    key.put("capabilities", List.of("v1"));
  }

  private static void nameWeaker(Map<String, Object> message) {
    message.put("crypto_version", "v1");
    message.put("encryption_algorithm", "ECDH-AES256-GCM");
    message.put("kdf_algorithm", "HKDF-SHA256");
  }

  /** All that belongs to the stronger suite is taken off. */
  private static void strip(Map<String, Object> message) {
    nameWeaker(message);
    Map<String, Object> key = Tampering.map(message, SESSION_KEY);
    Set.of("mlkem", "kem_key").forEach(key::remove);
    signatures(all -> all.removeIf(one -> one.get("algorithm").equals("ML-DSA-65")))
        .accept(message);
  }

  private static String id(Person person) {
    return person.id().toString();
  }
}
