package io.quantchat.limits;

import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits as an operator has turned them: each {@code policy=most} of the variable {@code
 * LIMITS}, with commas or blanks between; all others have their defaults. 0 turns a limit off,
 * {@code off} all of them.
 */
final class Settings {

  private static final Map<String, Limit> BY_POLICY =
      Stream.of(Limit.values()).collect(Collectors.toMap(Limit::policy, Function.identity()));

  private static final String OFF = "off";
  private static final Pattern SETTINGS = Pattern.compile("[\\s,]+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Map<Limit, Integer> most = new EnumMap<>(Limit.class);

  private Settings() {
    for (Limit limit : Limit.values()) {
      most.put(limit, limit.most());
    }
  }

  /** The settings of a function's environment. */
  static Settings of(Environment environment) {
    return environment.has(Variable.LIMITS) ? parse(environment.get(Variable.LIMITS)) : parse("");
  }

  /**
   * Reads settings.
   *
   * @throws IllegalStateException for a limit there isn't, or what is no number: a function must
   *     not run with limits that nobody meant
   */
  static Settings parse(String text) {
    var settings = new Settings();
    for (String setting : SETTINGS.split(text, -1)) {
      if (setting.equals(OFF)) {
        settings.most.replaceAll((limit, most) -> 0);
      } else if (!setting.isEmpty()) {
        settings.read(setting);
      }
    }
    return settings;
  }

  private void read(String setting) {
    int sign = setting.indexOf('=');
    Limit limit = BY_POLICY.get(sign < 0 ? "" : setting.substring(0, sign));
    if (limit == null) {
      throw new IllegalStateException(
          "LIMITS holds \"" + setting + "\"; the limits are " + BY_POLICY.keySet());
    }
    most.put(limit, number(setting.substring(sign + 1)));
  }

  private static int number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalStateException(
          "LIMITS holds \"" + text + "\" where a number from 0 to 999999999 must be");
    }
    return Integer.parseInt(text);
  }

  /** Uses of one window; 0 if the limit is off. */
  int most(Limit limit) {
    return most.get(limit);
  }
}
