package io.quantchat.crypto;

import java.util.LinkedHashMap;
import java.util.Map;

/** A pair of keys for one message: whoever sends it uses one of them, or both. */
public record OneTimePrekey(EcdhPublicKey ecdh, MlKemPublicKey mlKem) {

  static final String KEY_ID = "key_id";
  private static final String ECDH = "ecdh";
  private static final String ML_KEM = "mlkem";

  /** The pair's name. */
  public KeyId id() {
    return KeyId.of(ecdh, mlKem);
  }

  /** As it goes out. */
  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(KEY_ID, id().text());
    map.put(ECDH, Base64Text.encode(ecdh.encoded()));
    map.put(ML_KEM, Base64Text.encode(mlKem.encoded()));
    return map;
  }

  static OneTimePrekey from(WireFields fields) {
    var prekey =
        new OneTimePrekey(
            new EcdhPublicKey(fields.bytes(ECDH, KeyAlgorithm.ECDH_P256.publicKeySize())),
            new MlKemPublicKey(fields.bytes(ML_KEM, KeyAlgorithm.ML_KEM_768.publicKeySize())));
    RefusedException.require(
        prekey.id().equals(fields.keyId(KEY_ID)), Refusal.WRONG_KEY, fields.pathOf(KEY_ID));
    return prekey;
  }
}
