package io.quantchat.host;

/**
 * A mail in plain text.
 *
 * @param to one address, with its domain in ASCII
 * @param subject one line in ASCII
 * @param text lines in ASCII, each ended by {@code \n}
 */
public record Mail(String to, String subject, String text) {

  /** Nothing of it: it may hold what somebody proves an address with. */
  @Override
  public String toString() {
    return "Mail[...]";
  }
}
