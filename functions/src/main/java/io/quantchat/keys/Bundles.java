package io.quantchat.keys;

import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.PublicKey;
import io.quantchat.crypto.Base64Text;
import io.quantchat.crypto.KeyAlgorithm;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.host.Host;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import java.time.Clock;
import java.util.Optional;

/** Publishing bundles, and reading them. */
final class Bundles {

  private final BundleStore store;
  private final AccountStore accounts;
  private final Limits limits;
  private final Clock clock;

  /** The bundles in a host's tables. */
  static Bundles of(Host host) {
    return new Bundles(BundleStore.of(host), AccountStore.of(host), Limits.of(host), host.clock());
  }

  private Bundles(BundleStore store, AccountStore accounts, Limits limits, Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Replaces an account's bundle by the one after it. The same again changes nothing.
   *
   * <p>One of another identity is taken like any other: a server can't tell somebody who lost a
   * device from somebody who stole a password. Clients can, and block until their user agrees.
   *
   * @throws Problem FORBIDDEN for another's, CONFLICT if it isn't the one after the stored one
   * @throws io.quantchat.crypto.RefusedException for a signature or a time that isn't good
   */
  PublishedBundle publish(String userId, SignedBundle signed) {
    if (!signed.bundle().userId().toString().equals(userId)) {
      throw anothers();
    }
    limits.charge(Limit.KEY_UPLOADS, userId, 1);
    signed.verify(clock.instant());
    var bundle = PublishedBundle.of(signed);
    return switch (store.replace(bundle, accounts.showing(userId, legacyKey(signed)))) {
      case BundleStore.Outcome.Replaced replaced -> bundle;
      case BundleStore.Outcome.OutOfTurn(Optional<PublishedBundle> stored) ->
          stored.filter(bundle::hasSameContentAs).orElseThrow(() -> outOfTurn(stored));
      case BundleStore.Outcome.NoAccount gone ->
          throw Problem.of(
              Problem.Kind.UNAUTHORIZED, "Your account no longer exists: register again.");
      case BundleStore.Outcome.Contended contended ->
          throw Problem.of(
              Problem.Kind.CONFLICT,
              "Your account is being changed by another request: send this one again.");
    };
  }

  /**
   * An account's bundle. One that has expired is shown to its owner alone, who goes on from its
   * version: anybody else would refuse it.
   *
   * @throws Problem NOT_FOUND if there is none
   */
  PublishedBundle find(String userId, String askedBy) {
    return store
        .find(userId, userId.equals(askedBy) ? Read.CONSISTENT : Read.EVENTUAL)
        .filter(bundle -> bundle.isGoodAt(clock.instant()) || userId.equals(askedBy))
        .orElseThrow(Bundles::noKeys);
  }

  static Problem noKeys() {
    return Problem.of(
        Problem.Kind.NOT_FOUND,
        "This account has no keys at present: they appear when its owner's program next connects.");
  }

  static Problem anothers() {
    return Problem.of(
        Problem.Kind.FORBIDDEN, "These are another account's keys: publish your own.");
  }

  private static Problem outOfTurn(Optional<PublishedBundle> stored) {
    long version = stored.map(PublishedBundle::version).orElse(0L);
    return Problem.of(
        Problem.Kind.CONFLICT,
        "The stored bundle is of version "
            + version
            + ": read it, and publish version "
            + (version + 1)
            + ".");
  }

  /**
   * The one key of its bundle that an account shows: the active P-256 key, and no other. Each send
   * reads the recipient's account, each list of contacts up to 5,000 of them; post-quantum keys
   * would make them twenty times as large.
   */
  private static PublicKey legacyKey(SignedBundle signed) {
    ListedKey key =
        signed
            .bundle()
            .keys()
            .primary(KeyAlgorithm.ECDH_P256)
            .orElseThrow(() -> new IllegalStateException("A bundle has a signed prekey"));
    return new PublicKey(
        key.id().text(),
        key.algorithm(),
        Base64Text.encode(key.data()),
        Times.format(key.created()),
        key.status().wireName());
  }
}
