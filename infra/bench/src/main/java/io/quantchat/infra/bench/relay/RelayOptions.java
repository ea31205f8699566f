package io.quantchat.infra.bench.relay;

import java.util.Iterator;
import java.util.List;

/**
 * What a person typed after {@code bench}.
 *
 * @param json whether a program reads the result
 * @param help whether only the usage is wanted
 */
record RelayOptions(Plan plan, boolean json, boolean help) {

  /**
   * @throws IllegalArgumentException if it can't be read; the message says what to do
   */
  static RelayOptions parse(List<String> arguments) {
    Plan plan = Plan.DEFAULT;
    boolean json = false;
    boolean help = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--json" -> json = true;
        case "--help", "-h" -> help = true;
        case "--seconds" ->
            plan = new Plan(number(option, rest, 1, 600), plan.clients(), plan.rate());
        case "--clients" ->
            plan = new Plan(plan.seconds(), number(option, rest, 1, 200), plan.rate());
        case "--rate" ->
            plan = new Plan(plan.seconds(), plan.clients(), number(option, rest, 1, 100_000));
        default -> throw new IllegalArgumentException("Unknown option " + option);
      }
    }
    return new RelayOptions(plan, json, help);
  }

  private static int number(String option, Iterator<String> rest, int least, int most) {
    if (rest.hasNext()) {
      try {
        int number = Integer.parseInt(rest.next());
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException noNumber) {
        // Said below.
      }
    }
    throw new IllegalArgumentException(
        option + " needs a number from " + least + " to " + most + " after it.");
  }
}
