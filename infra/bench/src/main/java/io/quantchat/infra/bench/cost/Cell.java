package io.quantchat.infra.bench.cost;

import java.util.Locale;

/** One cell of a table: a value for programs, and how people are shown it. */
record Cell(Object value, String shown) {

  static Cell text(String text) {
    return new Cell(text, text);
  }

  static Cell dollars(double dollars) {
    return new Cell(dollars, format(dollars >= 1_000 ? "$%,.0f" : "$%.2f", dollars));
  }

  /** Dollars that are a fraction of a cent or little more. */
  static Cell smallDollars(double dollars) {
    return new Cell(dollars, format("$%.4f", dollars));
  }

  static Cell percent(double share) {
    return new Cell(share, format(share < 0.1 && share > 0 ? "%.1f %%" : "%.0f %%", share * 100));
  }

  static Cell number(double number) {
    return new Cell(number, plain(number));
  }

  /** A number in as few characters as tell what matters of it. */
  static String plain(double number) {
    double size = Math.abs(number);
    if (size >= 1e9) {
      return format("%,.1f billion", number / 1e9);
    }
    if (size >= 1e6) {
      return format("%,.1f million", number / 1e6);
    }
    return format(size >= 100 || number == Math.rint(number) ? "%,.0f" : "%.1f", number);
  }

  private static String format(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
