package io.quantchat.crypto;

/** Names that came from elsewhere, fit to stand in an error. */
final class Names {

  private static final int LONGEST = 64;

  private Names() {}

  /** In quotes, printable ASCII only, cut to 64 characters. */
  static String quoted(String name) {
    var shown = new StringBuilder("\"");
    name.codePoints()
        .limit(LONGEST)
        .map(point -> point >= ' ' && point <= '~' && point != '"' ? point : '?')
        .forEach(shown::appendCodePoint);
    return shown.append('"').toString();
  }
}
