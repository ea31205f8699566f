package io.quantchat.accounts;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address. However it is spelled, it has one canonical form, by which its account is
 * found: compatible characters are one (NFKC), so are upper and lower case, and the domain is in
 * ASCII ({@link DomainName}). An address with characters that can't be seen or that deceive is
 * none.
 *
 * @param display as it is shown, and as mail is sent to it: in lower case, the domain as it was
 *     typed
 * @param canonical what every spelling of it has in common
 * @param before how this spelling was kept before there was a canonical form, if otherwise
 */
public record EmailAddress(String display, String canonical, Optional<String> before) {

  /** Octets in UTF-8; RFC 5321 leaves no room for a longer one. */
  public static final int LONGEST = 254;

  /** Octets in UTF-8 of what stands before the {@code @} (RFC 5321 §4.5.3.1.1). */
  public static final int LONGEST_LOCAL_PART = 64;

  private static final int SHORTEST = 3;

  /** Longer texts are no addresses, whatever would be taken away from them. */
  private static final int LONGEST_TEXT = 4 * LONGEST;

  /** Beside letters and digits; RFC 5322 §3.2.3. */
  private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

  /**
   * An address, or nothing where the text isn't one: whether somebody reads mail there, only mail
   * can tell.
   */
  public static Optional<EmailAddress> parse(String text) {
    String typed = text.strip();
    if (typed.length() > LONGEST_TEXT || isDeceiving(typed)) {
      return Optional.empty();
    }
    String address = Normalizer.normalize(typed, Normalizer.Form.NFKC);
    int at = address.indexOf('@');
    if (isDeceiving(address) || at < 0 || at != address.lastIndexOf('@')) {
      return Optional.empty();
    }
    String local = address.substring(0, at);
    return DomainName.parse(address.substring(at + 1))
        .map(domain -> of(typed, local, domain))
        .filter(EmailAddress::isWellFormed);
  }

  private static EmailAddress of(String typed, String local, DomainName domain) {
    String canonical = folded(local) + "@" + domain.ascii();
    return new EmailAddress(
        normal(local.toLowerCase(Locale.ROOT)) + "@" + domain.display(),
        canonical,
        asBefore(typed).filter(before -> !before.equals(canonical)));
  }

  /**
   * What an account of this address may be kept under: its canonical form, and the form that
   * addresses were kept in before there was one, if that is another. Empty where the text is
   * neither. Whoever looks for an account asks for them in this order.
   */
  public static List<String> keysOf(String text) {
    var keys = new LinkedHashSet<String>();
    parse(text).map(EmailAddress::canonical).ifPresent(keys::add);
    asBefore(text).ifPresent(keys::add);
    return List.copyOf(keys);
  }

  /** The part before the {@code @}. */
  public String localPart() {
    return display.substring(0, display.indexOf('@'));
  }

  /** The address as a mail's envelope and header have it, with the domain in ASCII. */
  public String mailbox() {
    return localPart() + canonical.substring(canonical.indexOf('@'));
  }

  /** Trimmed and in lower case, which was all that there was to it. */
  private static Optional<String> asBefore(String text) {
    String address = text.strip().toLowerCase(Locale.ROOT);
    int at = address.indexOf('@');
    boolean looksRight =
        address.length() >= SHORTEST
            && address.length() <= LONGEST
            && at > 0
            && at == address.lastIndexOf('@')
            && at < address.length() - 1
            && address.codePoints().noneMatch(EmailAddress::wasForbidden);
    return looksRight ? Optional.of(address) : Optional.empty();
  }

  private static boolean wasForbidden(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.isISOControl(point)
        || (point >= 0xD800 && point <= 0xDFFF);
  }

  private static boolean isDeceiving(String text) {
    return DeceivingCharacters.areIn(text) || DeceivingCharacters.haveBlank(text);
  }

  private boolean isWellFormed() {
    return isLocalPart(localPart())
        && isLocalPart(canonical.substring(0, canonical.indexOf('@')))
        && octets(display) <= LONGEST
        && octets(canonical) <= LONGEST;
  }

  /**
   * A dot-atom (RFC 5322, and RFC 6531 beyond ASCII). What could be said in quotes as well is the
   * same address, so there are no quotes.
   */
  private static boolean isLocalPart(String local) {
    return !local.isEmpty()
        && octets(local) <= LONGEST_LOCAL_PART
        && !local.startsWith(".")
        && !local.endsWith(".")
        && !local.contains("..")
        && !DeceivingCharacters.isMark(local.codePointAt(0))
        && !isDeceiving(local)
        && local.codePoints().allMatch(EmailAddress::isText);
  }

  private static boolean isText(int point) {
    return point >= 0x80
        || point == '.'
        || (point >= '0' && point <= '9')
        || (point >= 'a' && point <= 'z')
        || ATEXT.indexOf(point) >= 0;
  }

  /** Without regard to case: of each character the small one of its capital one. */
  private static String folded(String local) {
    var folded = new StringBuilder();
    local
        .codePoints()
        .map(Character::toUpperCase)
        .forEach(point -> folded.append(Character.toString(point).toLowerCase(Locale.ROOT)));
    return normal(folded.toString());
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
