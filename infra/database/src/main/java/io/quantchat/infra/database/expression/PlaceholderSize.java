package io.quantchat.infra.database.expression;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How much a request's placeholders hold, in bytes. */
final class PlaceholderSize {

  /**
   * The most that all names, and all values, may hold.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters">Expression
   *     parameters</a>
   */
  static final long MOST = 2 * 1024 * 1024;

  private PlaceholderSize() {}

  static long ofNames(Map<String, String> names) {
    long bytes = 0;
    for (Map.Entry<String, String> entry : names.entrySet()) {
      bytes += of(entry.getKey()) + of(entry.getValue());
    }
    return bytes;
  }

  static long ofValues(Map<String, AttributeValue> values) {
    long bytes = 0;
    for (Map.Entry<String, AttributeValue> entry : values.entrySet()) {
      bytes += of(entry.getKey()) + of(entry.getValue());
    }
    return bytes;
  }

  private static long of(AttributeValue value) {
    if (value == null || value.type() == null) {
      return 0;
    }
    return switch (value.type()) {
      case S -> of(value.s());
      case N -> of(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> value.ss().stream().mapToLong(PlaceholderSize::of).sum();
      case NS -> value.ns().stream().mapToLong(PlaceholderSize::of).sum();
      case BS -> value.bs().stream().mapToLong(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case L -> value.l().stream().mapToLong(PlaceholderSize::of).sum();
      case M -> ofValues(value.m());
      case BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 1;
    };
  }

  /** Text of 7 bits, as most is, is as long in bytes as in characters. */
  private static long of(String text) {
    if (text == null) {
      return 0;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return text.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return text.length();
  }
}
