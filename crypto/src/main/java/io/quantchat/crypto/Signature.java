package io.quantchat.crypto;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One signature on a bundle or a batch.
 *
 * @param keyId the identity key that made it
 * @param bytes of the algorithm's size
 */
public record Signature(SignatureAlgorithm algorithm, KeyId keyId, byte[] bytes) {

  static final String ALGORITHM = "algorithm";
  static final String KEY_ID = "key_id";
  static final String SIGNATURE = "signature";

  /** Signatures of today, and as many of algorithms to come. */
  static final int MOST = 8;

  /**
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public Signature {
    RefusedException.requireSize(SIGNATURE, bytes.length, algorithm.signatureSize());
  }

  /** One signature of each algorithm that identities have. */
  static List<Signature> ofAll(IdentityKeys keys, Transcript signed, SecureRandom random) {
    byte[] message = signed.toBytes();
    return List.of(SignatureAlgorithm.values()).stream()
        .map(algorithm -> of(keys.key(algorithm), message, random))
        .toList();
  }

  static Signature of(SigningKey key, byte[] message, SecureRandom random) {
    return new Signature(
        key.publicKey().signatureAlgorithm(), key.publicKey().id(), key.sign(message, random));
  }

  /**
   * Requires a good signature of each algorithm that identities have.
   *
   * @param field what a refusal names
   * @throws RefusedException MISSING_SIGNATURE, UNEXPECTED_SIGNATURE for a second one, WRONG_KEY or
   *     BAD_SIGNATURE
   */
  static void requireAll(
      List<Signature> signatures, Identity identity, Transcript signed, String field) {
    byte[] message = signed.toBytes();
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      List<Signature> made =
          signatures.stream().filter(one -> one.algorithm() == algorithm).toList();
      RefusedException.require(!made.isEmpty(), Refusal.MISSING_SIGNATURE, field);
      RefusedException.require(made.size() == 1, Refusal.UNEXPECTED_SIGNATURE, field);
      VerifyingKey key = identity.key(algorithm);
      RefusedException.require(made.getFirst().keyId().equals(key.id()), Refusal.WRONG_KEY, field);
      RefusedException.require(
          key.verifies(message, made.getFirst().bytes()), Refusal.BAD_SIGNATURE, field);
    }
  }

  /** As it goes out. */
  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(ALGORITHM, algorithm.wireName());
    map.put(KEY_ID, keyId.text());
    map.put(SIGNATURE, Base64Text.encode(bytes));
    return map;
  }

  /** Reads a list; signatures of algorithms to come are passed over. */
  static List<Signature> listFrom(WireFields fields, String name) {
    return fields.objects(name, MOST).stream()
        .filter(one -> isKnown(one.text(ALGORITHM)))
        .map(Signature::from)
        .toList();
  }

  private static boolean isKnown(String algorithm) {
    return List.of(SignatureAlgorithm.values()).stream()
        .anyMatch(known -> known.wireName().equals(algorithm));
  }

  static Signature from(WireFields fields) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.named(fields.text(ALGORITHM));
    return new Signature(
        algorithm, fields.keyId(KEY_ID), fields.bytes(SIGNATURE, algorithm.signatureSize()));
  }
}
