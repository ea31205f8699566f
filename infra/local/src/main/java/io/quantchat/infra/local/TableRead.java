package io.quantchat.infra.local;

import io.quantchat.infra.stack.TableSpec;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The least that a database can be asked: for an item of a table under a key that nobody has. */
record TableRead(DynamoDbClient client, TableSpec table) implements Runnable {

  private static final String NOBODY = "health";

  @Override
  public void run() {
    Map<String, AttributeValue> key = new HashMap<>();
    key.put(table.partitionKey().name(), nobody(table.partitionKey()));
    table.sortKey().ifPresent(sort -> key.put(sort.name(), nobody(sort)));
    var _ = client.getItem(request -> request.tableName(table.name()).key(key));
  }

  private static AttributeValue nobody(TableSpec.Key key) {
    return switch (key.type()) {
      case "N" -> AttributeValue.fromN("0");
      case "B" -> AttributeValue.fromB(SdkBytes.fromUtf8String(NOBODY));
      default -> AttributeValue.fromS(NOBODY);
    };
  }
}
