package io.quantchat.crypto;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The content of {@code encrypted_session_key}. No member alone opens {@code wrap}.
 *
 * @param ephemeral E
 * @param ciphertext the KEM's, 1088 bytes; in suites that encapsulate
 * @param wrap the content key, sealed, 48 bytes
 * @param bundleVersion which of the recipient's bundles the sender had
 * @param capabilities the sender's
 */
public record SessionKey(
    EcdhPublicKey ephemeral,
    Optional<byte[]> ciphertext,
    byte[] wrap,
    PrekeyIds prekeys,
    long bundleVersion,
    Capabilities capabilities) {

  static final String FIELD = "encrypted_session_key.";
  static final String ECDH = "ecdh";
  static final String ML_KEM = "mlkem";
  static final String WRAP = "wrap";
  static final String SPK = "spk";
  static final String OPK = "opk";
  static final String KEM_KEY = "kem_key";
  static final String BUNDLE = "bundle";
  static final String CAPABILITIES = "capabilities";

  /**
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public SessionKey {
    ciphertext.ifPresent(
        bytes ->
            RefusedException.requireSize(
                FIELD + ML_KEM, bytes.length, MlKemPublicKey.CIPHERTEXT_SIZE));
    RefusedException.requireSize(FIELD + WRAP, wrap.length, KeyWrap.SIZE);
  }

  /**
   * @throws RefusedException MISSING or UNEXPECTED
   */
  void requireShapeOf(Suite suite) {
    boolean needed = suite.agreement().encapsulates();
    Refusal refusal = needed ? Refusal.MISSING : Refusal.UNEXPECTED;
    RefusedException.require(ciphertext.isPresent() == needed, refusal, FIELD + ML_KEM);
    RefusedException.require(prekeys.kem().isPresent() == needed, refusal, FIELD + KEM_KEY);
  }

  /** As it goes out. */
  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(ECDH, Base64Text.encode(ephemeral.encoded()));
    ciphertext.ifPresent(bytes -> map.put(ML_KEM, Base64Text.encode(bytes)));
    map.put(WRAP, Base64Text.encode(wrap));
    map.put(SPK, prekeys.signedPrekey().text());
    prekeys.oneTime().ifPresent(id -> map.put(OPK, id.text()));
    prekeys.kem().ifPresent(id -> map.put(KEM_KEY, id.text()));
    map.put(BUNDLE, bundleVersion);
    map.put(CAPABILITIES, capabilities.names());
    return map;
  }

  static SessionKey from(WireFields fields) {
    int pointSize = KeyAlgorithm.ECDH_P256.publicKeySize();
    return new SessionKey(
        new EcdhPublicKey(fields.bytes(ECDH, pointSize)),
        fields.has(ML_KEM)
            ? Optional.of(fields.bytes(ML_KEM, MlKemPublicKey.CIPHERTEXT_SIZE))
            : Optional.empty(),
        fields.bytes(WRAP, KeyWrap.SIZE),
        new PrekeyIds(
            fields.keyId(SPK),
            fields.has(OPK) ? Optional.of(fields.keyId(OPK)) : Optional.empty(),
            fields.has(KEM_KEY) ? Optional.of(fields.keyId(KEM_KEY)) : Optional.empty()),
        fields.number(BUNDLE),
        new Capabilities(fields.texts(CAPABILITIES, Capabilities.MOST)));
  }
}
