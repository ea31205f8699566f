package io.quantchat.infra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class FaultsTest {

  private final ScriptedFaults faults = Faults.scripted();
  private final EmbeddedDatabase database =
      EmbeddedDatabase.inMemory(Settings.DEFAULT.withFaults(faults));
  private final DynamoDbClient client = database.client();

  @BeforeEach
  void makeTable() {
    TestTables.create(client, "rows", "id:S");
  }

  @AfterEach
  void close() {
    assertThat(faults.isOver()).isTrue();
    database.close();
  }

  @Test
  void aStaleReadShowsWhatWasThereAndAConsistentOneWhatIs() {
    put("a", "old");
    for (int i = 0; i <= History.MOST; i++) {
      put("a", "new " + i);
    }
    faults.then("GetItem", Fault.STALE).then("GetItem", Fault.STALE);

    assertThat(read("a", true)).isEqualTo("new " + History.MOST);
    assertThat(read("a", false)).isNotEqualTo("new " + History.MOST).startsWith("new");
    assertThat(read("a", false)).isEqualTo("new " + History.MOST);
  }

  @Test
  void aStaleReadMissesAnItemThatIsNewAndShowsOneThatIsGone() {
    put("gone", "x");
    client.deleteItem(b -> b.tableName("rows").key(TestTables.key("gone")));
    faults.then("Scan", Fault.STALE);

    List<String> stale = ids();

    // One change ago "gone" was there, two or more changes ago nothing was.
    assertThat(stale).isIn(List.of("gone"), List.of());
    assertThat(ids()).isEmpty();
  }

  @Test
  void aStaleScanKeepsTheOrderOfKeys() {
    IntStream.range(10, 30).forEach(i -> put("k" + i, "x"));
    client.deleteItem(b -> b.tableName("rows").key(TestTables.key("k15")));
    client.deleteItem(b -> b.tableName("rows").key(TestTables.key("k20")));
    faults.then("Scan", Fault.STALE);

    List<String> stale = ids();

    assertThat(stale).isSorted().doesNotHaveDuplicates().contains("k20");
  }

  @Test
  void aThrottledWriteIsNotDone() {
    faults.then("PutItem", Fault.THROTTLED);

    assertThatThrownBy(() -> put("a", "x"))
        .isInstanceOfSatisfying(
            ProvisionedThroughputExceededException.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(400);
              assertThat(refused.isThrottlingException()).isTrue();
            });
    assertThat(ids()).isEmpty();
  }

  @Test
  void aRequestMayGoWellBeforeOneThatMeetsAFault() {
    faults.thenNone("PutItem").then("PutItem", Fault.THROTTLED);

    put("first", "x");

    assertThatThrownBy(() -> put("second", "x"))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    assertThat(ids()).containsExactly("first");
  }

  @Test
  void aTimeOutBeforeDoesNothingAndOneAfterEverything() {
    faults.then("PutItem", Fault.TIMEOUT_BEFORE).then("PutItem", Fault.TIMEOUT_AFTER);

    assertThatThrownBy(() -> put("before", "x")).isInstanceOf(ApiCallTimeoutException.class);
    assertThatThrownBy(() -> put("after", "x")).isInstanceOf(ApiCallTimeoutException.class);

    assertThat(ids()).containsExactly("after");
  }

  @Test
  void anInternalErrorComesBeforeOrAfterTheEffect() {
    faults.then("PutItem", Fault.INTERNAL_ERROR_BEFORE).then("PutItem", Fault.INTERNAL_ERROR_AFTER);

    assertThatThrownBy(() -> put("before", "x"))
        .isInstanceOfSatisfying(
            InternalServerErrorException.class,
            failed -> assertThat(failed.statusCode()).isEqualTo(500));
    assertThatThrownBy(() -> put("after", "x")).isInstanceOf(InternalServerErrorException.class);

    assertThat(ids()).containsExactly("after");
  }

  @Test
  void whatABatchLeavesIsToldAndCanBeAskedForAgain() {
    faults.then("BatchWriteItem", Fault.UNPROCESSED).then("BatchGetItem", Fault.UNPROCESSED);
    List<WriteRequest> all =
        IntStream.range(0, 20)
            .mapToObj(i -> WriteRequest.builder().putRequest(p -> p.item(item("k" + i))).build())
            .toList();

    var written = client.batchWriteItem(b -> b.requestItems(Map.of("rows", all)));
    List<WriteRequest> left = written.unprocessedItems().get("rows");

    assertThat(left).isNotEmpty().hasSizeLessThan(20);
    assertThat(ids()).hasSize(20 - left.size());

    client.batchWriteItem(b -> b.requestItems(Map.of("rows", left)));
    assertThat(ids()).hasSize(20);

    var keys =
        KeysAndAttributes.builder()
            .keys(IntStream.range(0, 20).mapToObj(i -> TestTables.key("k" + i)).toList())
            .build();
    var read = client.batchGetItem(b -> b.requestItems(Map.of("rows", keys)));
    var again = client.batchGetItem(b -> b.requestItems(read.unprocessedKeys()));

    assertThat(read.unprocessedKeys().get("rows").keys()).isNotEmpty();
    assertThat(read.responses().get("rows").size() + again.responses().get("rows").size())
        .isEqualTo(20);
  }

  @Test
  void aConflictCancelsATransactionAndRefusesASingleWrite() {
    faults.then("PutItem", Fault.CONFLICT).then("TransactWriteItems", Fault.CONFLICT);

    assertThatThrownBy(() -> put("a", "x")).isInstanceOf(TransactionConflictException.class);
    assertThatThrownBy(() -> client.transactWriteItems(b -> b.transactItems(put("a"), put("b"))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled ->
                assertThat(cancelled.cancellationReasons())
                    .extracting(reason -> reason.code())
                    .containsExactlyInAnyOrder("TransactionConflict", "None"));
    assertThat(ids()).isEmpty();
  }

  @Test
  void theSameSeedBringsTheSameFaults() {
    assertThat(outcomes(7)).isEqualTo(outcomes(7)).isNotEqualTo(outcomes(8));
    assertThat(outcomes(7)).contains("answered", "ApiCallTimeoutException");
  }

  private static List<String> outcomes(long seed) {
    var chances = new EnumMap<Fault, Double>(Fault.class);
    List.of(Fault.values()).forEach(fault -> chances.put(fault, 0.1));
    List<String> outcomes = new ArrayList<>();
    try (var database =
            EmbeddedDatabase.inMemory(Settings.DEFAULT.withFaults(Faults.seeded(seed, chances)));
        DynamoDbClient client = database.client()) {
      TestTables.create(client, "rows", "id:S");
      for (int i = 0; i < 50; i++) {
        String id = "k" + i;
        try {
          client.putItem(b -> b.tableName("rows").item(TestTables.key(id)));
          outcomes.add("answered");
        } catch (SdkException fault) {
          outcomes.add(fault.getClass().getSimpleName());
        }
      }
    }
    return outcomes;
  }

  private void put(String id, String text) {
    client.putItem(
        b -> b.tableName("rows").item(Map.of("id", TestTables.s(id), "text", TestTables.s(text))));
  }

  private static TransactWriteItem put(String id) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName("rows").item(item(id)).build())
        .build();
  }

  private static Map<String, AttributeValue> item(String id) {
    return TestTables.key(id);
  }

  private String read(String id, boolean isConsistent) {
    return client
        .getItem(b -> b.tableName("rows").key(TestTables.key(id)).consistentRead(isConsistent))
        .item()
        .get("text")
        .s();
  }

  private List<String> ids() {
    return client.scan(b -> b.tableName("rows")).items().stream()
        .map(item -> item.get("id").s())
        .toList();
  }
}
