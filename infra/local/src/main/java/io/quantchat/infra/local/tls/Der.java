package io.quantchat.infra.local.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The little of DER (X.690) that it takes to put a key of OpenSSL's own forms into PKCS#8. */
final class Der {

  private static final byte INTEGER = 0x02;
  private static final byte OCTET_STRING = 0x04;
  private static final byte SEQUENCE = 0x30;
  private static final int LONG_FORM = 0x80;

  private Der() {}

  /**
   * A key as PKCS#8 has it (RFC 5958, section 2).
   *
   * @param publicKey the same key pair's, as X.509 encodes it: its algorithm is the private key's
   * @param privateKey as PKCS#1 (RFC 8017) or SEC 1 (RFC 5915) encode it
   */
  static byte[] pkcs8(byte[] publicKey, byte[] privateKey) {
    byte[] version = element(INTEGER, new byte[1]);
    byte[] algorithm = firstOf(publicKey);
    return element(SEQUENCE, joined(version, algorithm, element(OCTET_STRING, privateKey)));
  }

  /** The first element inside of a sequence. */
  private static byte[] firstOf(byte[] sequence) {
    int from = 1 + lengthBytes(sequence, 1);
    int lengthBytes = lengthBytes(sequence, from + 1);
    int to = from + 1 + lengthBytes + length(sequence, from + 1);
    return Arrays.copyOfRange(sequence, from, to);
  }

  private static int lengthBytes(byte[] der, int at) {
    int first = der[at] & 0xFF;
    return first < LONG_FORM ? 1 : first - LONG_FORM + 1;
  }

  private static int length(byte[] der, int at) {
    int bytes = lengthBytes(der, at) - 1;
    if (bytes == 0) {
      return der[at];
    }
    int length = 0;
    for (int i = 1; i <= bytes; i++) {
      length = (length << Byte.SIZE) | (der[at + i] & 0xFF);
    }
    return length;
  }

  private static byte[] element(byte tag, byte[] content) {
    var element = new ByteArrayOutputStream();
    element.write(tag);
    if (content.length < LONG_FORM) {
      element.write(content.length);
    } else {
      // Keys are far shorter than 64 kB.
      element.write(LONG_FORM + 2);
      element.write(content.length >> Byte.SIZE);
      element.write(content.length);
    }
    element.writeBytes(content);
    return element.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
