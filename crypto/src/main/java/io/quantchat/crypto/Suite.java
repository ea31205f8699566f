package io.quantchat.crypto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The registry: everything that a message's {@code crypto_version} stands for, weakest first. A new
 * suite is a new line here, and a class that agrees on its key material.
 */
@SuppressWarnings("ImmutableEnumChecker") // Agreements have no state, lists are List.of.
public enum Suite {
  V1(
      "v1",
      "ECDH-AES256-GCM",
      Kdf.HKDF_SHA256,
      Hash.SHA_256,
      "QuantChat-v1-msg",
      new ClassicalAgreement(),
      SignatureAlgorithm.ECDSA_P256_SHA256),
  V2(
      "v2",
      "ML-KEM-768-AES256-GCM",
      Kdf.HKDF_SHA3_256,
      Hash.SHA3_256,
      "QuantChat-v2-msg",
      new HybridAgreement(),
      SignatureAlgorithm.ECDSA_P256_SHA256,
      SignatureAlgorithm.ML_DSA_65);

  private final String version;
  private final String encryptionAlgorithm;
  private final Kdf kdf;
  private final Hash hash;
  private final String label;
  private final KeyAgreement agreement;
  private final List<SignatureAlgorithm> signatures;

  Suite(
      String version,
      String encryptionAlgorithm,
      Kdf kdf,
      Hash hash,
      String label,
      KeyAgreement agreement,
      SignatureAlgorithm... signatures) {
    this.version = version;
    this.encryptionAlgorithm = encryptionAlgorithm;
    this.kdf = kdf;
    this.hash = hash;
    this.label = label;
    this.agreement = agreement;
    this.signatures = List.of(signatures);
  }

  /**
   * The suite of a message.
   *
   * @throws RefusedException UNKNOWN_SUITE, naming what isn't known; MIXED_SUITE
   */
  static Suite of(String version, String encryptionAlgorithm, String kdfAlgorithm) {
    List<SuiteNames> known = Arrays.stream(values()).map(Suite::names).toList();
    return values()[new SuiteNames(version, encryptionAlgorithm, kdfAlgorithm).placeIn(known)];
  }

  private SuiteNames names() {
    return new SuiteNames(version, encryptionAlgorithm, kdf.wireName());
  }

  static Stream<Suite> strongestFirst() {
    return Arrays.stream(values()).sorted(Comparator.reverseOrder());
  }

  /** The strongest of the suites that capabilities name. */
  static Optional<Suite> strongestOf(Capabilities capabilities) {
    return strongestFirst().filter(capabilities::include).findFirst();
  }

  static boolean anyEncapsulates(Capabilities capabilities) {
    return Arrays.stream(values())
        .anyMatch(suite -> suite.agreement.encapsulates() && capabilities.include(suite));
  }

  /** Its name in {@code crypto_version}, and in capabilities. */
  public String version() {
    return version;
  }

  /** Its name in {@code encryption_algorithm}. */
  public String encryptionAlgorithm() {
    return encryptionAlgorithm;
  }

  public Kdf kdf() {
    return kdf;
  }

  Hash hash() {
    return hash;
  }

  /** The signatures that a message has, no fewer and no more, in this order. */
  List<SignatureAlgorithm> signatures() {
    return signatures;
  }

  boolean isWeakerThan(Suite other) {
    return compareTo(other) < 0;
  }

  /** The first field of all that is hashed for a message. */
  String label() {
    return label;
  }

  KeyAgreement agreement() {
    return agreement;
  }
}
