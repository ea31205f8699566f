package io.quantchat.crypto;

import java.util.Base64;

/**
 * Base64 with padding (RFC 4648 §4) in its one canonical spelling: what decodes to the same bytes
 * but is spelt otherwise, such as {@code QR==} for {@code QQ==}, is refused.
 */
public final class Base64Text {

  private Base64Text() {}

  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * @param field what a refusal names
   * @throws RefusedException MALFORMED
   */
  public static byte[] decode(String field, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw new RefusedException(Refusal.MALFORMED, field);
    }
    RefusedException.require(encode(bytes).equals(text), Refusal.MALFORMED, field);
    return bytes;
  }
}
