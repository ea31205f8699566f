package io.quantchat.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.util.BigIntegers;

/** Verifies ECDSA over P-256 with SHA-256. */
public final class EcdsaPublicKey implements VerifyingKey {

  private final byte[] encoded;
  private final KeyId id;
  private final ECPublicKeyParameters point;

  /**
   * @param encoded 65 bytes, SEC 1, uncompressed
   * @throws RefusedException TRUNCATED, EXTENDED or INVALID_KEY
   */
  EcdsaPublicKey(byte[] encoded) {
    this.point = P256.point(KeyAlgorithm.ECDSA_P256.wireName(), encoded);
    this.encoded = encoded.clone();
    this.id = KeyId.of(KeyAlgorithm.ECDSA_P256.wireName(), encoded);
  }

  @Override
  public KeyId id() {
    return id;
  }

  @Override
  public KeyAlgorithm algorithm() {
    return KeyAlgorithm.ECDSA_P256;
  }

  @Override
  public SignatureAlgorithm signatureAlgorithm() {
    return SignatureAlgorithm.ECDSA_P256_SHA256;
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
    BigInteger r = BigIntegers.fromUnsignedByteArray(signature, 0, P256.SCALAR_SIZE);
    BigInteger s = BigIntegers.fromUnsignedByteArray(signature, P256.SCALAR_SIZE, P256.SCALAR_SIZE);
    var verifier = new ECDSASigner();
    verifier.init(false, point);
    return verifier.verifySignature(Hash.SHA_256.of(message), r, s);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EcdsaPublicKey key && Arrays.equals(encoded, key.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
