package io.quantchat.infra.stack;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The template's parameters: a deployment's values or the defaults, checked. */
final class Parameters {
  private static final Set<String> HONOURED =
      Set.of("Type", "Default", "AllowedValues", "AllowedPattern", "MinValue", "MaxValue");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("Description", "NoEcho", "ConstraintDescription");

  private Parameters() {}

  /** Values by name. */
  static Map<String, String> resolve(Map<String, Object> declared, Map<String, String> overrides) {
    for (String name : overrides.keySet()) {
      if (!declared.containsKey(name)) {
        throw new TemplateException("The template has no parameter " + name + ".");
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    declared.forEach(
        (name, node) -> {
          Properties parameter = Properties.of("Parameter " + name, node);
          parameter.allow(HONOURED, WITHOUT_EFFECT);
          values.put(name, value(name, parameter, overrides.get(name)));
        });
    return values;
  }

  private static String value(String name, Properties parameter, String override) {
    String text =
        override != null
            ? override
            : parameter
                .optionalText("Default")
                .orElseThrow(
                    () ->
                        new TemplateException(
                            "Parameter " + name + " has no default and was given no value."));
    String type = parameter.text("Type");
    return switch (type) {
      case "String" -> checked(parameter, name, text, false);
      case "Number" -> checked(parameter, name, text, true);
      default -> throw parameter.refusal("Type", type + " is not supported here");
    };
  }

  private static String checked(Properties parameter, String name, String text, boolean number) {
    if (number) {
      BigDecimal value = number("Parameter " + name, text);
      parameter
          .optionalText("MinValue")
          .filter(least -> value.compareTo(number("MinValue", least)) < 0)
          .ifPresent(least -> refuse(name, text, "is less than " + least));
      parameter
          .optionalText("MaxValue")
          .filter(most -> value.compareTo(number("MaxValue", most)) > 0)
          .ifPresent(most -> refuse(name, text, "is more than " + most));
    }
    parameter
        .optionalText("AllowedPattern")
        .filter(pattern -> !Pattern.matches(pattern, text))
        .ifPresent(pattern -> refuse(name, text, "doesn't match " + pattern));
    List<String> allowed = parameter.texts("AllowedValues");
    if (!allowed.isEmpty() && !allowed.contains(text)) {
      refuse(name, text, "is none of " + allowed);
    }
    return text;
  }

  private static BigDecimal number(String what, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new TemplateException(what + ": '" + text + "' is no number.", e);
    }
  }

  private static void refuse(String name, String value, String why) {
    throw new TemplateException("Parameter " + name + ": '" + value + "' " + why + ".");
  }
}
