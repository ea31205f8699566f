package io.quantchat.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class Times {

  private final DateTimeFormatter dateAndMinute;
  private final DateTimeFormatter minute;

  Times(ZoneId zone) {
    this.dateAndMinute =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(zone);
    this.minute = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(zone);
  }

  String dateAndMinute(Instant time) {
    return dateAndMinute.format(time);
  }

  String minute(Instant time) {
    return minute.format(time);
  }
}
