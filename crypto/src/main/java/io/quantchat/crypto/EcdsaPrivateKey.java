package io.quantchat.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/**
 * Signs with ECDSA over P-256 and SHA-256. The nonce is that of RFC 6979: a poor source of
 * randomness can't give the key away.
 */
public final class EcdsaPrivateKey implements SigningKey {

  private final Secret secret;
  private final ECPrivateKeyParameters scalar;
  private final EcdsaPublicKey publicKey;

  private EcdsaPrivateKey(byte[] owned) {
    this.scalar = P256.scalar(KeyAlgorithm.ECDSA_P256.wireName(), owned);
    this.secret = Secret.owning(owned);
    this.publicKey = new EcdsaPublicKey(P256.publicPoint(scalar));
  }

  static EcdsaPrivateKey generate(SecureRandom random) {
    return new EcdsaPrivateKey(P256.newScalar(random));
  }

  /**
   * @param scalar 32 bytes, big endian
   * @throws RefusedException TRUNCATED, EXTENDED or INVALID_KEY
   */
  public static EcdsaPrivateKey of(Secret scalar) {
    return new EcdsaPrivateKey(scalar.bytes().clone());
  }

  @Override
  public EcdsaPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Secret toSecret() {
    return Secret.copyOf(secret.bytes());
  }

  @Override
  public byte[] sign(byte[] message, SecureRandom random) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(SHA256Digest.newInstance()));
    signer.init(true, scalar);
    BigInteger[] parts = signer.generateSignature(Hash.SHA_256.of(message));
    var signature = new byte[publicKey.signatureAlgorithm().signatureSize()];
    BigIntegers.asUnsignedByteArray(parts[0], signature, 0, P256.SCALAR_SIZE);
    BigIntegers.asUnsignedByteArray(parts[1], signature, P256.SCALAR_SIZE, P256.SCALAR_SIZE);
    return signature;
  }

  @Override
  public void close() {
    secret.close();
  }
}
