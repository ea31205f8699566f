package io.quantchat.accounts;

import java.util.Locale;
import java.util.Optional;

/** E-mail addresses in the form that accounts are found by. */
public final class EmailAddress {

  /** RFC 5321 leaves no room for a longer one. */
  public static final int LONGEST = 254;

  private static final int SHORTEST = 3;

  private EmailAddress() {}

  /**
   * An address trimmed and in lower case, or nothing where the text doesn't look like {@code
   * local@domain}: whether somebody reads mail there, only mail can tell.
   */
  public static Optional<String> normalise(String text) {
    String address = text.strip().toLowerCase(Locale.ROOT);
    int at = address.indexOf('@');
    boolean looksRight =
        address.length() >= SHORTEST
            && address.length() <= LONGEST
            && at > 0
            && at == address.lastIndexOf('@')
            && at < address.length() - 1
            && address.codePoints().noneMatch(EmailAddress::isForbidden);
    return looksRight ? Optional.of(address) : Optional.empty();
  }

  /** The part of a normalised address before its {@code @}. */
  public static String localPart(String address) {
    return address.substring(0, address.indexOf('@'));
  }

  private static boolean isForbidden(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.isISOControl(point)
        || (point >= 0xD800 && point <= 0xDFFF);
  }
}
