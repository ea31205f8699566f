package io.quantchat.relay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that nearly every envelope holds, each stored as one control character instead. A text that
 * itself begins with a control character is stored behind {@link #ESCAPE}, so every text comes back
 * as it was.
 */
final class Shorthand {

  /** Stored messages refer to these by position: append, never reorder or remove. At most 31. */
  private static final List<String> WORDS =
      List.of(
          "algorithm",
          "signature",
          "key_id",
          "timestamp",
          "ecdh",
          "mlkem",
          "wrap",
          "spk",
          "opk",
          "kem_key",
          "v1",
          "v2",
          "ECDH-AES256-GCM",
          "ML-KEM-768-AES256-GCM",
          "HKDF-SHA256",
          "HKDF-SHA3-256",
          "ECDSA-P256-SHA256",
          "ML-DSA-65");

  private static final char ESCAPE = 0;
  private static final char FIRST = 1;
  private static final char END = ' ';

  private static final Map<String, String> SHORT = new HashMap<>();

  static {
    for (int position = 0; position < WORDS.size(); position++) {
      SHORT.put(WORDS.get(position), String.valueOf((char) (FIRST + position)));
    }
  }

  private Shorthand() {}

  /** The text as it is stored. */
  static String shorten(String text) {
    String known = SHORT.get(text);
    if (known != null) {
      return known;
    }
    return !text.isEmpty() && text.charAt(0) < END ? ESCAPE + text : text;
  }

  /** The text that was stored like this. */
  static String expand(String stored) {
    if (stored.isEmpty() || stored.charAt(0) >= END) {
      return stored;
    }
    return stored.charAt(0) == ESCAPE ? stored.substring(1) : WORDS.get(stored.charAt(0) - FIRST);
  }
}
