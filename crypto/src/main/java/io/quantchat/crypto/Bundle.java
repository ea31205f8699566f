package io.quantchat.crypto;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * An account's word on itself: its keys and what its program can do.
 *
 * @param version from 1, one higher each time; see {@link #HIGHEST_VERSION}
 * @param created milliseconds
 * @param expires milliseconds; at most {@link #LONGEST_LIFE} after
 * @param keys an active key of each algorithm of identities, an active signed prekey, and an active
 *     last-resort key where a suite of the capabilities encapsulates
 */
public record Bundle(
    UUID userId,
    long version,
    Instant created,
    Instant expires,
    Capabilities capabilities,
    KeySet keys) {

  /** How long a server can go on showing a bundle that its owner has replaced. */
  public static final Duration LONGEST_LIFE = Duration.ofDays(30);

  /**
   * The highest version that is reached by making bundles, were it one each millisecond of 8,900
   * years. One above was talked into its owner's program by a server, and is taken for older than
   * any up to this one, so that its owner comes back from it.
   */
  public static final long HIGHEST_VERSION = 1L << 48;

  static final String LABEL = "QuantChat-bundle-v1";

  /**
   * @throws RefusedException MALFORMED for a version or times out of bounds, MISSING for a key
   */
  public Bundle {
    WireTime.requireMilliseconds(created);
    WireTime.requireMilliseconds(expires);
    RefusedException.require(
        version >= 1 && version <= WireFields.LARGEST_NUMBER, Refusal.MALFORMED, "bundle_version");
    Duration life = Duration.between(created, expires);
    RefusedException.require(
        life.isPositive() && life.compareTo(LONGEST_LIFE) <= 0, Refusal.MALFORMED, "expires_at");
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      boolean needed = algorithm != KeyAlgorithm.ML_KEM_768 || Suite.anyEncapsulates(capabilities);
      RefusedException.require(
          !needed || keys.primary(algorithm).isPresent(), Refusal.MISSING, "keys");
    }
  }

  /** Whether a version is one that is reached by making bundles. */
  public static boolean isReached(long version) {
    return version <= HIGHEST_VERSION;
  }

  /**
   * Whether a version is older than another of the same identity: lower, or out of reach where the
   * other isn't.
   */
  public static boolean isOlder(long version, long other) {
    return isReached(version) == isReached(other) ? version < other : isReached(other);
  }

  /** The keys that sign it. */
  public Identity identity() {
    return new Identity(
        (EcdsaPublicKey) primary(KeyAlgorithm.ECDSA_P256),
        (MlDsaPublicKey) primary(KeyAlgorithm.ML_DSA_65));
  }

  EcdhPublicKey signedPrekey() {
    return (EcdhPublicKey) primary(KeyAlgorithm.ECDH_P256);
  }

  /**
   * @throws RefusedException MISSING where it has none
   */
  MlKemPublicKey lastResort() {
    return (MlKemPublicKey) primary(KeyAlgorithm.ML_KEM_768);
  }

  /** The bytes that are signed, and that stand for the bundle in a message. */
  Transcript transcript() {
    return new Transcript()
        .add(LABEL)
        .add(userId)
        .add(version)
        .add(created)
        .add(expires)
        .addAll(capabilities.names())
        .add(keys.transcript());
  }

  boolean hasSameContentAs(Bundle other) {
    return Arrays.equals(transcript().toBytes(), other.transcript().toBytes());
  }

  private PublicKey primary(KeyAlgorithm algorithm) {
    return keys.primary(algorithm)
        .flatMap(ListedKey::key)
        .orElseThrow(() -> new RefusedException(Refusal.MISSING, algorithm.wireName()));
  }
}
