package io.quantchat.infra.database.expression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An expression's text, cut into tokens, and how far they are read. */
final class Tokens {

  /**
   * An expression's longest text, in bytes of UTF-8.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters">Expression
   *     parameters</a>
   */
  private static final int MOST_BYTES = 4096;

  enum Kind {
    WORD,
    NUMBER,
    /** A {@code #} and what it names. */
    NAME,
    /** A {@code :} and what it names. */
    VALUE,
    SYMBOL,
    END
  }

  record Token(Kind kind, String text, int from, int to) {

    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
  }

  private final ExpressionKind kind;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Tokens(ExpressionKind kind, String text) {
    this.kind = kind;
    this.text = text;
    requireSize();
    cut();
    if (tokens.size() == 1) {
      throw kind.invalid("The expression can not be empty;");
    }
  }

  ExpressionKind kind() {
    return kind;
  }

  /** How many tokens are read. */
  int position() {
    return next;
  }

  Token peek() {
    return tokens.get(next);
  }

  /** A token that is still to be read; that behind the last is the end. */
  Token peek(int ahead) {
    return tokens.get(Math.min(next + ahead, tokens.size() - 1));
  }

  Token take() {
    Token taken = peek();
    if (taken.kind() != Kind.END) {
      next++;
    }
    return taken;
  }

  Token take(Kind wanted) {
    if (peek().kind() != wanted) {
      throw syntaxError();
    }
    return take();
  }

  boolean takeIf(String symbol) {
    boolean there = peek().is(symbol);
    if (there) {
      next++;
    }
    return there;
  }

  boolean takeIfWord(String word) {
    boolean there = peek().isWord(word);
    if (there) {
      next++;
    }
    return there;
  }

  void require(String symbol) {
    if (!takeIf(symbol)) {
      throw syntaxError();
    }
  }

  void requireWord(String word) {
    if (!takeIfWord(word)) {
      throw syntaxError();
    }
  }

  void requireEnd() {
    if (peek().kind() != Kind.END) {
      throw syntaxError();
    }
  }

  /** The next token can't stand where it does. Tells it with its neighbours. */
  InvalidExpression syntaxError() {
    Token wrong = peek();
    int from = next == 0 ? wrong.from() : tokens.get(next - 1).from();
    int to = wrong.kind() == Kind.END ? tokens.get(next - 1).to() : toOfNeighbour(wrong);
    return kind.invalid(
        "Syntax error; token: \"%s\", near: \"%s\""
            .formatted(wrong.text(), text.substring(from, to)));
  }

  private int toOfNeighbour(Token wrong) {
    Token neighbour = tokens.get(next + 1);
    return neighbour.kind() == Kind.END ? wrong.to() : neighbour.to();
  }

  private void requireSize() {
    if (text.length() > MOST_BYTES / 3) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        throw kind.invalid(
            "Expression size has exceeded the maximum allowed size; expression size: " + bytes);
      }
    }
  }

  private void cut() {
    int at = 0;
    while (at < text.length()) {
      if (isSpace(text.charAt(at))) {
        at++;
      } else {
        Token token = tokenAt(at);
        tokens.add(token);
        at = token.to();
      }
    }
    tokens.add(new Token(Kind.END, "<EOF>", at, at));
  }

  private Token tokenAt(int from) {
    char first = text.charAt(from);
    if (isLetter(first)) {
      return token(Kind.WORD, from, endOfWord(from));
    }
    if (isDigit(first)) {
      return token(Kind.NUMBER, from, endOfDigits(from));
    }
    if (first == '#' || first == ':') {
      int to = endOfWord(from + 1);
      Kind placeholder = first == '#' ? Kind.NAME : Kind.VALUE;
      return token(to == from + 1 ? Kind.SYMBOL : placeholder, from, to);
    }
    return token(
        Kind.SYMBOL,
        from,
        from + (isLongComparator(from) ? 2 : Character.charCount(text.codePointAt(from))));
  }

  private Token token(Kind tokenKind, int from, int to) {
    return new Token(tokenKind, text.substring(from, to), from, to);
  }

  private boolean isLongComparator(int from) {
    return text.startsWith("<>", from)
        || text.startsWith("<=", from)
        || text.startsWith(">=", from);
  }

  private int endOfWord(int from) {
    int to = from;
    while (to < text.length() && isPartOfWord(text.charAt(to))) {
      to++;
    }
    return to;
  }

  private int endOfDigits(int from) {
    int to = from;
    while (to < text.length() && isDigit(text.charAt(to))) {
      to++;
    }
    return to;
  }

  static boolean isPartOfWord(int letter) {
    return isLetter(letter) || isDigit(letter) || letter == '_';
  }

  private static boolean isLetter(int letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  }

  private static boolean isDigit(int letter) {
    return letter >= '0' && letter <= '9';
  }

  private static boolean isSpace(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
  }
}
