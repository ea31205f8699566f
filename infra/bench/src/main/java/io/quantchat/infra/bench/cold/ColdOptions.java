package io.quantchat.infra.bench.cold;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a person typed after {@code bench cold}.
 *
 * @param runs how often each is started
 * @param only a part of the names of the scenarios that are wanted; empty for all
 * @param variants what is started
 * @param zip another package in the place of ours
 * @param options more options for every JVM
 * @param chart where to write the chart
 * @param json whether a program reads the result
 * @param help whether only the usage is wanted
 */
record ColdOptions(
    int runs,
    String only,
    Set<Variant> variants,
    Optional<Path> zip,
    List<String> options,
    Optional<Path> chart,
    boolean json,
    boolean help) {

  static final int RUNS = 9;

  private static final int MOST_RUNS = 200;

  static final String USAGE =
      """
      Usage: ./quantchat bench cold [options]

        --runs N         how often each is started (%d)
        --function NAME  only requests whose name holds this, such as relay
        --variant NAME   only packaged, baseline, restored or archived; may be repeated
        --zip FILE       this package in the place of the functions'
        --jvm OPTION     one more option for every JVM, ours and the baseline's; may be repeated
        --chart FILE     write the chart as SVG
        --json           for programs
      """
          .formatted(RUNS);

  /**
   * @throws IllegalArgumentException if it can't be read; the message says what to do
   */
  static ColdOptions parse(List<String> arguments) {
    int runs = RUNS;
    String only = "";
    Set<Variant> variants = EnumSet.noneOf(Variant.class);
    Optional<Path> zip = Optional.empty();
    List<String> options = new ArrayList<>();
    Optional<Path> chart = Optional.empty();
    boolean json = false;
    boolean help = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--json" -> json = true;
        case "--help", "-h" -> help = true;
        case "--runs" -> runs = number(option, value(option, rest));
        case "--function" -> only = value(option, rest).toLowerCase(Locale.ROOT);
        case "--variant" -> variants.add(variant(value(option, rest)));
        case "--zip" -> zip = Optional.of(Path.of(value(option, rest)));
        case "--jvm" -> options.add(value(option, rest));
        case "--chart" -> chart = Optional.of(Path.of(value(option, rest)));
        default -> throw new IllegalArgumentException("Unknown option " + option);
      }
    }
    return new ColdOptions(
        runs,
        only,
        variants.isEmpty() ? EnumSet.allOf(Variant.class) : variants,
        zip,
        options,
        chart,
        json,
        help);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value after it.");
    }
    return rest.next();
  }

  private static int number(String option, String text) {
    if (text.matches("[0-9]{1,3}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= MOST_RUNS) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        option + " needs a number from 1 to " + MOST_RUNS + " after it.");
  }

  private static Variant variant(String name) {
    for (Variant variant : Variant.values()) {
      if (variant.name().equalsIgnoreCase(name)) {
        return variant;
      }
    }
    throw new IllegalArgumentException("There is no variant " + name);
  }
}
