package io.quantchat.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/** A point of P-256 to agree with: a prekey or a message's ephemeral key. */
public final class EcdhPublicKey implements PublicKey {

  private final byte[] encoded;
  private final ECPublicKeyParameters point;

  /**
   * @param encoded 65 bytes, SEC 1, uncompressed
   * @throws RefusedException TRUNCATED, EXTENDED or INVALID_KEY
   */
  EcdhPublicKey(byte[] encoded) {
    this.point = P256.point(KeyAlgorithm.ECDH_P256.wireName(), encoded);
    this.encoded = encoded.clone();
  }

  @Override
  public KeyAlgorithm algorithm() {
    return KeyAlgorithm.ECDH_P256;
  }

  @Override
  public byte[] encoded() {
    return encoded.clone();
  }

  ECPublicKeyParameters point() {
    return point;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EcdhPublicKey key && Arrays.equals(encoded, key.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
