package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An IAM policy as authorizers return it: statements with Effect, Action and Resource, {@code *}
 * and {@code ?} as wildcards. What it can't evaluate (Condition, NotAction, NotResource) it doesn't
 * accept, rather than let someone in by ignoring it.
 */
record Policy(List<Statement> statements) {

  private static final Set<String> STATEMENT_KEYS = Set.of("Sid", "Effect", "Action", "Resource");

  /** One statement; actions are compared in lower case, as IAM does. */
  record Statement(boolean allow, List<Pattern> actions, List<Pattern> resources) {

    boolean covers(String action, String resource) {
      return matches(actions, action.toLowerCase(Locale.ROOT)) && matches(resources, resource);
    }

    private static boolean matches(List<Pattern> patterns, String value) {
      return patterns.stream().anyMatch(pattern -> pattern.matcher(value).matches());
    }
  }

  static Optional<Policy> parse(JsonNode document) {
    JsonNode written = document.path("Statement");
    if (written.isObject()) {
      return statement(written).map(one -> new Policy(List.of(one)));
    }
    if (!written.isArray() || written.isEmpty()) {
      return Optional.empty();
    }
    List<Statement> statements = new ArrayList<>();
    for (JsonNode each : written) {
      Optional<Statement> statement = statement(each);
      if (statement.isEmpty()) {
        return Optional.empty();
      }
      statements.add(statement.get());
    }
    return Optional.of(new Policy(statements));
  }

  /** Whether a statement allows it and none denies it. */
  boolean allows(String action, String resource) {
    List<Statement> covering = statements.stream().filter(s -> s.covers(action, resource)).toList();
    return !covering.isEmpty() && covering.stream().allMatch(Statement::allow);
  }

  private static Optional<Statement> statement(JsonNode written) {
    String effect = written.path("Effect").asText();
    List<Pattern> actions = new ArrayList<>();
    List<Pattern> resources = new ArrayList<>();
    boolean usable =
        written.isObject()
            && written.propertyStream().allMatch(p -> STATEMENT_KEYS.contains(p.getKey()))
            && (effect.equals("Allow") || effect.equals("Deny"))
            && read(written.path("Action"), true, actions)
            && read(written.path("Resource"), false, resources);
    return usable
        ? Optional.of(new Statement(effect.equals("Allow"), actions, resources))
        : Optional.empty();
  }

  private static boolean read(JsonNode value, boolean lowerCase, List<Pattern> into) {
    List<JsonNode> each = value.isArray() ? value.valueStream().toList() : List.of(value);
    for (JsonNode one : each) {
      if (!one.isTextual()) {
        return false;
      }
      String text = one.textValue();
      into.add(wildcard(lowerCase ? text.toLowerCase(Locale.ROOT) : text));
    }
    return !into.isEmpty();
  }

  private static Pattern wildcard(String text) {
    StringBuilder regex = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
