package io.quantchat.cli;

import io.quantchat.client.model.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.function.Function;

/** Times as people read them. */
final class Times {

  /** Clocks may be so far apart. */
  private static final Duration APART = Duration.ofMinutes(5);

  /** A message waits for a week to be sent, and for a week at the relay. */
  private static final Duration LONGEST_WAY = Duration.ofDays(15);

  private final Clock clock;
  private final DateTimeFormatter dateAndMinute;
  private final DateTimeFormatter minute;

  /**
   * @param clock of the person's time zone
   */
  Times(Clock clock) {
    this.clock = clock;
    this.dateAndMinute =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(clock.getZone());
    this.minute = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(clock.getZone());
  }

  String dateAndMinute(Instant time) {
    return dateAndMinute.format(time) + offset(time);
  }

  /** When a message was written, as {@link #briefOf} says it, with the date. */
  String of(Message message) {
    return of(message, this::dateAndMinute);
  }

  /**
   * When a message was written, as its sender says; where that can't be, when it came in, and what
   * is claimed beside it.
   */
  String briefOf(Message message) {
    return of(message, this::brief);
  }

  private String of(Message message, Function<Instant, String> format) {
    Instant arrived = message.arrived();
    boolean canBe =
        !message.created().isAfter(arrived.plus(APART))
            && !message.created().isBefore(arrived.minus(LONGEST_WAY));
    return canBe || !message.isIncoming()
        ? format.apply(message.created())
        : format.apply(arrived) + " (dated " + dateAndMinute(message.created()) + ")";
  }

  /** Without the date, where that is today's. */
  String brief(Instant time) {
    boolean today = dayOf(time).equals(dayOf(clock.instant()));
    return (today ? minute : dateAndMinute).format(time) + offset(time);
  }

  /** Where clocks are put back, an hour comes twice: then it is said which one it is. */
  private String offset(Instant time) {
    ZoneRules rules = clock.getZone().getRules();
    boolean isTwice =
        rules.getValidOffsets(LocalDateTime.ofInstant(time, clock.getZone())).size() > 1;
    return isTwice ? rules.getOffset(time).toString() : "";
  }

  private LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, clock.getZone());
  }
}
