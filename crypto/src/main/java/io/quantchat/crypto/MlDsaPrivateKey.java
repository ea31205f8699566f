package io.quantchat.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** Signs with ML-DSA-65 (FIPS 204, pure, hedged, empty context). Kept as its seed ξ. */
public final class MlDsaPrivateKey implements SigningKey {

  static final int SEED_SIZE = 32;

  private final Secret seed;
  private final MLDSAPrivateKeyParameters key;
  private final MlDsaPublicKey publicKey;

  private MlDsaPrivateKey(byte[] owned) {
    RefusedException.requireSize(KeyAlgorithm.ML_DSA_65.wireName(), owned.length, SEED_SIZE);
    this.seed = Secret.owning(owned);
    this.key = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, owned);
    this.publicKey = new MlDsaPublicKey(key.getPublicKey());
  }

  static MlDsaPrivateKey generate(SecureRandom random) {
    var seed = new byte[SEED_SIZE];
    random.nextBytes(seed);
    return new MlDsaPrivateKey(seed);
  }

  /**
   * @param seed 32 bytes
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public static MlDsaPrivateKey of(Secret seed) {
    return new MlDsaPrivateKey(seed.bytes().clone());
  }

  @Override
  public MlDsaPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Secret toSecret() {
    return Secret.copyOf(seed.bytes());
  }

  /** Takes 32 bytes of randomness. */
  @Override
  public byte[] sign(byte[] message, SecureRandom random) {
    var signer = new MLDSASigner();
    signer.init(true, new ParametersWithRandom(key, random));
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException neverThrown) {
      throw new IllegalStateException(neverThrown);
    }
  }

  @Override
  public void close() {
    seed.close();
    key.destroy();
  }
}
