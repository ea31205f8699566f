package io.quantchat.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** Verifies ML-DSA-65 (FIPS 204, pure, empty context). */
public final class MlDsaPublicKey implements VerifyingKey {

  static final int SIZE = 1952;

  private final byte[] encoded;
  private final KeyId id;
  private final MLDSAPublicKeyParameters key;

  /**
   * @param encoded 1952 bytes; each value of this size is a key
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  MlDsaPublicKey(byte[] encoded) {
    RefusedException.requireSize(KeyAlgorithm.ML_DSA_65.wireName(), encoded.length, SIZE);
    this.encoded = encoded.clone();
    this.id = KeyId.of(KeyAlgorithm.ML_DSA_65.wireName(), encoded);
    this.key = new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, encoded);
  }

  @Override
  public KeyId id() {
    return id;
  }

  @Override
  public KeyAlgorithm algorithm() {
    return KeyAlgorithm.ML_DSA_65;
  }

  @Override
  public SignatureAlgorithm signatureAlgorithm() {
    return SignatureAlgorithm.ML_DSA_65;
  }

  @Override
  public byte[] encoded() {
    return encoded.clone();
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != signatureAlgorithm().signatureSize()) {
      return false;
    }
    var verifier = new MLDSASigner();
    verifier.init(false, key);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MlDsaPublicKey same && Arrays.equals(encoded, same.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
