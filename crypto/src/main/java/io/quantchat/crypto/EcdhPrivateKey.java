package io.quantchat.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.math.ec.ECPoint;

/** Agrees by ECDH over P-256 (NIST SP 800-56A rev. 3 §5.7.1.2): 32 bytes, the x coordinate. */
public final class EcdhPrivateKey implements PrivateKey {

  private final Secret secret;
  private final ECPrivateKeyParameters scalar;

  /** Made when it is first asked for: that costs as much as half an agreement. */
  private EcdhPublicKey publicKey;

  private EcdhPrivateKey(byte[] owned) {
    this.scalar = P256.scalar(KeyAlgorithm.ECDH_P256.wireName(), owned);
    this.secret = Secret.owning(owned);
  }

  public static EcdhPrivateKey generate(SecureRandom random) {
    return new EcdhPrivateKey(P256.newScalar(random));
  }

  /**
   * @param scalar 32 bytes, big endian
   * @throws RefusedException TRUNCATED, EXTENDED or INVALID_KEY
   */
  public static EcdhPrivateKey of(Secret scalar) {
    return new EcdhPrivateKey(scalar.bytes().clone());
  }

  @Override
  public EcdhPublicKey publicKey() {
    if (publicKey == null) {
      publicKey = new EcdhPublicKey(P256.publicPoint(scalar));
    }
    return publicKey;
  }

  @Override
  public Secret toSecret() {
    return Secret.copyOf(secret.bytes());
  }

  /**
   * The shared secret; the caller closes it. The point was checked when it was made, and the order
   * is prime, so the product is never infinity. Multiplying the point itself, and not a copy as the
   * library's own agreement does, lets a second agreement with it use what the first has computed.
   */
  Secret agree(EcdhPublicKey other) {
    ECPoint product = other.point().getQ().multiply(scalar.getD()).normalize();
    return Secret.owning(product.getAffineXCoord().getEncoded());
  }

  @Override
  public void close() {
    secret.close();
  }
}
