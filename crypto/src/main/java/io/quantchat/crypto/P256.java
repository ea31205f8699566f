package io.quantchat.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * The curve P-256 (NIST SP 800-186 §3.2.1.3): points as 65 bytes, uncompressed (SEC 1 §2.3.3),
 * scalars as 32 bytes, big endian. Its cofactor is 1: a point on the curve is of the right order.
 */
final class P256 {

  static final int POINT_SIZE = 65;
  static final int SCALAR_SIZE = 32;
  static final ECDomainParameters CURVE =
      new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

  private static final byte UNCOMPRESSED = 4;

  private P256() {}

  /**
   * @throws RefusedException TRUNCATED, EXTENDED, or INVALID_KEY for what is no point of the curve,
   *     for infinity, and for every other encoding
   */
  static ECPublicKeyParameters point(String field, byte[] encoded) {
    RefusedException.requireSize(field, encoded.length, POINT_SIZE);
    RefusedException.require(encoded[0] == UNCOMPRESSED, Refusal.INVALID_KEY, field);
    try {
      return new ECPublicKeyParameters(CURVE.getCurve().decodePoint(encoded), CURVE);
    } catch (IllegalArgumentException notOnTheCurve) {
      throw new RefusedException(Refusal.INVALID_KEY, field);
    }
  }

  /**
   * @throws RefusedException TRUNCATED, EXTENDED, or INVALID_KEY for 0 and for the order and above
   */
  static ECPrivateKeyParameters scalar(String field, byte[] encoded) {
    RefusedException.requireSize(field, encoded.length, SCALAR_SIZE);
    BigInteger scalar = BigIntegers.fromUnsignedByteArray(encoded);
    RefusedException.require(
        scalar.signum() > 0 && scalar.compareTo(CURVE.getN()) < 0, Refusal.INVALID_KEY, field);
    return new ECPrivateKeyParameters(scalar, CURVE);
  }

  /** A scalar by rejection (FIPS 186-5 §A.2.2): 32 random bytes at a time until they are one. */
  static byte[] newScalar(SecureRandom random) {
    var scalar = new byte[SCALAR_SIZE];
    BigInteger value;
    do {
      random.nextBytes(scalar);
      value = BigIntegers.fromUnsignedByteArray(scalar);
    } while (value.signum() == 0 || value.compareTo(CURVE.getN()) >= 0);
    return scalar;
  }

  static byte[] publicPoint(ECPrivateKeyParameters scalar) {
    return new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar.getD()).getEncoded(false);
  }
}
