package io.quantchat.crypto;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bundle with the signatures that came with it, checked or not. */
public record SignedBundle(Bundle bundle, List<Signature> signatures) {

  /** How far the clocks of two sides may be apart. */
  static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final String FIELD = "bundle";
  private static final String USER_ID = "user_id";
  private static final String VERSION = "bundle_version";
  private static final String CREATED_AT = "created_at";
  private static final String EXPIRES_AT = "expires_at";
  private static final String CAPABILITIES = "capabilities";
  private static final String KEYS = "keys";
  private static final String SIGNATURES = "signatures";

  public SignedBundle {
    signatures = List.copyOf(signatures);
  }

  /**
   * Signs a bundle by the identity that it lists.
   *
   * @throws RefusedException WRONG_KEY where it lists another
   */
  public static SignedBundle sign(Bundle bundle, IdentityKeys keys, SecureRandom random) {
    RefusedException.require(bundle.identity().equals(keys.identity()), Refusal.WRONG_KEY, FIELD);
    return new SignedBundle(bundle, Signature.ofAll(keys, bundle.transcript(), random));
  }

  /**
   * Checks that its own identity signed it and that its time is now. Whether that identity is who
   * it should be is for {@link Peer} to say.
   *
   * @throws RefusedException EXPIRED_BUNDLE, FUTURE_BUNDLE, MISSING_SIGNATURE,
   *     UNEXPECTED_SIGNATURE, WRONG_KEY or BAD_SIGNATURE
   */
  public void verify(Instant now) {
    requireCurrent(now);
    RefusedException.require(
        !bundle.created().isAfter(now.plus(CLOCK_SKEW)), Refusal.FUTURE_BUNDLE, FIELD);
    verifySignatures();
  }

  /**
   * Checks that its own identity signed it, whatever its time is: for who looks after their own.
   *
   * @throws RefusedException MISSING_SIGNATURE, UNEXPECTED_SIGNATURE, WRONG_KEY or BAD_SIGNATURE
   */
  public void verifySignatures() {
    Signature.requireAll(signatures, bundle.identity(), bundle.transcript(), FIELD);
  }

  /**
   * @throws RefusedException EXPIRED_BUNDLE
   */
  void requireCurrent(Instant now) {
    RefusedException.require(now.isBefore(bundle.expires()), Refusal.EXPIRED_BUNDLE, FIELD);
  }

  /** As it goes out. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(USER_ID, bundle.userId().toString());
    map.put(VERSION, bundle.version());
    map.put(CREATED_AT, WireTime.format(bundle.created()));
    map.put(EXPIRES_AT, WireTime.format(bundle.expires()));
    map.put(CAPABILITIES, bundle.capabilities().names());
    map.put(KEYS, bundle.keys().keys().stream().map(ListedKey::toMap).toList());
    map.put(SIGNATURES, signatures.stream().map(Signature::toMap).toList());
    return map;
  }

  /**
   * Reads a bundle, and checks of it all but the signatures and the time.
   *
   * @throws RefusedException what is wrong with it
   */
  public static SignedBundle fromMap(Map<String, ?> map) {
    WireFields fields = WireFields.of(map);
    var bundle =
        new Bundle(
            fields.id(USER_ID),
            fields.number(VERSION),
            fields.time(CREATED_AT),
            fields.time(EXPIRES_AT),
            new Capabilities(fields.texts(CAPABILITIES, Capabilities.MOST)),
            new KeySet(fields.objects(KEYS, KeySet.MOST).stream().map(ListedKey::from).toList()));
    return new SignedBundle(bundle, Signature.listFrom(fields, SIGNATURES));
  }
}
