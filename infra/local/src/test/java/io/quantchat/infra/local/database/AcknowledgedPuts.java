package io.quantchat.infra.local.database;

import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A process that puts items on disk and prints the id of each once it is answered, until it is
 * killed or nobody reads any more.
 */
final class AcknowledgedPuts {
  static final TableSpec TABLE =
      new TableSpec(
          "Puts", "puts", new TableSpec.Key("id", "S"), Optional.empty(), Optional.empty());

  private AcknowledgedPuts() {}

  /**
   * @param arguments the data folder
   */
  public static void main(String[] arguments) {
    DynamoDbClient client = OwnDatabase.onDisk(Path.of(arguments[0])).client();
    new Tables(client).create(List.of(TABLE), Tables.Reaping.NEVER);
    for (int id = 0; !System.out.checkError(); id++) {
      Map<String, AttributeValue> item = item(String.valueOf(id));
      client.putItem(b -> b.tableName(TABLE.name()).item(item));
      System.out.println(id);
    }
    System.exit(1);
  }

  static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }
}
