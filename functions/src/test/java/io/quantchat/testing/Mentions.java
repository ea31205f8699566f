package io.quantchat.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where the tables mention an account: by its id, as a text or packed, or by other texts. */
public final class Mentions {

  private final List<String> texts;
  private final String packedId;

  /**
   * What mentions this account.
   *
   * @param others such as its address
   */
  public Mentions(String userId, List<String> others) {
    UUID id = UUID.fromString(userId);
    byte[] packed =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    this.packedId = new String(packed, StandardCharsets.ISO_8859_1);
    var all = new ArrayList<>(others);
    all.add(userId);
    this.texts = List.copyOf(all);
  }

  /** The rows that do, by table; tables without any left out. */
  public Map<String, List<Map<String, AttributeValue>>> in(
      StoreTables tables, DynamoDbClient client) {
    var found = new TreeMap<String, List<Map<String, AttributeValue>>>();
    for (String table : StoreTables.stack().tables().keySet()) {
      List<Map<String, AttributeValue>> rows =
          client.scanPaginator(scan -> scan.tableName(tables.name(table))).items().stream()
              .filter(row -> row.values().stream().anyMatch(this::isIn))
              .toList();
      if (!rows.isEmpty()) {
        found.put(table, rows);
      }
    }
    return found;
  }

  private boolean isIn(AttributeValue value) {
    return switch (value.type()) {
      case S -> isIn(value.s());
      case SS -> value.ss().stream().anyMatch(this::isIn);
      case B -> isIn(value.b().asByteArray());
      case BS -> value.bs().stream().anyMatch(one -> isIn(one.asByteArray()));
      case L -> value.l().stream().anyMatch(this::isIn);
      case M ->
          value.m().keySet().stream().anyMatch(this::isIn)
              || value.m().values().stream().anyMatch(this::isIn);
      default -> false;
    };
  }

  private boolean isIn(String text) {
    return texts.stream().anyMatch(text::contains);
  }

  private boolean isIn(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.contains(packedId) || isIn(text);
  }
}
