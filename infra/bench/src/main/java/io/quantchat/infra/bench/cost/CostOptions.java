package io.quantchat.infra.bench.cost;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person typed after {@code bench cost}.
 *
 * @param json whether a program reads the result
 * @param help whether only the usage is wanted
 */
record CostOptions(String region, Assumptions assumptions, boolean json, boolean help) {

  private static final String REGION = "us-east-1";

  static String usage() {
    var usage =
        new StringBuilder(
            """
            Usage: ./quantchat bench cost [--region REGION] [--json] [--ASSUMPTION NUMBER ...]

              --region             whose prices: %s (%s)
              --json               for programs
            """
                .formatted(String.join(", ", PriceList.regions()), REGION));
    for (Assumption each : Assumption.values()) {
      usage.append(
          String.format(
              Locale.ROOT,
              "  %-20s %s (%s)%n",
              each.option(),
              each.meaning(),
              Cell.plain(each.standard())));
    }
    return usage.toString();
  }

  /**
   * @throws IllegalArgumentException if it can't be read; the message says what to do
   */
  static CostOptions parse(List<String> arguments) {
    String region = REGION;
    Assumptions assumptions = Assumptions.standard();
    boolean json = false;
    boolean help = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--json" -> json = true;
        case "--help", "-h" -> help = true;
        case "--region" -> region = regionAfter(rest);
        default -> {
          Assumption assumption = named(option);
          assumptions = assumptions.with(assumption, numberAfter(assumption, rest));
        }
      }
    }
    return new CostOptions(region, assumptions, json, help);
  }

  private static String regionAfter(Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("--region needs a region after it.");
    }
    return rest.next();
  }

  private static Assumption named(String option) {
    Optional<Assumption> named =
        Arrays.stream(Assumption.values()).filter(each -> each.option().equals(option)).findAny();
    return named.orElseThrow(() -> new IllegalArgumentException("Unknown option " + option));
  }

  private static double numberAfter(Assumption assumption, Iterator<String> rest) {
    if (rest.hasNext()) {
      try {
        return Double.parseDouble(rest.next());
      } catch (NumberFormatException noNumber) {
        // Said below.
      }
    }
    throw new IllegalArgumentException(assumption.option() + " needs a number after it.");
  }
}
