package io.quantchat.crypto;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The memory of somebody: who they are, by the identity of their first bundle, and how strong
 * messages with them have been. Each change is a new value for the caller to keep.
 *
 * @param bundle the newest seen, of the pinned identity, verified
 * @param floor no weaker suite is sent or accepted
 * @param floorVersion the version of the bundle when the floor was last reached
 * @param changed a verified bundle of another identity that waits for the user; blocks sending
 */
public record Peer(
    UUID userId,
    SignedBundle bundle,
    Suite floor,
    long floorVersion,
    Optional<SignedBundle> changed) {

  private static final Suite WEAKEST = Suite.V1;
  private static final String FIELD = "bundle";

  /**
   * First contact: trusts the identity and pins it. Comparing safety numbers makes it sure.
   *
   * @throws RefusedException WRONG_USER, or what {@link SignedBundle#verify} says
   */
  public static Peer pin(UUID userId, SignedBundle bundle, Instant now) {
    RefusedException.require(bundle.bundle().userId().equals(userId), Refusal.WRONG_USER, FIELD);
    bundle.verify(now);
    return new Peer(userId, bundle, WEAKEST, 0, Optional.empty());
  }

  /** Who they are. */
  public Identity identity() {
    return bundle.bundle().identity();
  }

  /**
   * Learns a bundle that the server gives. One of another identity isn't used, but kept for the
   * user to accept; nothing is sent until then.
   *
   * @throws RefusedException WRONG_USER, OLDER_BUNDLE, CONFLICTING_BUNDLE, or what {@link
   *     SignedBundle#verify} says
   */
  public Peer learn(SignedBundle offered, Instant now) {
    RefusedException.require(offered.bundle().userId().equals(userId), Refusal.WRONG_USER, FIELD);
    offered.verify(now);
    Identity identity = offered.bundle().identity();
    if (!identity.equals(identity())) {
      changed
          .map(SignedBundle::bundle)
          .filter(waiting -> waiting.identity().equals(identity))
          .ifPresent(waiting -> requireNotBefore(waiting, offered.bundle()));
      return new Peer(userId, bundle, floor, floorVersion, Optional.of(offered));
    }
    requireNotBefore(bundle.bundle(), offered.bundle());
    return new Peer(userId, offered, floor, floorVersion, Optional.empty());
  }

  /**
   * An identity's versions only rise, and it never signs two bundles of one. After a version out of
   * reach comes any that was made later: what a server kept of before is not.
   */
  private static void requireNotBefore(Bundle known, Bundle offered) {
    boolean comesBack = !Bundle.isReached(known.version()) && Bundle.isReached(offered.version());
    RefusedException.require(
        !Bundle.isOlder(offered.version(), known.version())
            && (!comesBack || offered.created().isAfter(known.created())),
        Refusal.OLDER_BUNDLE,
        FIELD);
    RefusedException.require(
        offered.version() != known.version() || offered.hasSameContentAs(known),
        Refusal.CONFLICTING_BUNDLE,
        FIELD);
  }

  /** The identity to compare: the one that waits for the user to accept it, else the pinned one. */
  public Identity identityToCompare() {
    return changed.orElse(bundle).bundle().identity();
  }

  /**
   * The user has accepted the changed identity: it is pinned from now on. The floor stays.
   *
   * @param compared the identity that the user was shown: a server may have shown another since
   * @throws IllegalStateException where none has changed
   * @throws RefusedException IDENTITY_CHANGED where another one waits now
   */
  public Peer acceptIdentity(Identity compared) {
    SignedBundle accepted =
        changed.orElseThrow(() -> new IllegalStateException("No identity has changed"));
    RefusedException.require(
        accepted.bundle().identity().equals(compared), Refusal.IDENTITY_CHANGED, FIELD);
    return new Peer(userId, accepted, floor, 0, Optional.empty());
  }

  /**
   * The user has agreed to weaker messages. That takes a bundle newer than the last strong message,
   * in which the peer says, signed, that its program can do no better.
   *
   * @throws RefusedException DOWNGRADE where there is no such bundle
   */
  public Peer consentToDowngrade() {
    Bundle latest = bundle.bundle();
    Suite best =
        Suite.strongestOf(latest.capabilities())
            .orElseThrow(() -> new RefusedException(Refusal.NO_COMMON_SUITE, FIELD));
    RefusedException.require(
        Bundle.isOlder(floorVersion, latest.version()) && best.isWeakerThan(floor),
        Refusal.DOWNGRADE,
        FIELD);
    return new Peer(userId, bundle, best, latest.version(), changed);
  }

  /**
   * The suite to send in: the strongest that both sides can.
   *
   * @throws RefusedException IDENTITY_CHANGED, NO_COMMON_SUITE, or DOWNGRADE where that is weaker
   *     than before
   */
  Suite suiteToSend(Capabilities own) {
    RefusedException.require(changed.isEmpty(), Refusal.IDENTITY_CHANGED, FIELD);
    Suite best =
        own.bestCommon(bundle.bundle().capabilities())
            .orElseThrow(() -> new RefusedException(Refusal.NO_COMMON_SUITE, FIELD));
    RefusedException.require(!best.isWeakerThan(floor), Refusal.DOWNGRADE, FIELD);
    return best;
  }

  /**
   * Refuses a message in a weaker suite than both sides can, or than before.
   *
   * @param claimed what the sender says it can do, signed with the message
   * @param own what the recipient's bundle said that the sender had
   * @throws RefusedException DOWNGRADE; UNEXPECTED where a side can't do the suite at all
   */
  void requireAcceptable(Suite suite, Capabilities claimed, Capabilities own) {
    RefusedException.require(
        claimed.include(suite) && own.include(suite), Refusal.UNEXPECTED, "crypto_version");
    boolean weaker =
        Stream.of(claimed, bundle.bundle().capabilities())
            .flatMap(theirs -> own.bestCommon(theirs).stream())
            .anyMatch(suite::isWeakerThan);
    RefusedException.require(
        !weaker && !suite.isWeakerThan(floor), Refusal.DOWNGRADE, "crypto_version");
  }

  Peer havingUsed(Suite suite) {
    return suite.isWeakerThan(floor)
        ? this
        : new Peer(userId, bundle, suite, bundle.bundle().version(), changed);
  }
}
