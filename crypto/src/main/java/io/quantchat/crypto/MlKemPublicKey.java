package io.quantchat.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.DestroyFailedException;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** An encapsulation key of ML-KEM-768 (FIPS 203). */
public final class MlKemPublicKey implements PublicKey {

  static final int SIZE = 1184;

  /** Bytes of a ciphertext. */
  static final int CIPHERTEXT_SIZE = 1088;

  /** Bytes of a shared secret, and of the randomness that goes into it. */
  static final int SECRET_SIZE = 32;

  private final byte[] encoded;
  private final MLKEMPublicKeyParameters key;

  /** A secret, and the ciphertext that brings it to the owner of the key. */
  record Encapsulation(Secret secret, byte[] ciphertext) {}

  /**
   * @param encoded 1184 bytes whose coefficients are all below the modulus (FIPS 203 §7.2)
   * @throws RefusedException TRUNCATED, EXTENDED or INVALID_KEY
   */
  MlKemPublicKey(byte[] encoded) {
    String name = KeyAlgorithm.ML_KEM_768.wireName();
    RefusedException.requireSize(name, encoded.length, SIZE);
    try {
      this.key = new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, encoded);
    } catch (IllegalArgumentException coefficientTooLarge) {
      throw new RefusedException(Refusal.INVALID_KEY, name);
    }
    this.encoded = encoded.clone();
  }

  @Override
  public KeyAlgorithm algorithm() {
    return KeyAlgorithm.ML_KEM_768;
  }

  @Override
  public byte[] encoded() {
    return encoded.clone();
  }

  /** Takes 32 bytes of randomness; the caller closes the secret. */
  Encapsulation encapsulate(SecureRandom random) {
    var randomness = new byte[SECRET_SIZE];
    random.nextBytes(randomness);
    SecretWithEncapsulation made = MLKEMGenerator.internalGenerateEncapsulated(key, randomness);
    Arrays.fill(randomness, (byte) 0);
    var encapsulation = new Encapsulation(Secret.owning(made.getSecret()), made.getEncapsulation());
    try {
      made.destroy();
    } catch (DestroyFailedException neverThrown) {
      throw new IllegalStateException(neverThrown);
    }
    return encapsulation;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MlKemPublicKey same && Arrays.equals(encoded, same.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
