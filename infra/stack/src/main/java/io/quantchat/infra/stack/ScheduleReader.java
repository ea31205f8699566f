package io.quantchat.infra.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the events of type {@code Schedule} that functions declare: rates, and no calendars (Amazon
 * EventBridge User Guide, "Rate expressions").
 */
final class ScheduleReader {
  static final String TYPE = "Schedule";

  private static final Set<String> HONOURED = Set.of("Schedule", "Enabled");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("Name", "Description", "RetryPolicy", "DeadLetterConfig");
  private static final Pattern RATE =
      Pattern.compile("rate\\(([1-9][0-9]{0,5}) (minute|hour|day)(s?)\\)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1), "day", Duration.ofDays(1));

  private ScheduleReader() {}

  static List<ScheduleSpec> read(String logicalId, Properties function) {
    List<ScheduleSpec> schedules = new ArrayList<>();
    Properties events = function.child("Events");
    for (String name : events.values().keySet()) {
      Properties event = events.child(name);
      if (event.optionalText("Type").equals(Optional.of(TYPE))) {
        event.allow(Set.of("Type", "Properties"), Set.of());
        Properties schedule = event.child("Properties");
        schedule.allow(HONOURED, WITHOUT_EFFECT);
        Duration every = every(schedule);
        if (!schedule.has("Enabled") || schedule.flag("Enabled")) {
          schedules.add(new ScheduleSpec(logicalId, name, every));
        }
      }
    }
    return schedules;
  }

  /** One is singular and all others plural, or EventBridge refuses the rule. */
  private static Duration every(Properties schedule) {
    String text = schedule.text("Schedule");
    Matcher rate = RATE.matcher(text);
    if (!rate.matches() || rate.group(1).equals("1") != rate.group(3).isEmpty()) {
      throw schedule.refusal(
          "Schedule", text + " is not supported here: only rates are, such as rate(1 minute)");
    }
    return UNITS.get(rate.group(2)).multipliedBy(Long.parseLong(rate.group(1)));
  }
}
