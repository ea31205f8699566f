package io.quantchat.infra.database.item;

import java.math.BigDecimal;

/**
 * DynamoDB's numbers: up to 38 significant digits, zero or a magnitude from 1E-130 to 9.99…E+125.
 * They travel as text; two texts are the same number where their values are.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number">Number</a>
 */
public final class Numbers {

  private static final int MOST_DIGITS = 38;
  private static final int HIGHEST_EXPONENT = 125;
  private static final int LOWEST_EXPONENT = -130;

  /** A long holds every number of so many digits. */
  private static final int DIGITS_OF_A_LONG = 18;

  private Numbers() {}

  /**
   * The value that a text stands for, without zeros at its end.
   *
   * @throws InvalidValue if it is no number, too large, too small or too precise
   */
  public static BigDecimal parse(String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidValue("The parameter cannot be converted to a numeric value");
    }
    return inRange(decimal(text));
  }

  /**
   * The text in which DynamoDB keeps and answers a number: no exponent, no plus, no needless zeros.
   *
   * @throws InvalidValue as {@link #parse} does
   */
  public static String canonical(String text) {
    return isCanonicalInteger(text) ? text : text(parse(text));
  }

  /**
   * The text of what a calculation gave.
   *
   * @throws InvalidValue if it is too large, too small or too precise
   */
  public static String text(BigDecimal number) {
    return inRange(number.stripTrailingZeros()).toPlainString();
  }

  /** Compares what two valid texts stand for. */
  public static int compare(String left, String right) {
    if (isShortInteger(left) && isShortInteger(right)) {
      return Long.compare(Long.parseLong(left), Long.parseLong(right));
    }
    return new BigDecimal(left).compareTo(new BigDecimal(right));
  }

  private static BigDecimal decimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        throw notNumeric(text);
      }
    }
    try {
      return new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException | ArithmeticException unreadable) {
      throw notNumeric(text);
    }
  }

  private static InvalidValue notNumeric(String text) {
    return new InvalidValue("The parameter cannot be converted to a numeric value: " + text);
  }

  private static BigDecimal inRange(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    long exponent = (long) number.precision() - number.scale() - 1;
    if (exponent > HIGHEST_EXPONENT) {
      throw new InvalidValue(
          "Number overflow. Attempting to store a number with magnitude larger than supported"
              + " range");
    }
    if (exponent < LOWEST_EXPONENT) {
      throw new InvalidValue(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
    }
    if (number.precision() > MOST_DIGITS) {
      throw new InvalidValue("Attempting to store more than 38 significant digits in a Number");
    }
    return number;
  }

  private static boolean isCanonicalInteger(String text) {
    if (text == null || !isShortInteger(text)) {
      return false;
    }
    int first = text.charAt(0) == '-' ? 1 : 0;
    return text.charAt(first) != '0' || text.equals("0");
  }

  private static boolean isShortInteger(String text) {
    int first = !text.isEmpty() && text.charAt(0) == '-' ? 1 : 0;
    int digits = text.length() - first;
    if (digits == 0 || digits > DIGITS_OF_A_LONG) {
      return false;
    }
    for (int i = first; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
