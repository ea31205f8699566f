package io.quantchat.infra.database;

import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Requests as text that is the same whenever they are, whatever the order of their maps. */
final class CanonicalText {

  private final StringBuilder text = new StringBuilder();

  private CanonicalText() {}

  static String of(List<TransactWriteItem> items) {
    var canonical = new CanonicalText();
    canonical.add(items);
    return canonical.text.toString();
  }

  private void add(Object value) {
    switch (value) {
      case null -> text.append('-');
      case SdkPojo pojo -> fields(pojo);
      case Map<?, ?> map -> map(map);
      case Collection<?> list -> {
        text.append('[');
        list.forEach(this::add);
        text.append(']');
      }
      case SdkBytes bytes -> quoted(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
      default -> quoted(value.toString());
    }
  }

  private void fields(SdkPojo pojo) {
    text.append('(');
    for (SdkField<?> field : pojo.sdkFields()) {
      Optional.ofNullable(field.getValueOrDefault(pojo))
          .ifPresent(
              value -> {
                quoted(field.memberName());
                add(value);
              });
    }
    text.append(')');
  }

  private void map(Map<?, ?> map) {
    var sorted = new TreeMap<String, Object>();
    map.forEach((key, value) -> sorted.put(key.toString(), value));
    text.append('{');
    sorted.forEach(
        (key, value) -> {
          quoted(key);
          add(value);
        });
    text.append('}');
  }

  /** With its length first, so that no two values read alike. */
  private void quoted(String value) {
    text.append(value.length()).append(':').append(value);
  }
}
