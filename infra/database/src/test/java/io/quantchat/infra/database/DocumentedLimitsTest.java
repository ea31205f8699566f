package io.quantchat.infra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Limits and what requests cost, each by the page of AWS's documentation that states it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Quotas</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Read
 *     and write operations</a>
 */
class DocumentedLimitsTest {

  private static final int KIB = 1024;

  private final EmbeddedDatabase database = EmbeddedDatabase.inMemory();
  private final DynamoDbClient client = database.client();

  @BeforeEach
  void makeTables() {
    TestTables.create(client, "rows", "id:S");
    TestTables.create(client, "queues", "q:S", "m:N");
  }

  @AfterEach
  void close() {
    database.close();
  }

  /**
   * The maximum item size is 400 KB, names and values together.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items">Items</a>
   */
  @Test
  void anItemHas400KilobytesWithItsNames() {
    put(sized("a", 400 * KIB));
    assertInvalid(
        () -> put(sized("a", 400 * KIB + 1)), "Item size has exceeded the maximum allowed size");
    assertInvalid(
        () ->
            client.updateItem(
                b ->
                    b.tableName("rows")
                        .key(TestTables.key("a"))
                        .updateExpression("SET more = :more")
                        .expressionAttributeValues(Map.of(":more", TestTables.s("x")))),
        "Item size to update has exceeded the maximum allowed size");
  }

  /**
   * A partition key has 1 to 2048 bytes, a sort key 1 to 1024.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys">Partition
   *     keys and sort keys</a>
   */
  @Test
  void keysHave2048And1024Bytes() {
    TestTables.create(client, "texts", "q:S", "m:S");
    put("texts", Map.of("q", text(2048), "m", text(1024)));
    assertInvalid(
        () -> put("texts", Map.of("q", text(2049), "m", text(1))),
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size"
            + " limit of2048 bytes");
    assertInvalid(
        () -> put("texts", Map.of("q", text(1), "m", text(1025))),
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded"
            + " the size limit of 1024 bytes");
    assertInvalid(
        () -> put("texts", Map.of("q", text(0), "m", text(1))),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: q");
  }

  /**
   * A write unit is 1 KB, rounded up; of the larger of old and new.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Read
   *     and write operations</a>
   */
  @Test
  void aWriteCostsTheLargerOfOldAndNewByTheKilobyte() {
    assertThat(putUnits(sized("a", KIB))).isEqualTo(1);
    assertThat(putUnits(sized("b", KIB + 1))).isEqualTo(2);
    assertThat(putUnits(sized("b", 100))).isEqualTo(2);
    assertThat(putUnits(sized("b", 100))).isEqualTo(1);
    assertThat(deleteUnits("b")).isEqualTo(1);
    assertThat(deleteUnits("never there")).isEqualTo(1);
    put(sized("c", 3 * KIB));
    assertThat(deleteUnits("c")).isEqualTo(3);
  }

  /**
   * A read unit is 4 KB; eventually consistent reads cost half.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Read
   *     and write operations</a>
   */
  @Test
  void aReadCostsByFourKilobytesAndHalfIfItMayBeStale() {
    put(sized("a", 4 * KIB));
    put(sized("b", 4 * KIB + 1));

    assertThat(getUnits("a", true)).isEqualTo(1);
    assertThat(getUnits("a", false)).isEqualTo(0.5);
    assertThat(getUnits("b", true)).isEqualTo(2);
    assertThat(getUnits("b", false)).isEqualTo(1);
    assertThat(getUnits("not there", true)).isEqualTo(1);
    assertThat(getUnits("not there", false)).isEqualTo(0.5);
  }

  /**
   * Sizes are summed, then rounded; the filter changes nothing.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Other.html">Other
   *     aspects of queries</a>
   */
  @Test
  void aQueryCostsWhatItLookedAtTogether() {
    for (int i = 0; i < 10; i++) {
      putInQueue(i, 1_000);
    }

    var all =
        client.query(
            b ->
                b.tableName("queues")
                    .keyConditionExpression("q = :q")
                    .filterExpression("attribute_exists(absent)")
                    .expressionAttributeValues(Map.of(":q", TestTables.s("a")))
                    .consistentRead(true)
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));

    assertThat(all.count()).isZero();
    assertThat(all.scannedCount()).isEqualTo(10);
    assertThat(all.consumedCapacity().capacityUnits()).isEqualTo(3);
    assertThat(all.consumedCapacity().table().capacityUnits()).isEqualTo(3);
  }

  /**
   * Transactional reads and writes cost twice.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Transactions:
   *     how they work</a>
   */
  @Test
  void aTransactionCostsTwice() {
    var written =
        client.transactWriteItems(
            b ->
                b.transactItems(inTransaction("a", KIB), inTransaction("b", KIB + 1))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

    assertThat(written.consumedCapacity())
        .singleElement()
        .satisfies(
            consumed -> {
              assertThat(consumed.capacityUnits()).isEqualTo(6);
              assertThat(consumed.writeCapacityUnits()).isEqualTo(6);
            });
  }

  /**
   * A page ends at 1 MB of data, before the filter.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html">Paginating
   *     results</a>
   */
  @Test
  void aPageEndsAtOneMebibyteBeforeTheFilter() {
    for (int i = 0; i < 5; i++) {
      putInQueue(i, 300 * KIB);
    }

    var first =
        client.query(
            b ->
                b.tableName("queues")
                    .keyConditionExpression("q = :q")
                    .filterExpression("attribute_not_exists(x)")
                    .expressionAttributeValues(Map.of(":q", TestTables.s("a"))));

    assertThat(first.items()).isEmpty();
    assertThat(first.scannedCount()).isEqualTo(3);
    assertThat(first.lastEvaluatedKey())
        .isEqualTo(Map.of("q", TestTables.s("a"), "m", TestTables.n("2")));

    var second =
        client.query(
            b ->
                b.tableName("queues")
                    .keyConditionExpression("q = :q")
                    .expressionAttributeValues(Map.of(":q", TestTables.s("a")))
                    .exclusiveStartKey(first.lastEvaluatedKey())
                    .select(Select.COUNT));

    assertThat(second.count()).isEqualTo(2);
    assertThat(second.hasItems()).isFalse();
    assertThat(second.hasLastEvaluatedKey()).isFalse();
  }

  /**
   * Up to 100 items, 16 MB; what is more is unprocessed.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>
   */
  @Test
  void aBatchReads100ItemsAnd16Mebibytes() {
    for (int i = 0; i < 42; i++) {
      put(sized("k" + i, 400 * KIB));
    }
    List<Map<String, AttributeValue>> keys =
        IntStream.range(0, 42).mapToObj(i -> TestTables.key("k" + i)).toList();

    var read = client.batchGetItem(b -> b.requestItems(Map.of("rows", keys(keys))));

    assertThat(read.responses().get("rows")).hasSize(40);
    assertThat(read.unprocessedKeys().get("rows").keys()).hasSize(2);
    assertThat(
            client.batchGetItemPaginator(b -> b.requestItems(Map.of("rows", keys(keys)))).stream()
                .mapToInt(page -> page.responses().get("rows").size())
                .sum())
        .isEqualTo(42);
    List<Map<String, AttributeValue>> tooMany =
        IntStream.range(0, 101).mapToObj(i -> TestTables.key("k" + i)).toList();
    assertInvalid(
        () -> client.batchGetItem(b -> b.requestItems(Map.of("rows", keys(tooMany)))),
        "Too many items requested for the BatchGetItem call");
  }

  /**
   * Up to 25 operations, none on one item twice.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>
   */
  @Test
  void aBatchWrites25Items() {
    client.batchWriteItem(b -> b.requestItems(Map.of("rows", writes(25))));
    assertInvalid(
        () -> client.batchWriteItem(b -> b.requestItems(Map.of("rows", writes(26)))),
        "Too many items requested for the BatchWriteItem call");
    List<WriteRequest> twice = new ArrayList<>(writes(1));
    twice.addAll(writes(1));
    assertInvalid(
        () -> client.batchWriteItem(b -> b.requestItems(Map.of("rows", twice))),
        "Provided list of item keys contains duplicates");
  }

  /**
   * A batch has up to 16 MB: as many items as it may have, as large as they may be, are less.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>
   */
  @Test
  void aBatchWrites25ItemsOf400Kilobytes() {
    List<WriteRequest> largest =
        IntStream.range(0, 25)
            .mapToObj(
                i ->
                    WriteRequest.builder()
                        .putRequest(put -> put.item(sized("w" + i, 400 * KIB)))
                        .build())
            .toList();

    assertThat(
            client.batchWriteItem(b -> b.requestItems(Map.of("rows", largest))).unprocessedItems())
        .isEmpty();
    assertThat(client.scanPaginator(b -> b.tableName("rows")).items().stream().count())
        .isEqualTo(25);
  }

  /**
   * Up to 100 operations, 4 MB together, none on one item twice.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
   */
  @Test
  void aTransactionWrites100Items() {
    client.transactWriteItems(b -> b.transactItems(transaction(100, 100)));
    assertInvalid(
        () -> client.transactWriteItems(b -> b.transactItems(transaction(101, 100))), "100");
    assertInvalid(
        () -> client.transactWriteItems(b -> b.transactItems(transaction(11, 390 * KIB))), "4 MB");
    assertInvalid(
        () ->
            client.transactWriteItems(
                b -> b.transactItems(inTransaction("a", 100), inTransaction("a", 100))),
        "Transaction request cannot include multiple operations on one item");
  }

  /**
   * Type by type, with names.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item
   *     sizes and formats</a>
   */
  @Test
  void sizesAreThoseOfTheDocumentation() {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", TestTables.s("é"));
    item.put("n", TestTables.n("-1234.50"));
    item.put("b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[5])));
    item.put("t", AttributeValue.fromBool(true));
    item.put("z", AttributeValue.fromNul(true));
    item.put("l", AttributeValue.fromL(List.of(TestTables.s("ab"))));
    item.put("m", AttributeValue.fromM(Map.of("k", TestTables.s("ab"))));
    item.put("s", AttributeValue.fromSs(List.of("a", "bc")));

    int expected =
        (2 + 2) // two bytes of UTF-8
            + (1 + 3 + 1 + 1) // five digits in three bytes, one byte more, one for the sign
            + (1 + 5)
            + (1 + 1)
            + (1 + 1)
            + (1 + 3 + 1 + 2) // three bytes for the list, one for its element
            + (1 + 3 + 1 + 1 + 2)
            + (1 + 3);
    put("rows", item);

    assertThat(client.describeTable(b -> b.tableName("rows")).table().tableSizeBytes())
        .isEqualTo(expected);
  }

  private static void assertInvalid(ThrowingCallable request, String message) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
              assertThat(refused.awsErrorDetails().errorMessage()).contains(message);
              assertThat(refused.statusCode()).isEqualTo(400);
            });
  }

  /** An item of so many bytes. */
  private static Map<String, AttributeValue> sized(String id, int bytes) {
    return Map.of(
        "id",
        TestTables.s(id),
        "x",
        TestTables.s("x".repeat(bytes - id.length() - "idx".length())));
  }

  private void putInQueue(int message, int bytes) {
    put(
        "queues",
        Map.of(
            "q",
            TestTables.s("a"),
            "m",
            TestTables.n(Integer.toString(message)),
            "x",
            TestTables.s("x".repeat(bytes))));
  }

  private static AttributeValue text(int bytes) {
    return TestTables.s("x".repeat(bytes));
  }

  private void put(Map<String, AttributeValue> item) {
    put("rows", item);
  }

  private void put(String table, Map<String, AttributeValue> item) {
    client.putItem(b -> b.tableName(table).item(item));
  }

  private double putUnits(Map<String, AttributeValue> item) {
    return client
        .putItem(
            b ->
                b.tableName("rows").item(item).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  private double deleteUnits(String id) {
    return client
        .deleteItem(
            b ->
                b.tableName("rows")
                    .key(TestTables.key(id))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  private double getUnits(String id, boolean isConsistent) {
    return client
        .getItem(
            b ->
                b.tableName("rows")
                    .key(TestTables.key(id))
                    .consistentRead(isConsistent)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .consumedCapacity()
        .capacityUnits();
  }

  private static KeysAndAttributes keys(List<Map<String, AttributeValue>> keys) {
    return KeysAndAttributes.builder().keys(keys).build();
  }

  private static List<WriteRequest> writes(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                WriteRequest.builder().putRequest(put -> put.item(TestTables.key("w" + i))).build())
        .toList();
  }

  private static List<TransactWriteItem> transaction(int count, int bytes) {
    return IntStream.range(0, count).mapToObj(i -> inTransaction("t" + i, bytes)).toList();
  }

  private static TransactWriteItem inTransaction(String id, int bytes) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName("rows").item(sized(id, bytes)).build())
        .build();
  }
}
