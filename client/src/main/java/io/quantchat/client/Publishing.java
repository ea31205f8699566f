package io.quantchat.client;

import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.KeyDirectory;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SignedBundle;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * Brings the account's own bundles to the directory, which takes a version once, each one higher
 * than the last. What it claims to have is believed where this identity signed it, and of another
 * identity's within bounds: a version can't be taken back.
 */
final class Publishing {

  /** So many versions in one go that another program of this account may have published. */
  private static final long LONGEST_JUMP = 1L << 16;

  /** The first version after one that a server talked this store into. */
  private static final long AFTER_SPOILT = 1L << 32;

  /** So many versions that a directory has forgotten are published again. */
  private static final int MOST_TRIES = 50;

  private final UUID userId;
  private final LocalStore store;
  private final KeyDirectory directory;
  private final Surroundings surroundings;
  private final IdentityKeys identity;

  Publishing(
      UUID userId,
      LocalStore store,
      KeyDirectory directory,
      Surroundings surroundings,
      IdentityKeys identity) {
    this.userId = userId;
    this.store = store;
    this.directory = directory;
    this.surroundings = surroundings;
    this.identity = identity;
  }

  /**
   * The version to make after this one, or to make first.
   *
   * @throws RefusedException where what the directory claims can't be
   */
  long next(Optional<SignedBundle> latest) {
    long own = latest.map(bundle -> bundle.bundle().version()).orElse(0L);
    if (own > 0 && Bundle.isReached(own)) {
      return store.ownBundles().isPublished(own) ? own + 1 : own;
    }
    long there = believed(there(), 0);
    return (own > 0 && there == 0 ? AFTER_SPOILT : there) + 1;
  }

  /**
   * Publishes a bundle. The directory's refusal may be the echo of an answer that was lost.
   *
   * @param making makes a bundle of a version, and keeps it
   * @throws RefusedException where what the directory claims can't be
   */
  void publish(SignedBundle made, LongFunction<SignedBundle> making) {
    surroundings.at(Step.BUNDLE_KEPT);
    SignedBundle newest = made;
    SignedBundle current = made;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      long version = current.bundle().version();
      if (directory.publish(current)) {
        settled(version);
      } else {
        Optional<SignedBundle> there = there();
        if (isThat(there, current)) {
          settled(version);
        } else {
          long known = believed(there, newest.bundle().version());
          if (known + 1 == version) {
            // Another program of this account is at it: the next upkeep tries again.
            return;
          }
          newest = succeeding(known, newest, making);
          version = known;
        }
      }
      if (version == newest.bundle().version()) {
        return;
      }
      current = filling(version + 1, newest);
    }
  }

  private void settled(long version) {
    surroundings.at(Step.BUNDLE_PUBLISHED);
    store.ownBundles().published(version);
  }

  /** What is to be published where the directory has that version: the own store's comes first. */
  private SignedBundle succeeding(
      long there, SignedBundle newest, LongFunction<SignedBundle> making) {
    if (there < store.ownBundles().highestPublished()) {
      // It has forgotten what others know: all of it follows, up to the newest.
      requireBelievable(newest.bundle().version() - there <= MOST_TRIES);
      return newest;
    }
    return store.transaction(
        () -> {
          store.ownBundles().dropUnpublishedAbove(there);
          return making.apply(there + 1);
        });
  }

  /** A version on the way to the newest: as it was, or what the newest says under its number. */
  private SignedBundle filling(long version, SignedBundle newest) {
    if (version == newest.bundle().version()) {
      return newest;
    }
    return store
        .ownBundles()
        .find(version)
        .filter(kept -> surroundings.now().isBefore(kept.bundle().expires()))
        .orElseGet(
            () -> {
              Bundle like = newest.bundle();
              return SignedBundle.sign(
                  new Bundle(
                      userId,
                      version,
                      like.created(),
                      like.expires(),
                      like.capabilities(),
                      like.keys()),
                  identity,
                  surroundings.random());
            });
  }

  private Optional<SignedBundle> there() {
    return directory.bundle(userId, 0);
  }

  private static boolean isThat(Optional<SignedBundle> there, SignedBundle bundle) {
    return there.filter(found -> found.toMap().equals(bundle.toMap())).isPresent();
  }

  /**
   * The version of what the directory says it has; 0 for nothing.
   *
   * @param own the newest version of this store
   */
  private long believed(Optional<SignedBundle> there, long own) {
    if (there.isEmpty()) {
      return 0;
    }
    Bundle bundle = there.get().bundle();
    if (!bundle.userId().equals(userId)) {
      throw new RefusedException(Refusal.WRONG_USER, "bundle");
    }
    there.get().verifySignatures();
    boolean isOwn = bundle.identity().equals(identity.identity());
    if (isOwn && !Bundle.isReached(bundle.version())) {
      // This program was talked into it: whatever comes after it is taken in its place.
      return own > 0 ? own - 1 : AFTER_SPOILT;
    }
    long highest = own == 0 ? Bundle.HIGHEST_VERSION / 2 : own + LONGEST_JUMP;
    requireBelievable(isOwn || bundle.version() <= highest);
    return bundle.version();
  }

  private static void requireBelievable(boolean condition) {
    if (!condition) {
      throw new RefusedException(Refusal.UNEXPECTED, "bundle_version");
    }
  }
}
