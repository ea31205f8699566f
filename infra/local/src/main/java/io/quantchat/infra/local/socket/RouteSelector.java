package io.quantchat.infra.local.socket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quantchat.infra.local.gateway.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Evaluates a route selection expression of the form {@code $request.body.a.b}: the body is read as
 * JSON, the path is taken and its value, as text, is the route key.
 */
final class RouteSelector {

  private static final String PREFIX = "$request.body.";
  private static final Pattern SUPPORTED = Pattern.compile("\\$request\\.body(\\.[A-Za-z0-9_-]+)+");

  private final List<String> path;

  /**
   * @throws IllegalArgumentException if the expression is of another form
   */
  RouteSelector(String expression) {
    if (!SUPPORTED.matcher(expression).matches()) {
      throw new IllegalArgumentException(
          "route selection expression '"
              + expression
              + "' is not supported: use one path, such as $request.body.type");
    }
    path = List.of(expression.substring(PREFIX.length()).split("\\.", -1));
  }

  /** The key, or nothing if the body is no JSON or the path leads to no string, number, boolean. */
  Optional<String> select(String body) {
    try (JsonParser parser = Json.MAPPER.createParser(body)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Optional<String> key = find(parser, 0);
      return parser.nextToken() == null ? key : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Walks the value the parser stands on to its end, so that what follows is checked, too. */
  private Optional<String> find(JsonParser parser, int depth) throws IOException {
    if (depth == path.size()) {
      return scalar(parser);
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return Optional.empty();
    }
    Optional<String> found = Optional.empty();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean onPath = parser.currentName().equals(path.get(depth));
      parser.nextToken();
      if (onPath) {
        found = find(parser, depth + 1);
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private static Optional<String> scalar(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      return Optional.of(parser.getText());
    }
    parser.skipChildren();
    return Optional.empty();
  }
}
