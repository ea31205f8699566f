package io.quantchat.infra.database.differential;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How dynalite tells keys of a batch from one another: by a text without their types. */
final class DynaliteKeys {

  private static final String OBJECT = "[object Object]";

  private DynaliteKeys() {}

  static boolean areDistinct(List<Map<String, AttributeValue>> keys) {
    return keys.stream().map(DynaliteKeys::text).distinct().count() == keys.size();
  }

  private static String text(Map<String, AttributeValue> key) {
    return new TreeMap<>(key)
        .values().stream().map(DynaliteKeys::text).collect(Collectors.joining("/"));
  }

  private static String text(AttributeValue value) {
    return switch (value.type()) {
      case S -> HexFormat.of().formatHex(value.s().getBytes(StandardCharsets.UTF_8));
      case B -> HexFormat.of().formatHex(value.b().asByteArrayUnsafe());
      case N -> "number " + new BigDecimal(value.n()).stripTrailingZeros();
      case BOOL -> value.bool().toString();
      case NUL -> value.nul().toString();
      case SS -> String.join(",", value.ss());
      case NS -> String.join(",", value.ns());
      case L -> value.l().stream().map(element -> OBJECT).collect(Collectors.joining(","));
      case M -> OBJECT;
      default -> throw new IllegalStateException("No key is made of " + value.type());
    };
  }
}
