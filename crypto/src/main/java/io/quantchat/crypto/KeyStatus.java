package io.quantchat.crypto;

import java.util.Arrays;
import java.util.Locale;

/** Where a key is in its life. */
public enum KeyStatus {
  /** The one to use. */
  ACTIVE,
  /** Not to be used any more; decrypts what is still pending to it. */
  DEPRECATED,
  /** Never used again, not even to decrypt or to verify. */
  REVOKED;

  /** Its name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws RefusedException MALFORMED
   */
  public static KeyStatus named(String wireName) {
    return Arrays.stream(values())
        .filter(status -> status.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new RefusedException(Refusal.MALFORMED, "status"));
  }
}
