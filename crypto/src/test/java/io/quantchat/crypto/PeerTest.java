package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is trusted, and with what suite. */
class PeerTest {

  private static final Capabilities BOTH = Capabilities.ofThisProgram();
  private static final Capabilities CLASSICAL = Capabilities.of(Suite.V1);

  private final Person ann = Person.named("ann");
  private final Person ben = Person.named("ben");

  @Test
  void theFirstIdentityIsPinned() {
    Peer peer = ann.pin(ben);

    assertThat(peer.identity()).isEqualTo(ben.identityKeys.identity());
    assertThat(refusalOfPin(ann.userId, ben.signedBundle)).isEqualTo(Refusal.WRONG_USER);
  }

  @Test
  void nobodyIsPinnedByABundleThatIsForgedOrNotOfNow() {
    SignedBundle good = ben.signedBundle;
    var unsigned = new SignedBundle(good.bundle(), List.of());
    var forged = new SignedBundle(good.bundle(), impostorOf(ben).signedBundle.signatures());

    assertThat(refusalOfPin(ben.userId, unsigned)).isEqualTo(Refusal.MISSING_SIGNATURE);
    assertThat(refusalOfPin(ben.userId, forged)).isEqualTo(Refusal.WRONG_KEY);
    List<Signature> signatures = good.signatures();
    for (Signature again : signatures) {
      var twice =
          new SignedBundle(
              good.bundle(), Stream.concat(signatures.stream(), Stream.of(again)).toList());
      assertThat(refusalOfPin(ben.userId, twice)).isEqualTo(Refusal.UNEXPECTED_SIGNATURE);
    }
    ann.now = good.bundle().expires();
    assertThat(refusalOfPin(ben.userId, good)).isEqualTo(Refusal.EXPIRED_BUNDLE);
  }

  @Test
  void aNewerBundleReplacesTheKnownOneAndAnOlderIsRefused() {
    SignedBundle first = ben.signedBundle;
    SignedBundle second = ben.publish(BOTH);

    Peer peer = Peer.pin(ben.userId, first, ann.now).learn(second, ann.now);

    assertThat(peer.bundle()).isEqualTo(second);
    assertThat(peer.learn(second, ann.now)).isEqualTo(peer);
    assertThat(Messages.refusalBy(() -> peer.learn(first, ann.now)))
        .isEqualTo(Refusal.OLDER_BUNDLE);
    assertThat(Messages.refusalBy(() -> peer.learn(ann.signedBundle, ann.now)))
        .isEqualTo(Refusal.WRONG_USER);
  }

  @Test
  void twoBundlesOfOneVersionAreAConflict() {
    Peer peer = ann.pin(ben);
    Bundle bundle = ben.signedBundle.bundle();
    SignedBundle sameVersion =
        ben.publish(
            new Bundle(
                ben.userId,
                bundle.version(),
                bundle.created(),
                bundle.expires(),
                CLASSICAL,
                bundle.keys()));

    assertThat(Messages.refusalBy(() -> peer.learn(sameVersion, ann.now)))
        .isEqualTo(Refusal.CONFLICTING_BUNDLE);
  }

  @Test
  void aVersionThatAServerTalkedSomebodyIntoIsFollowedByWhatTheyMakeAfterIt() {
    SignedBundle before = ben.signedBundle;
    SignedBundle spoilt = ben.publish(likeThat(before.bundle(), WireFields.LARGEST_NUMBER, 1));
    Peer peer = ann.pin(ben).learn(spoilt, ann.now);
    assertThat(Messages.refusalBy(() -> peer.learn(before, ann.now)))
        .isEqualTo(Refusal.OLDER_BUNDLE);
    SignedBundle healed = ben.publish(likeThat(before.bundle(), before.bundle().version() + 1, 2));

    Peer after = peer.learn(healed, ann.now);

    assertThat(after.bundle()).isEqualTo(healed);
    assertThat(Messages.refusalBy(() -> after.learn(spoilt, ann.now)))
        .isEqualTo(Refusal.OLDER_BUNDLE);
    assertThat(Messages.refusalBy(() -> after.learn(before, ann.now)))
        .isEqualTo(Refusal.OLDER_BUNDLE);
  }

  private static Bundle likeThat(Bundle bundle, long version, long laterByMillis) {
    return new Bundle(
        bundle.userId(),
        version,
        bundle.created().plusMillis(laterByMillis),
        bundle.expires(),
        bundle.capabilities(),
        bundle.keys());
  }

  @Test
  void aBundleIsOfNow() {
    Instant expiry = ben.signedBundle.bundle().expires();

    assertThat(Messages.refusalBy(() -> ben.signedBundle.verify(expiry)))
        .isEqualTo(Refusal.EXPIRED_BUNDLE);
    ben.signedBundle.verify(expiry.minusMillis(1));
    ben.signedBundle.verify(ben.now.minus(Duration.ofMinutes(5)));
    assertThat(
            Messages.refusalBy(
                () -> ben.signedBundle.verify(ben.now.minus(Duration.ofMinutes(5)).minusMillis(1))))
        .isEqualTo(Refusal.FUTURE_BUNDLE);
  }

  @Test
  void nothingIsSentUnderAnExpiredBundle() {
    Peer peer = ann.pin(ben);
    ann.now = ben.signedBundle.bundle().expires();

    assertThat(Messages.refusalBy(() -> send(peer))).isEqualTo(Refusal.EXPIRED_BUNDLE);
  }

  @Test
  void aChangedIdentityBlocksSendingUntilTheUserAcceptsIt() {
    Peer pinned = send(ann.pin(ben)).peer();
    Person impostor = impostorOf(ben);

    Peer changed = pinned.learn(impostor.signedBundle, ann.now);

    assertThat(changed.identity()).isEqualTo(ben.identityKeys.identity());
    assertThat(Messages.refusalBy(() -> send(changed))).isEqualTo(Refusal.IDENTITY_CHANGED);
    Peer accepted = changed.acceptIdentity(impostor.identityKeys.identity());
    assertThat(accepted.identity()).isEqualTo(impostor.identityKeys.identity());
    assertThat(accepted.floor()).isEqualTo(Suite.V2);
    assertThat(send(accepted).envelope().suite()).isEqualTo(Suite.V2);
    assertThatThrownBy(() -> accepted.acceptIdentity(accepted.identity()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWaitingIdentitysBundlesOnlyGetNewer() {
    Person impostor = impostorOf(ben);
    Peer pinned = ann.pin(ben);
    SignedBundle older = impostor.signedBundle;
    SignedBundle newer =
        impostor.publish(
            new Bundle(
                ben.userId,
                older.bundle().version() + 1,
                older.bundle().created(),
                older.bundle().expires(),
                CLASSICAL,
                older.bundle().keys()));
    Peer changed = pinned.learn(older, ann.now);
    assertThat(changed.learn(older, ann.now)).isEqualTo(changed);

    Peer later = changed.learn(newer, ann.now);

    assertThat(later.changed()).contains(newer);
    assertThat(Messages.refusalBy(() -> later.learn(older, ann.now)))
        .isEqualTo(Refusal.OLDER_BUNDLE);
    SignedBundle other = impostorOf(ben, "another").signedBundle;
    assertThat(later.learn(other, ann.now).changed()).contains(other);
  }

  @Test
  void onlyTheIdentityThatWasComparedIsAccepted() {
    Peer pinned = ann.pin(ben);
    Person first = impostorOf(ben);
    Person second = impostorOf(ben, "another");
    assertThat(pinned.identityToCompare()).isEqualTo(pinned.identity());
    Peer changed = pinned.learn(first.signedBundle, ann.now);
    Identity compared = changed.identityToCompare();
    assertThat(compared).isEqualTo(first.identityKeys.identity());

    Peer changedAgain = changed.learn(second.signedBundle, ann.now);

    assertThat(Messages.refusalBy(() -> changedAgain.acceptIdentity(compared)))
        .isEqualTo(Refusal.IDENTITY_CHANGED);
    assertThat(Messages.refusalBy(() -> changedAgain.acceptIdentity(pinned.identity())))
        .isEqualTo(Refusal.IDENTITY_CHANGED);
    assertThat(changed.acceptIdentity(compared).identity()).isEqualTo(compared);
  }

  @Test
  void thePinnedIdentityComingBackUnblocksSending() {
    Peer changed = ann.pin(ben).learn(impostorOf(ben).signedBundle, ann.now);

    Peer back = changed.learn(ben.signedBundle, ann.now);

    assertThat(send(back).envelope().suite()).isEqualTo(Suite.V2);
  }

  @Test
  void afterAHybridMessageAClassicalOneTakesANewerBundleAndTheUsersConsent() {
    Peer before = ann.pin(ben);
    Peer after = send(before).peer();
    assertThat(after.floor()).isEqualTo(Suite.V2);
    assertThat(Messages.refusalBy(after::consentToDowngrade)).isEqualTo(Refusal.DOWNGRADE);

    Peer weaker = after.learn(ben.publish(CLASSICAL), ann.now);

    assertThat(Messages.refusalBy(() -> send(weaker))).isEqualTo(Refusal.DOWNGRADE);
    Peer agreed = weaker.consentToDowngrade();
    assertThat(send(agreed).envelope().suite()).isEqualTo(Suite.V1);
    Peer stronger = agreed.learn(ben.publish(BOTH), ann.now);
    assertThat(send(stronger).envelope().suite()).isEqualTo(Suite.V2);
  }

  /** The bundle may have been made before the program that wrote the strong message. */
  @Test
  void theBundleThatCameBeforeAHybridMessageIsNoGroundForADowngrade() {
    SignedBundle weak = ben.publish(CLASSICAL);
    ben.capabilities = BOTH;
    Envelope hybrid =
        ben.sealer().seal(ben.pin(ann), Optional.empty(), message(new UUID(1, 2))).envelope();
    Peer peer =
        ann.opener().open(hybrid, Peer.pin(ben.userId, weak, ann.now)).settle(Received::sender);
    assertThat(peer.floor()).isEqualTo(Suite.V2);

    assertThat(Messages.refusalBy(peer::consentToDowngrade)).isEqualTo(Refusal.DOWNGRADE);

    Peer stronger = peer.learn(ben.publish(BOTH), ann.now);
    assertThat(Messages.refusalBy(stronger::consentToDowngrade)).isEqualTo(Refusal.DOWNGRADE);
    Peer weakAgain = stronger.learn(ben.publish(CLASSICAL), ann.now);
    assertThat(weakAgain.consentToDowngrade().floor()).isEqualTo(Suite.V1);
  }

  @Test
  void aClassicalMessageFromSomebodyWhoWroteHybridOnesTakesTheSame() {
    Peer floor = send(ann.pin(ben)).peer();
    ben.publish(CLASSICAL);
    Envelope classical =
        ben.sealer().seal(ben.pin(ann), Optional.empty(), message(new UUID(1, 1))).envelope();
    assertThat(classical.suite()).isEqualTo(Suite.V1);

    assertThat(Messages.refusalBy(() -> ann.opener().open(classical, floor)))
        .isEqualTo(Refusal.DOWNGRADE);
    Peer learnt = floor.learn(ben.signedBundle, ann.now);
    assertThat(Messages.refusalBy(() -> ann.opener().open(classical, learnt)))
        .isEqualTo(Refusal.DOWNGRADE);
    Peer agreed = learnt.consentToDowngrade();
    assertThat(ann.opener().open(classical, agreed).settle(ann::settle)).isEqualTo(Messages.TEXT);
  }

  @Test
  void aMessageIsInASuiteThatBothSay() {
    Peer peer = ann.pin(ben);

    peer.requireAcceptable(Suite.V2, BOTH, BOTH);
    assertThat(Messages.refusalBy(() -> peer.requireAcceptable(Suite.V2, CLASSICAL, BOTH)))
        .isEqualTo(Refusal.UNEXPECTED);
    assertThat(Messages.refusalBy(() -> peer.requireAcceptable(Suite.V2, BOTH, CLASSICAL)))
        .isEqualTo(Refusal.UNEXPECTED);
  }

  /** Signed with the message or with the bundle: the stronger word counts. */
  @Test
  void aClassicalMessageOfSomebodyWhoSaysAnywhereThatTheyCanDoBetterIsRefused() {
    Peer strong = ann.pin(ben);
    ben.publish(CLASSICAL);
    Peer weak = ann.pin(ben);

    assertThat(Messages.refusalBy(() -> weak.requireAcceptable(Suite.V1, BOTH, BOTH)))
        .isEqualTo(Refusal.DOWNGRADE);
    assertThat(Messages.refusalBy(() -> strong.requireAcceptable(Suite.V1, CLASSICAL, BOTH)))
        .isEqualTo(Refusal.DOWNGRADE);
    weak.requireAcceptable(Suite.V1, CLASSICAL, BOTH);
  }

  @Test
  void openingAHybridMessageIsRemembered() {
    Envelope envelope =
        ben.sealer().seal(ben.pin(ann), Optional.empty(), message(Messages.ID)).envelope();

    Peer sender = ann.opener().open(envelope, ann.pin(ben)).settle(Received::sender);

    assertThat(sender.floor()).isEqualTo(Suite.V2);
    assertThat(sender.floorVersion()).isEqualTo(1);
  }

  @Test
  void somebodyWithNoSuiteInCommonIsNotWrittenTo() {
    Bundle bundle = ben.signedBundle.bundle();
    SignedBundle future =
        ben.publish(
            new Bundle(
                ben.userId,
                2,
                bundle.created(),
                bundle.expires(),
                new Capabilities(List.of("v7")),
                bundle.keys()));

    assertThat(Messages.refusalBy(() -> send(Peer.pin(ben.userId, future, ann.now))))
        .isEqualTo(Refusal.NO_COMMON_SUITE);
  }

  private Sealed send(Peer peer) {
    return ann.sealer().seal(peer, Optional.empty(), message(Messages.ID));
  }

  private OutgoingMessage message(UUID id) {
    return new OutgoingMessage(id, ann.now, Messages.TEXT.getBytes(StandardCharsets.UTF_8));
  }

  private Refusal refusalOfPin(UUID userId, SignedBundle bundle) {
    return Messages.refusalBy(() -> Peer.pin(userId, bundle, ann.now));
  }

  /** Keys of somebody else's under the user's id: what a server can always make. */
  static Person impostorOf(Person victim) {
    return impostorOf(victim, "impostor");
  }

  private static Person impostorOf(Person victim, String name) {
    Person impostor = Person.named(name);
    Bundle bundle = impostor.signedBundle.bundle();
    impostor.publish(
        new Bundle(
            victim.userId,
            victim.signedBundle.bundle().version() + 1,
            bundle.created(),
            bundle.expires(),
            bundle.capabilities(),
            bundle.keys()));
    return impostor;
  }
}
