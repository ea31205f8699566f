package io.quantchat.auth;

import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The keys that sign access tokens. The newest one signs; it is replaced after 90 days, or when an
 * operator says so, and nobody is logged out by that: what the old one signed stays good until it
 * expires.
 *
 * <p>A public half is stored before its private half, so nobody ever signs what others can't check.
 * Two functions that find no key at the same moment make one each: both are good, the newer signs,
 * and the other goes when it is next rolled.
 */
final class SigningKeys {

  /** How long a key may sign. */
  static final Duration LONGEST_USE = Duration.ofDays(90);

  /**
   * How long a key is used before looking whether it still signs. Far less than {@link
   * SigningKeyStore#MARGIN}: what a function signs with a key that was rolled away meanwhile is
   * good for as long as any other token.
   */
  static final Duration KEPT = Duration.ofMinutes(1);

  private record Seen(SigningKey key, Instant seenAt) {}

  private final SigningKeyStore store;
  private final Clock clock;
  private final SecureRandom random;
  private volatile Optional<Seen> lastSeen = Optional.empty();

  /** The keys in a host's tables. */
  static SigningKeys of(Host host) {
    return new SigningKeys(SigningKeyStore.of(host), host.clock(), host.random());
  }

  private SigningKeys(SigningKeyStore store, Clock clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Fetches or makes the key while the function is built. Where the tables can't be reached then,
   * the first use does it: a function that can't be built answers nobody.
   */
  void prime() {
    try {
      current();
    } catch (SdkException notNow) {
      lastSeen = Optional.empty();
    }
  }

  /** The key that signs. */
  SigningKey current() {
    Instant now = clock.instant();
    return fresh(now).orElseGet(() -> look(now));
  }

  /**
   * Makes a new key; every older one signs no more.
   *
   * @return the key that signs from now on
   * @throws IllegalStateException if another roll got in the way and hasn't finished
   */
  synchronized SigningKey roll() {
    Instant now = clock.instant();
    List<SigningKey> old = store.all();
    SigningKey key = old.isEmpty() ? makeFirst(now) : replace(old, now);
    if (old.stream().anyMatch(other -> other.keyId().equals(key.keyId()))) {
      throw new IllegalStateException("The key was not rolled: try again");
    }
    lastSeen = Optional.of(new Seen(key, now));
    return key;
  }

  private Optional<SigningKey> fresh(Instant now) {
    return lastSeen.filter(seen -> now.isBefore(seen.seenAt().plus(KEPT))).map(Seen::key);
  }

  private synchronized SigningKey look(Instant now) {
    Optional<SigningKey> fresh = fresh(now);
    if (fresh.isPresent()) {
      return fresh.get(); // Another thread looked while this one waited.
    }
    List<SigningKey> stored = store.all();
    SigningKey key = newest(stored).orElseGet(() -> makeFirst(now));
    if (!now.isBefore(key.createdAt().plus(LONGEST_USE))) {
      key = replace(stored, now);
    }
    lastSeen = Optional.of(new Seen(key, now));
    return key;
  }

  private SigningKey makeFirst(Instant now) {
    KeyPair pair = generate();
    SigningKey key = keyOf(pair, now);
    store.addPublicHalf(key.keyId(), pair.getPublic());
    store.addPrivateHalf(key);
    return key;
  }

  /**
   * Puts a new key in the place of these. Where it fails after the public half was stored, that
   * half stays and is of no use to anyone: its private half is nowhere.
   */
  private SigningKey replace(List<SigningKey> old, Instant now) {
    KeyPair pair = generate();
    SigningKey key = keyOf(pair, now);
    store.addPublicHalf(key.keyId(), pair.getPublic());
    if (store.replace(old, key, now)) {
      return key;
    }
    return newest(store.all()).orElseGet(() -> makeFirst(now));
  }

  private SigningKey keyOf(KeyPair pair, Instant now) {
    return new SigningKey(Ids.random(random), (ECPrivateKey) pair.getPrivate(), now);
  }

  private static Optional<SigningKey> newest(List<SigningKey> keys) {
    return keys.stream()
        .max(Comparator.comparing(SigningKey::createdAt).thenComparing(SigningKey::keyId));
  }

  private KeyPair generate() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every JDK has P-256", missing);
    }
  }
}
