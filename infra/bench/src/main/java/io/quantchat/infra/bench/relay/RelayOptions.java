package io.quantchat.infra.bench.relay;

import io.quantchat.infra.local.terminal.Typed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options of {@code bench relay}. What isn't typed has one default, and a lower one if quick.
 */
final class RelayOptions {

  private static final int LONGEST = 3600;
  private static final int MOST_CLIENTS = 200;
  private static final int MOST_SOCKETS = 100_000;
  private static final int LONGEST_QUEUE = 1_000_000;
  private static final int HIGHEST_RATE = 100_000;
  private static final BigDecimal MOST_GIGABYTES = BigDecimal.valueOf(1000);
  private static final int CLIENTS = 8;
  private static final int FILLING = 600;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private Set<Measurement> only = EnumSet.allOf(Measurement.class);
  private OptionalInt rounds = OptionalInt.empty();
  private OptionalInt first = OptionalInt.empty();
  private OptionalInt warmUp = OptionalInt.empty();
  private OptionalInt seconds = OptionalInt.empty();
  private OptionalInt sockets = OptionalInt.empty();
  private OptionalInt queue = OptionalInt.empty();
  private int clients = CLIENTS;
  private int rate;
  private int filling = FILLING;
  private double gigabytes = 0.2;

  @Option(
      names = "--against",
      paramLabel = "COMMIT",
      description =
          "compare with this commit, built in a temporary folder; or with a folder that holds a"
              + " checkout. May be repeated")
  private List<String> against = new ArrayList<>();

  @Option(names = "--without-prosody", description = "don't compare with Prosody")
  private boolean withoutProsody;

  @Option(names = "--quick", description = "one short round, to try it out: its figures are rough")
  private boolean quick;

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Option(
      names = "--only",
      paramLabel = "NAME,...",
      description =
          "of start, steady, open-loop, idle, queue, opening and puts (default: all of them)")
  void only(String typed) {
    Set<Measurement> chosen = EnumSet.noneOf(Measurement.class);
    for (String word : typed.split(",", -1)) {
      chosen.add(
          Measurement.of(word)
              .orElseThrow(
                  () ->
                      Typed.unusable(
                          spec,
                          "--only needs some of %s, with commas between them: there is no \"%s\"."
                              .formatted(Measurement.words(), word))));
    }
    only = chosen;
  }

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how often each is started (default 3; quick: 1)")
  void rounds(String typed) {
    rounds = number("--rounds", typed, 1, 99);
  }

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "seconds of the first load (default 10; quick: 2)")
  void first(String typed) {
    first = number("--first", typed, 1, LONGEST);
  }

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "seconds of load before the steady one (default 30; quick: 3)")
  void warmUp(String typed) {
    warmUp = number("--warm-up", typed, 0, LONGEST);
  }

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "of the steady load, and of the open loop (default 20; quick: 3)")
  void seconds(String typed) {
    seconds = number("--seconds", typed, 1, LONGEST);
  }

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "pairs of a sender and a recipient (default " + CLIENTS + ")")
  void clients(String typed) {
    clients = Typed.number(spec, "--clients", typed, 1, MOST_CLIENTS);
  }

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "messages a second of the open loop (default: half of the steady rate)")
  void rate(String typed) {
    rate = Typed.number(spec, "--rate", typed, 1, HIGHEST_RATE);
  }

  @Option(
      names = "--sockets",
      paramLabel = "N",
      description = "on which nothing happens (default 5000; quick: 200)")
  void sockets(String typed) {
    sockets = number("--sockets", typed, 1, MOST_SOCKETS);
  }

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "messages for somebody who is away, all of them sent over the API (default 100000; quick:"
              + " 2000)")
  void queue(String typed) {
    queue = number("--queue", typed, 1, LONGEST_QUEUE);
  }

  @Option(
      names = "--fill-seconds",
      paramLabel = "N",
      description =
          "the most that sending those may take: a slower server gets fewer (default "
              + FILLING
              + ")")
  void filling(String typed) {
    filling = Typed.number(spec, "--fill-seconds", typed, 1, LONGEST);
  }

  @Option(
      names = "--open-gigabytes",
      paramLabel = "N",
      description =
          "of rows of 1 kB in the folder that is opened, such as 10 or 0.5 (default 0.2); each"
              + " takes a minute or two to write")
  void gigabytes(String typed) {
    try {
      BigDecimal number = new BigDecimal(typed);
      if (number.signum() > 0 && number.compareTo(MOST_GIGABYTES) <= 0) {
        gigabytes = number.doubleValue();
        return;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw Typed.unusable(
        spec, "--open-gigabytes needs a number above 0, up to " + MOST_GIGABYTES + ".");
  }

  private OptionalInt number(String option, String typed, int least, int most) {
    return OptionalInt.of(Typed.number(spec, option, typed, least, most));
  }

  /** What was asked for. */
  Plan plan() {
    return new Plan(
        only,
        rounds.orElse(quick ? 1 : 3),
        first.orElse(quick ? 2 : 10),
        warmUp.orElse(quick ? 3 : 30),
        seconds.orElse(quick ? 3 : 20),
        clients,
        rate,
        sockets.orElse(quick ? 200 : 5000),
        queue.orElse(quick ? 2000 : 100_000),
        filling,
        gigabytes);
  }

  /** Commits, or folders of checkouts, to compare with. */
  List<String> against() {
    return Collections.unmodifiableList(against);
  }

  /** Whether Prosody is passed over even where it is installed. */
  boolean withoutProsody() {
    return withoutProsody;
  }

  /** Whether a program reads the result. */
  boolean json() {
    return json;
  }
}
