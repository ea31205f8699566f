package io.quantchat.infra.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Looks into texts that are too many to be parsed. */
public final class Texts {

  private Texts() {}

  /** Where one stands in another, at this place or behind it; -1 if it doesn't. */
  public static int find(ByteBuffer text, byte[] sought, int from) {
    int last = text.limit() - sought.length;
    for (int at = from; at <= last; at++) {
      int matched = 0;
      while (matched < sought.length && text.get(at + matched) == sought[matched]) {
        matched++;
      }
      if (matched == sought.length) {
        return at;
      }
    }
    return -1;
  }

  /** A text's bytes. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
