package io.quantchat.infra.bench.cost;

import java.util.Locale;

/** One cell of a table: a value for programs, and how people are shown it. */
record Cell(Object value, String shown) {

  static Cell text(String text) {
    return new Cell(text, text);
  }

  static Cell dollars(double dollars) {
    String sign = dollars < 0 ? "-" : "";
    double size = Math.abs(dollars);
    return new Cell(dollars, sign + format(size >= 1_000 ? "$%,.0f" : "$%.2f", size));
  }

  /** Dollars that are a fraction of a cent or little more. */
  static Cell smallDollars(double dollars) {
    return new Cell(dollars, format("$%.4f", dollars));
  }

  static Cell percent(double share) {
    return new Cell(share, format(share < 0.1 && share > 0 ? "%.1f %%" : "%.0f %%", share * 100));
  }

  /** A share of a limit: in percent, or how many times over it is broken. */
  static Cell ofLimit(double share) {
    return share > 1 ? new Cell(share, "**" + brief(share) + " ×**") : percent(share);
  }

  static Cell number(double number) {
    return new Cell(number, plain(number));
  }

  /** A number in as few characters as tell what matters of it. */
  static String plain(double number) {
    double size = Math.abs(number);
    if (size >= 1e9) {
      return brief(number / 1e9) + " billion";
    }
    return size >= 1e6 ? brief(number / 1e6) + " million" : brief(number);
  }

  private static String brief(double number) {
    boolean whole = Math.abs(number) >= 100 || Math.abs(number - Math.rint(number)) < 0.05;
    return format(whole ? "%,.0f" : "%.1f", number);
  }

  private static String format(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
