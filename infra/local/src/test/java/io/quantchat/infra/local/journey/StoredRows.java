package io.quantchat.infra.local.journey;

import io.quantchat.infra.local.OwnBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** All that a backend's tables hold at one moment, by the tables' logical ids. */
record StoredRows(Map<String, List<Map<String, AttributeValue>>> tables) {

  /** What is counted of callers, whom it lets in or not. */
  private static final String LIMITS = "LimitsTable";

  static StoredRows of(OwnBackend backend) {
    Map<String, List<Map<String, AttributeValue>>> tables = new TreeMap<>();
    backend.tableNames().forEach((id, name) -> tables.put(id, scan(backend.tables(), name)));
    return new StoredRows(tables);
  }

  private static List<Map<String, AttributeValue>> scan(DynamoDbClient client, String table) {
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    Map<String, AttributeValue> from = null;
    do {
      Map<String, AttributeValue> start = from;
      ScanResponse page =
          client.scan(scan -> scan.tableName(table).consistentRead(true).exclusiveStartKey(start));
      rows.addAll(page.items());
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (from != null);
    return rows;
  }

  /** The rows of one table. */
  List<Map<String, AttributeValue>> of(String table) {
    return tables.get(table);
  }

  /** Every row but the limits', as {@code TABLE attributes}. */
  Set<String> all() {
    return naming("");
  }

  /** Those of them in which a text stands. */
  Set<String> naming(String text) {
    Set<String> found = new TreeSet<>();
    tables.forEach(
        (table, rows) ->
            rows.stream()
                .filter(_ -> !table.equals(LIMITS))
                .map(row -> table + " " + new TreeMap<>(row))
                .filter(row -> row.contains(text))
                .forEach(found::add));
    return found;
  }
}
