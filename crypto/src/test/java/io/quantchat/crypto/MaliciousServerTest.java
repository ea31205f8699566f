package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The server tries everything that it can do, with bundles, prekeys and messages: it can withhold,
 * but never bring two people, silently, to anything weaker than they had.
 */
class MaliciousServerTest {

  private static final Capabilities CLASSICAL = Capabilities.of(Suite.V1);

  private final Person ann = Person.named("ann");
  private final Person ben = Person.named("ben");
  private int sent;

  @Test
  void noBundleThatItCanShowLeadsToASilentDowngrade() {
    SignedBundle weakOnce = new Person("ben", CLASSICAL).signedBundle;
    Person impostor = PeerTest.impostorOf(ben);
    SignedBundle old = ben.signedBundle;
    SignedBundle current = ben.publish(Capabilities.ofThisProgram());
    Peer peer = send(Peer.pin(ben.userId, current, ann.now), Optional.empty()).peer();
    Map<String, Object> honest = current.toMap();

    Map<String, Map<String, Object>> shown = new LinkedHashMap<>();
    shown.put("strips the KEM key", withoutKeys(honest, "ML-KEM-768"));
    shown.put("strips the lattice identity", withoutKeys(honest, "ML-DSA-65"));
    shown.put("strips a capability", Messages.with(honest, List.of("v1"), "capabilities"));
    shown.put(
        "strips key and capability",
        withoutKeys(Messages.with(honest, List.of("v1"), "capabilities"), "ML-KEM-768"));
    shown.put("replays an old bundle", old.toMap());
    shown.put("replays a weak bundle", weakOnce.toMap());
    shown.put("raises an old version", Messages.with(old.toMap(), 9, "bundle_version"));
    shown.put("swaps the identity", impostor.signedBundle.toMap());
    shown.put("swaps the identity keys only", withImpostorsIdentity(honest, impostor));
    for (Map<String, Object> only : Messages.signatures(honest)) {
      shown.put(
          "keeps only " + only.get("algorithm"),
          Messages.with(honest, List.of(only), "signatures"));
    }
    shown.put("drops all signatures", Messages.with(honest, List.of(), "signatures"));
    shown.put("prolongs it", Messages.with(honest, "2026-03-30T00:00:00.000Z", "expires_at"));

    Map<String, String> outcomes = new LinkedHashMap<>();
    shown.forEach((attack, bundle) -> outcomes.put(attack, outcome(peer, bundle)));
    outcomes.forEach(
        (attack, outcome) -> System.out.println("A server that " + attack + ": " + outcome));

    assertThat(outcomes.values()).noneMatch(outcome -> outcome.equals("sent in V1"));
    assertThat(outcomes)
        .containsEntry("replays an old bundle", "OLDER_BUNDLE")
        .containsEntry("strips a capability", "BAD_SIGNATURE")
        .containsEntry("strips the KEM key", "MISSING")
        .containsEntry("strips key and capability", "BAD_SIGNATURE")
        .containsEntry("swaps the identity", "IDENTITY_CHANGED")
        .containsEntry("keeps only ECDSA-P256-SHA256", "MISSING_SIGNATURE");
    assertThat(outcome(peer, honest)).isEqualTo("sent in V2");
  }

  @Test
  void noPrekeyThatItCanHandOutIsUsedUnsigned() {
    ben.addPrekeys(4);
    Person eve = Person.named("eve");
    eve.addPrekeys(4);
    Peer peer = ann.pin(ben);
    Map<String, Object> first = ben.offers.get(0).toMap();
    Map<String, Object> second = ben.offers.get(1).toMap();
    Map<String, Object> eves = eve.offers.get(0).toMap();
    Map<String, Object> relabelled = Messages.with(eves, ben.userId.toString(), "user_id");

    assertThat(refusalOf(peer, eves)).isEqualTo(Refusal.WRONG_USER);
    assertThat(refusalOf(peer, relabelled)).isEqualTo(Refusal.WRONG_KEY);
    assertThat(refusalOf(peer, Messages.with(first, 1, "index"))).isEqualTo(Refusal.BAD_PROOF);
    assertThat(refusalOf(peer, Messages.with(first, second.get("path"), "path")))
        .isEqualTo(Refusal.BAD_PROOF);
    for (String part : List.of("key_id", "ecdh", "mlkem")) {
      assertThat(refusalOf(peer, Messages.with(first, second.get(part), part)))
          .isEqualTo(Refusal.WRONG_KEY);
    }
    Map<String, Object> evesPair =
        Messages.with(
            Messages.with(
                Messages.with(first, eves.get("key_id"), "key_id"), eves.get("ecdh"), "ecdh"),
            eves.get("mlkem"),
            "mlkem");
    assertThat(refusalOf(peer, evesPair)).isEqualTo(Refusal.BAD_PROOF);
    assertThat(refusalOf(peer, Messages.with(evesPair, eves.get("root"), "root")))
        .isEqualTo(Refusal.BAD_PROOF);
    List<?> path = (List<?>) first.get("path");
    assertThat(refusalOf(peer, Messages.with(first, path.subList(0, 1), "path")))
        .isEqualTo(Refusal.TRUNCATED);
    assertThat(
            refusalOf(
                peer, Messages.with(first, List.of(path.get(0), path.get(1), path.get(0)), "path")))
        .isEqualTo(Refusal.EXTENDED);
    for (int size : new int[] {0, 31, 33, 64}) {
      List<?> resized = List.of(Base64Text.encode(new byte[size]), path.get(1));
      assertThat(refusalOf(peer, Messages.with(first, resized, "path")))
          .isEqualTo(size < 32 ? Refusal.TRUNCATED : Refusal.EXTENDED);
    }
    OfferedPrekey honest = ben.offers.getFirst();
    for (int size : new int[] {31, 33}) {
      List<byte[]> resized = List.of(new byte[size], honest.path().get(1));
      assertThat(
              Messages.refusalBy(
                  () ->
                      new OfferedPrekey(
                          honest.batch(), 0, resized, honest.prekey(), honest.signatures())))
          .isEqualTo(size < 32 ? Refusal.TRUNCATED : Refusal.EXTENDED);
    }
    assertThat(refusalOf(peer, Messages.with(first, 4, "index"))).isEqualTo(Refusal.EXTENDED);
    assertThat(
            refusalOf(
                peer, Messages.with(first, Messages.signatures(first).subList(0, 1), "signatures")))
        .isEqualTo(Refusal.MISSING_SIGNATURE);
    assertThat(send(peer, Optional.of(OfferedPrekey.fromMap(first))).mode())
        .isEqualTo(Mode.SPK_OPK_KEM);
  }

  /**
   * The signatures of a batch are verified once; what is said of another batch is not that batch.
   */
  @Test
  void aBatchThatWasVerifiedVouchesForNoOther() {
    ben.addPrekeys(2);
    MessageSealer sealer = ann.sealer();
    Peer peer = ann.pin(ben);
    sealer.seal(peer, Optional.of(ben.takePrekey()), message(ann));
    Map<String, Object> second = ben.takePrekey().toMap();

    for (String field : List.of("created_at", "batch_id", "count")) {
      Object other =
          switch (field) {
            case "created_at" -> "2026-03-01T12:00:00.001Z";
            case "batch_id" -> Messages.ID.toString();
            default -> 1;
          };
      assertThat(
              Messages.refusalBy(
                  () -> {
                    var offered = OfferedPrekey.fromMap(Messages.with(second, other, field));
                    sealer.seal(peer, Optional.of(offered), message(ann));
                  }))
          .as(field)
          .isIn(Refusal.BAD_SIGNATURE, Refusal.EXTENDED);
    }
    Peer impostor = acceptingTheImpostor(peer);
    assertThat(
            Messages.refusalBy(
                () ->
                    sealer.seal(
                        impostor, Optional.of(OfferedPrekey.fromMap(second)), message(ann))))
        .isEqualTo(Refusal.WRONG_KEY);
    assertThat(sealer.seal(peer, Optional.of(OfferedPrekey.fromMap(second)), message(ann)).mode())
        .isEqualTo(Mode.SPK_OPK_KEM);
  }

  /** Its owner has deleted the private part, or a thief has taken it long ago. */
  @Test
  void aPrekeyThatWasPutAsideForLongIsNotUsed() {
    OfferedPrekey prekey = ben.takePrekey();
    Instant made = ann.now;
    ben.now = made.plus(Duration.ofDays(37));
    ben.publish(Capabilities.ofThisProgram());

    ann.now = ben.now;
    assertThat(Messages.refusalBy(() -> send(ann.pin(ben), Optional.of(prekey))))
        .isEqualTo(Refusal.EXPIRED_PREKEY);
    ann.now = ben.now.minusMillis(1);
    assertThat(send(ann.pin(ben), Optional.of(prekey)).mode()).isEqualTo(Mode.SPK_OPK_KEM);
  }

  @Test
  void aPrekeyFromTheFutureIsNotUsed() {
    Peer peer = ann.pin(ben);
    ben.now = ann.now.plus(Duration.ofMinutes(5)).plusMillis(1);
    OfferedPrekey prekey = ben.takePrekey();

    assertThat(Messages.refusalBy(() -> send(peer, Optional.of(prekey))))
        .isEqualTo(Refusal.EXPIRED_PREKEY);
    ann.now = ann.now.plusMillis(1);
    assertThat(send(peer, Optional.of(prekey)).mode()).isEqualTo(Mode.SPK_OPK_KEM);
  }

  @Test
  void aPrekeyHandedOutTwiceIsUsedOnce() {
    OfferedPrekey prekey = ben.takePrekey();
    Person cem = Person.named("cem");
    Sealed first = send(ann.pin(ben), Optional.of(prekey));
    ann.usedPrekeys.add(prekey.prekey().id());
    Envelope second = cem.sealer().seal(cem.pin(ben), Optional.of(prekey), message(cem)).envelope();

    assertThat(Messages.refusalBy(() -> send(ann.pin(ben), Optional.of(prekey))))
        .isEqualTo(Refusal.REUSED_PREKEY);
    assertThat(ben.opener().open(first.envelope(), ben.pin(ann)).settle(ben::settle))
        .isEqualTo(Messages.TEXT);
    assertThat(Messages.refusalBy(() -> ben.opener().open(second, ben.pin(cem))))
        .isEqualTo(Refusal.UNKNOWN_PREKEY);
  }

  /** It can't tell the recipient a weak bundle of the sender's either. */
  @Test
  void aClassicalMessageBetweenTwoWhoCanDoBetterIsRefusedEvenAtFirstContact() {
    Person weakBen = new Person("ben", CLASSICAL);
    Envelope toWeak =
        ann.sealer()
            .seal(
                Peer.pin(ben.userId, weakBen.signedBundle, ann.now), Optional.empty(), message(ann))
            .envelope();
    ben.signedPrekeys.putAll(weakBen.signedPrekeys);
    ben.statuses.putAll(weakBen.statuses);

    assertThat(toWeak.suite()).isEqualTo(Suite.V1);
    assertThat(Messages.refusalBy(() -> ben.opener().open(toWeak, ben.pin(ann))))
        .isEqualTo(Refusal.DOWNGRADE);
  }

  private String outcome(Peer peer, Map<String, Object> bundle) {
    try {
      Peer learnt = peer.learn(SignedBundle.fromMap(bundle), ann.now);
      return "sent in " + send(learnt, Optional.empty()).envelope().suite();
    } catch (RefusedException refused) {
      return refused.refusal().name();
    }
  }

  private Refusal refusalOf(Peer peer, Map<String, Object> prekey) {
    return Messages.refusalBy(() -> send(peer, Optional.of(OfferedPrekey.fromMap(prekey))));
  }

  private Sealed send(Peer peer, Optional<OfferedPrekey> prekey) {
    return ann.sealer().seal(peer, prekey, message(ann));
  }

  private Peer acceptingTheImpostor(Peer peer) {
    Peer changed = peer.learn(PeerTest.impostorOf(ben).signedBundle, ann.now);
    return changed.acceptIdentity(changed.identityToCompare());
  }

  private OutgoingMessage message(Person sender) {
    return new OutgoingMessage(
        new UUID(9, sent++), sender.now, Messages.TEXT.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> withoutKeys(Map<String, Object> bundle, String algorithm) {
    return withKeys(
        bundle,
        keys -> keys.stream().filter(key -> !key.get("algorithm").equals(algorithm)).toList());
  }

  private static Map<String, Object> withImpostorsIdentity(
      Map<String, Object> bundle, Person impostor) {
    Map<String, Object> impostors = impostor.signedBundle.toMap();
    List<Map<String, Object>> identity =
        keys(impostors).stream().filter(MaliciousServerTest::signs).toList();
    Map<String, Object> swapped =
        withKeys(
            bundle,
            keys -> {
              List<Map<String, Object>> mixed = new ArrayList<>(identity);
              keys.stream().filter(key -> !signs(key)).forEach(mixed::add);
              return mixed;
            });
    return Messages.with(swapped, impostors.get("signatures"), "signatures");
  }

  private static boolean signs(Map<String, Object> key) {
    return key.get("algorithm").equals("ECDSA-P256") || key.get("algorithm").equals("ML-DSA-65");
  }

  private static Map<String, Object> withKeys(
      Map<String, Object> bundle, UnaryOperator<List<Map<String, Object>>> change) {
    return Messages.with(bundle, change.apply(keys(bundle)), "keys");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> keys(Map<String, Object> bundle) {
    return (List<Map<String, Object>>) bundle.get("keys");
  }
}
