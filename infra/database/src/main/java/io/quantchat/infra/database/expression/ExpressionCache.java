package io.quantchat.infra.database.expression;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps what was read from texts, so that each is read once. A program has few expressions; should
 * there be very many, all are forgotten and it begins anew. What can't be read isn't kept.
 */
final class ExpressionCache<T> {

  private static final int MOST = 1_000;

  private final Map<String, T> parsed = new ConcurrentHashMap<>();
  private final Function<String, T> parse;

  ExpressionCache(Function<String, T> parse) {
    this.parse = parse;
  }

  T of(String text) {
    T known = parsed.get(text);
    if (known != null) {
      return known;
    }
    T read = parse.apply(text);
    if (parsed.size() >= MOST) {
      parsed.clear();
    }
    parsed.put(text, read);
    return read;
  }

  int size() {
    return parsed.size();
  }
}
