package io.quantchat.infra.local.demo;

import java.util.Objects;

/** A step that came out otherwise than it should. */
final class Difference extends Exception {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String came;

  Difference(String expected, String came) {
    super("Expected " + expected + ", but " + came + " came");
    this.expected = expected;
    this.came = came;
  }

  /** Nothing, if the two are equal. */
  static void check(String field, Object expected, Object came) throws Difference {
    if (!Objects.equals(expected, came)) {
      throw new Difference(field + " " + expected, field + " " + came);
    }
  }

  String expected() {
    return expected;
  }

  String came() {
    return came;
  }
}
