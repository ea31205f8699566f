package io.quantchat.infra.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * A row of a table.
 *
 * @param attributes from attribute name to {@code {type: value}}; binary is in base64
 */
record StoredRow(JsonNode attributes) {

  private static final String BINARY = "B";

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
    collect(attributes, contents);
    return contents;
  }

  /** The attribute in which these bytes stand. */
  Optional<Attribute> holding(byte[] bytes) {
    return attributes.properties().stream()
        .filter(attribute -> attribute.getValue().has(BINARY))
        .flatMap(
            attribute ->
                decoded(attribute.getValue().path(BINARY).asText())
                    .map(value -> new Attribute(attribute.getKey(), value))
                    .stream())
        .filter(attribute -> position(bytes, attribute.value()) >= 0)
        .findFirst();
  }

  /** Where bytes stand in others; -1 where they don't. */
  static int position(byte[] bytes, byte[] in) {
    return latin1(in).indexOf(latin1(bytes));
  }

  private static void collect(JsonNode node, List<byte[]> contents) {
    if (node.isContainerNode()) {
      node.forEach(member -> collect(member, contents));
      return;
    }
    decoded(node.asText())
        .ifPresent(
            bytes -> {
              contents.add(bytes);
              inflated(bytes).ifPresent(contents::add);
            });
    // Not only where it isn't base64: words may look as if they were.
    contents.add(node.asText().getBytes(StandardCharsets.UTF_8));
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
