package io.quantchat.infra.demo;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Bytes as people read them. */
final class Shown {

  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  private Shown() {}

  /** The first bytes in hex. */
  static String hex(byte[] bytes, int first, Look look) {
    boolean whole = bytes.length <= first;
    return SPACED.formatHex(Arrays.copyOf(bytes, Math.min(first, bytes.length)))
        + (whole ? "" : " " + look.ellipsis());
  }

  static String size(long bytes) {
    return String.format(Locale.ROOT, "%,d bytes", bytes);
  }

  static String count(int number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }
}
