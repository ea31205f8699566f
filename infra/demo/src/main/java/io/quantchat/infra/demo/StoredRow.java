package io.quantchat.infra.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row of a table.
 *
 * @param attributes by name
 */
record StoredRow(Map<String, AttributeValue> attributes) {

  /**
   * A binary attribute of a row.
   *
   * @param value its bytes
   */
  record Attribute(String name, byte[] value) {}

  /**
   * All values as bytes: texts and numbers as they are, what is base64 decoded, too, and what is
   * deflated inflated, too.
   */
  List<byte[]> contents() {
    var contents = new ArrayList<byte[]>();
    attributes.values().forEach(value -> collect(value, contents));
    return contents;
  }

  /** The attribute in which these bytes stand. */
  Optional<Attribute> holding(byte[] bytes) {
    return attributes.entrySet().stream()
        .filter(attribute -> attribute.getValue().type() == AttributeValue.Type.B)
        .map(attribute -> new Attribute(attribute.getKey(), attribute.getValue().b().asByteArray()))
        .filter(attribute -> position(bytes, attribute.value()) >= 0)
        .findFirst();
  }

  /** Where bytes stand in others; -1 where they don't. */
  static int position(byte[] bytes, byte[] in) {
    return latin1(in).indexOf(latin1(bytes));
  }

  private static void collect(AttributeValue value, List<byte[]> contents) {
    texts(value)
        .forEach(
            text -> {
              decoded(text).ifPresent(bytes -> collect(bytes, contents));
              // Not only where it isn't base64: words may look as if they were.
              contents.add(text.getBytes(StandardCharsets.UTF_8));
            });
    binaries(value).forEach(bytes -> collect(bytes.asByteArray(), contents));
    value.l().forEach(member -> collect(member, contents));
    value.m().values().forEach(member -> collect(member, contents));
  }

  private static void collect(byte[] bytes, List<byte[]> contents) {
    contents.add(bytes);
    inflated(bytes).ifPresent(contents::add);
  }

  private static Stream<String> texts(AttributeValue value) {
    return Stream.concat(
        Stream.of(Optional.ofNullable(value.s()), Optional.ofNullable(value.n()))
            .flatMap(Optional::stream),
        Stream.concat(value.ss().stream(), value.ns().stream()));
  }

  private static Stream<SdkBytes> binaries(AttributeValue value) {
    return Stream.concat(Optional.ofNullable(value.b()).stream(), value.bs().stream());
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException otherText) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> inflated(byte[] bytes) {
    try (var inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return Optional.of(inflater.readAllBytes());
    } catch (IOException notDeflated) {
      return Optional.empty();
    }
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
