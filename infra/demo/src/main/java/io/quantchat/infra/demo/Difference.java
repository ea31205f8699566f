package io.quantchat.infra.demo;

import java.util.Objects;

/** A step that came out otherwise than it should. */
public final class Difference extends Exception {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String came;

  public Difference(String expected, String came) {
    super("Expected " + expected + ", but got " + came);
    this.expected = expected;
    this.came = came;
  }

  /** Nothing, if the two are equal. */
  public static void check(String field, Object expected, Object came) throws Difference {
    if (!Objects.equals(expected, came)) {
      throw new Difference(field + " " + expected, field + " " + came);
    }
  }

  /** Nothing, if that is so. */
  public static void checkThat(String expected, boolean isSo) throws Difference {
    if (!isSo) {
      throw new Difference(expected, "none of it");
    }
  }

  public String expected() {
    return expected;
  }

  public String came() {
    return came;
  }
}
