package io.quantchat.infra.demo.attacks;

import io.quantchat.infra.demo.attacks.Attacker.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What two addresses are answered, and after how long.
 *
 * @param known what the address of an account was answered, each time
 * @param unknown what nobody's was, asked in turn with the other
 */
record Comparison(List<Timed> known, List<Timed> unknown) {

  /** Fewer than a limit of tries lets through. */
  static final int TIMES = 8;

  /** No shorter difference is told from what a network does to a call. */
  private static final Duration TELLING = Duration.ofMillis(5);

  /** One answer, and how long it took in ns. */
  record Timed(Answer answer, long nanoseconds) {}

  /** What is asked of an address. */
  @FunctionalInterface
  interface Question {
    Answer ask(String email) throws IOException, InterruptedException;
  }

  /** Asks of both in turn. */
  static Comparison of(Question question, String known, String unknown)
      throws IOException, InterruptedException {
    var compared = new Comparison(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < TIMES; i++) {
      compared.known.add(timed(question, known));
      compared.unknown.add(timed(question, unknown));
    }
    return compared;
  }

  private static Timed timed(Question question, String email)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    Answer answer = question.ask(email);
    return new Timed(answer, System.nanoTime() - began);
  }

  /** Whether neither status nor words nor time tell them apart. */
  boolean isAlike(int status) {
    Answer first = known.getFirst().answer();
    for (List<Timed> side : List.of(known, unknown)) {
      for (Timed timed : side) {
        if (timed.answer().status() != status || !timed.answer().body().equals(first.body())) {
          return false;
        }
      }
    }
    return !isAlwaysSlower(known, unknown) && !isAlwaysSlower(unknown, known);
  }

  /** By chance one side is slower in each pair once in 256 times, and seldom by so much. */
  private static boolean isAlwaysSlower(List<Timed> these, List<Timed> those) {
    for (int i = 0; i < these.size(); i++) {
      if (these.get(i).nanoseconds() <= those.get(i).nanoseconds()) {
        return false;
      }
    }
    return median(these) - median(those) > TELLING.toNanos();
  }

  private static long median(List<Timed> side) {
    long[] times = side.stream().mapToLong(Timed::nanoseconds).sorted().toArray();
    return times[times.length / 2];
  }
}
