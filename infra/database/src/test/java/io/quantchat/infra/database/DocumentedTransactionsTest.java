package io.quantchat.infra.database;

import static io.quantchat.infra.database.TestTables.n;
import static io.quantchat.infra.database.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Transactions by AWS's documentation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html">TransactGetItems</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Transactions:
 *     how they work</a>
 */
class DocumentedTransactionsTest {

  private static final int KIB = 1024;

  private final EmbeddedDatabase database = EmbeddedDatabase.inMemory();
  private final DynamoDbClient client = database.client();

  @BeforeEach
  void makeTable() {
    TestTables.create(client, "rows", "id:S");
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** One response for each, in the order of the request; that of what isn't there is empty. */
  @Test
  void readsAreAnsweredInTheirOrder() {
    client.putItem(b -> b.tableName("rows").item(Map.of("id", s("a"), "n", n("1"), "x", s("y"))));
    client.putItem(b -> b.tableName("rows").item(Map.of("id", s("b"), "n", n("2"))));

    List<ItemResponse> responses =
        client
            .transactGetItems(
                b -> b.transactItems(get("b", null), get("none", null), get("a", "n")))
            .responses();

    assertThat(responses.get(0).item()).isEqualTo(Map.of("id", s("b"), "n", n("2")));
    assertThat(responses.get(1).hasItem()).isFalse();
    assertThat(responses.get(2).item()).isEqualTo(Map.of("n", n("1")));
  }

  /** Reads cost twice: two units for each 4 KB. */
  @Test
  void readsCostTwice() {
    put("a", 4 * KIB);
    put("b", 4 * KIB + 1);

    var read =
        client.transactGetItems(
            b ->
                b.transactItems(get("a", null), get("b", null), get("none", null))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

    assertThat(read.consumedCapacity())
        .singleElement()
        .satisfies(
            consumed -> {
              assertThat(consumed.capacityUnits()).isEqualTo(2 + 4 + 2);
              assertThat(consumed.readCapacityUnits()).isEqualTo(2 + 4 + 2);
              assertThat(consumed.tableName()).isEqualTo("rows");
            });
  }

  /** Up to 100 reads, and at least one. */
  @Test
  void oneTo100ItemsAreRead() {
    assertThat(client.transactGetItems(b -> b.transactItems(gets(100))).responses()).hasSize(100);
    DocumentedRefusals.assertInvalid(
        () -> client.transactGetItems(b -> b.transactItems(gets(101))),
        "1 validation error detected: Value with 101 members at 'transactItems' failed to satisfy"
            + " constraint: Member must have length less than or equal to 100");
    DocumentedRefusals.assertInvalid(
        () -> client.transactGetItems(b -> b.transactItems(List.of())),
        "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 1");
  }

  /** The aggregate size of what is read can't exceed 4 MB. */
  @Test
  void readsOfMoreThanFourMebibytesAreRefused() {
    for (int i = 0; i < 11; i++) {
      put("k" + i, 400 * KIB);
    }

    assertThat(client.transactGetItems(b -> b.transactItems(gets(10))).responses()).hasSize(10);
    DocumentedRefusals.assertInvalid(
        () -> client.transactGetItems(b -> b.transactItems(gets(11))),
        "The aggregate size of the items in the transaction exceeds 4 MB");
  }

  /** The aggregate size of what is written can't exceed 4 MB; nothing of it is done. */
  @Test
  void writesOfMoreThanFourMebibytesAreRefused() {
    client.transactWriteItems(b -> b.transactItems(puts("a", 10)));
    DocumentedRefusals.assertInvalid(
        () -> client.transactWriteItems(b -> b.transactItems(puts("b", 11))),
        "The aggregate size of the items in the transaction exceeds 4 MB");

    assertThat(client.scan(b -> b.tableName("rows")).count()).isLessThanOrEqualTo(10);
    assertThat(client.getItem(b -> b.tableName("rows").key(TestTables.key("b0"))).hasItem())
        .isFalse();
  }

  private void put(String id, int bytes) {
    client.putItem(b -> b.tableName("rows").item(sized(id, bytes)));
  }

  /** An item of so many bytes. */
  private static Map<String, AttributeValue> sized(String id, int bytes) {
    return Map.of("id", s(id), "x", s("x".repeat(bytes - id.length() - "idx".length())));
  }

  private static List<TransactWriteItem> puts(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                TransactWriteItem.builder()
                    .put(put -> put.tableName("rows").item(sized(prefix + i, 400 * KIB)))
                    .build())
        .toList();
  }

  private static List<TransactGetItem> gets(int count) {
    return IntStream.range(0, count).mapToObj(i -> get("k" + i, null)).toList();
  }

  private static TransactGetItem get(String id, String projection) {
    return TransactGetItem.builder()
        .get(b -> b.tableName("rows").key(TestTables.key(id)).projectionExpression(projection))
        .build();
  }
}
