package io.quantchat.infra.bench.relay;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be measured, each by its own name. */
enum Measurement {
  /** Until it is ready, and what it relays at once. */
  START,
  /** What it relays once it is warm. */
  STEADY,
  /** How fast messages arrive at half of the steady rate. */
  OPEN_LOOP,
  /** The memory that sockets take on which nothing happens. */
  IDLE,
  /** Messages kept for somebody who is away, and fetched by them in pages. */
  QUEUE,
  /** Until it is ready on a folder that holds much. */
  OPENING,
  /** The database alone. */
  PUTS;

  /** What is typed. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Measurement> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  static String words() {
    return Arrays.stream(values()).map(Measurement::word).collect(Collectors.joining(", "));
  }
}
