package io.quantchat.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class Times {

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
    return dateAndMinute.format(time);
  }

  /** Without the date, where that is today's. */
  String brief(Instant time) {
    boolean today = dayOf(time).equals(dayOf(clock.instant()));
    return (today ? minute : dateAndMinute).format(time);
  }

  private LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, clock.getZone());
  }
}
