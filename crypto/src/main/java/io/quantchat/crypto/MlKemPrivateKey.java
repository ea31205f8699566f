package io.quantchat.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;

/** A decapsulation key of ML-KEM-768 (FIPS 203). Kept as its seed d‖z. */
public final class MlKemPrivateKey implements PrivateKey {

  static final int SEED_SIZE = 64;

  private final Secret seed;
  private final MLKEMPrivateKeyParameters key;
  private final MlKemPublicKey publicKey;

  private MlKemPrivateKey(byte[] owned) {
    RefusedException.requireSize(KeyAlgorithm.ML_KEM_768.wireName(), owned.length, SEED_SIZE);
    this.seed = Secret.owning(owned);
    this.key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, owned);
    this.publicKey = new MlKemPublicKey(key.getPublicKey());
  }

  public static MlKemPrivateKey generate(SecureRandom random) {
    var seed = new byte[SEED_SIZE];
    random.nextBytes(seed);
    return new MlKemPrivateKey(seed);
  }

  /**
   * @param seed 64 bytes
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public static MlKemPrivateKey of(Secret seed) {
    return new MlKemPrivateKey(seed.bytes().clone());
  }

  @Override
  public MlKemPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Secret toSecret() {
    return Secret.copyOf(seed.bytes());
  }

  /**
   * The secret in the ciphertext. For a forged one it is another, without a sign of it (implicit
   * rejection, FIPS 203 §6.3). The caller closes it.
   *
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  Secret decapsulate(byte[] ciphertext) {
    RefusedException.requireSize(
        "ML-KEM-768 ciphertext", ciphertext.length, MlKemPublicKey.CIPHERTEXT_SIZE);
    return Secret.owning(new MLKEMExtractor(key).extractSecret(ciphertext));
  }

  @Override
  public void close() {
    seed.close();
    key.destroy();
  }
}
