package io.quantchat.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One DynamoDB item, read by attribute name. Knows DynamoDB's types and nobody's attributes. */
public record Item(Map<String, AttributeValue> attributes) {

  /** A string. */
  public static AttributeValue of(String text) {
    return AttributeValue.fromS(text);
  }

  /** A whole number. */
  public static AttributeValue of(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  /** Bytes; the array must not change afterwards. */
  public static AttributeValue of(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
  }

  /** An id as its 16 bytes. */
  public static AttributeValue packedId(String id) {
    UUID uuid = UUID.fromString(id);
    return of(
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array());
  }

  /** Whether the item has the attribute. */
  private boolean has(String name) {
    return attributes.containsKey(name);
  }

  /** A string that must be there. */
  public String text(String name) {
    return attributes.get(name).s();
  }

  /** A string that may be there. */
  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
  }

  /** A whole number that must be there. */
  public long number(String name) {
    return Long.parseLong(attributes.get(name).n());
  }

  /** A whole number, or this where there is none. */
  public long numberOr(String name, long otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  /** A time kept in epoch milliseconds. */
  public Optional<Instant> time(String name) {
    return has(name) ? Optional.of(Instant.ofEpochMilli(number(name))) : Optional.empty();
  }

  /** Bytes that must be there. */
  public byte[] bytes(String name) {
    return attributes.get(name).b().asByteArrayUnsafe();
  }

  /** An id kept as its 16 bytes. */
  public String unpackedId(String name) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(name));
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /** A set of strings; an absent one is empty. */
  public Set<String> texts(String name) {
    return has(name) ? Set.copyOf(attributes.get(name).ss()) : Set.of();
  }

  /**
   * The item's size as DynamoDB bills it, for items of strings, numbers and binaries: names and
   * values in UTF-8 bytes, a number as half its digits and one byte.
   */
  public int billedSize() {
    int size = 0;
    for (Map.Entry<String, AttributeValue> entry : attributes.entrySet()) {
      AttributeValue value = entry.getValue();
      size += entry.getKey().getBytes(StandardCharsets.UTF_8).length;
      size +=
          switch (value.type()) {
            case S -> value.s().getBytes(StandardCharsets.UTF_8).length;
            case B -> value.b().asByteArrayUnsafe().length;
            case N -> (value.n().length() + 1) / 2 + 1;
            default ->
                throw new IllegalArgumentException(
                    "no size for an attribute of type " + value.type());
          };
    }
    return size;
  }
}
