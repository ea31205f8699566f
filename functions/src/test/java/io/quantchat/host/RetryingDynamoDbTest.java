package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.testing.RequestInterceptor;
import io.quantchat.testing.StoreTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What passes by itself is tried again, with waits that grow, and not for ever. */
class RetryingDynamoDbTest {

  private static final int ITEMS = 25;

  /** Draws the longest wait each time. */
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final ScriptedFaults faults = Faults.scripted();
  private final StoreTables tables = StoreTables.failing(faults);
  private final String table = tables.name("ContactsTable");
  private final List<Duration> waits = new ArrayList<>();
  private DynamoDbClient client =
      new RetryingDynamoDb(tables.client(), new Backoff(waits::add, LONGEST));

  @AfterEach
  void everythingThatWasToGoWrongDid() {
    assertThat(faults.isOver()).isTrue();
  }

  @Test
  void aBatchThatIsReadInPartsIsWhole() {
    writeAll();
    faults.then("BatchGetItem", Fault.UNPROCESSED).then("BatchGetItem", Fault.UNPROCESSED);

    var answer = client.batchGetItem(read -> read.requestItems(Map.of(table, keys())));

    assertThat(answer.responses().get(table))
        .extracting(item -> item.get("contact_id").s())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, ITEMS).mapToObj(Integer::toString).toList());
    assertThat(answer.unprocessedKeys()).isEmpty();
    assertThat(waits).containsExactly(Duration.ofMillis(25), Duration.ofMillis(50));
  }

  @Test
  void aBatchThatIsWrittenInPartsIsWhole() {
    faults.then("BatchWriteItem", Fault.UNPROCESSED).then("BatchWriteItem", Fault.UNPROCESSED);

    writeAll();

    assertThat(tables.items()).isEqualTo(ITEMS);
    assertThat(waits).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBatchThatIsNeverWholeFailsAfterWaitsThatGrowAndEnd(boolean writes) {
    client =
        new RetryingDynamoDb(
            tables.client(RetryingDynamoDbTest::leavesAll), new Backoff(waits::add, LONGEST));

    assertThatThrownBy(
            () -> {
              if (writes) {
                writeAll();
              } else {
                client.batchGetItem(read -> read.requestItems(Map.of(table, keys())));
              }
            })
        .isInstanceOf(ProvisionedThroughputExceededException.class);

    assertThat(waits)
        .containsExactlyElementsOf(
            IntStream.of(25, 50, 100, 200, 400, 800, 800).mapToObj(Duration::ofMillis).toList());
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Backoff.LONGEST_IN_ALL);
  }

  private static DynamoDbResponse leavesAll(
      DynamoDbRequest request, RequestInterceptor.Onward onward) {
    return switch (request) {
      case BatchGetItemRequest read ->
          BatchGetItemResponse.builder()
              .responses(Map.of())
              .unprocessedKeys(read.requestItems())
              .build();
      case BatchWriteItemRequest write ->
          BatchWriteItemResponse.builder().unprocessedItems(write.requestItems()).build();
      default -> onward.pass(request);
    };
  }

  @Test
  void noTwoWhoCollidedWaitAlike() {
    var some = new ArrayList<Duration>();
    var others = new ArrayList<Duration>();
    for (int tries = 1; tries < Backoff.MOST_TRIES; tries++) {
      new Backoff(some::add, new Random(1)).waitsAfter(tries);
      new Backoff(others::add, new Random(2)).waitsAfter(tries);
    }

    assertThat(some).doesNotContainAnyElementsOf(others);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PutItem", "UpdateItem", "DeleteItem"})
  void aWriteThatMeetsATransactionIsWrittenAfterIt(String operation) {
    faults.then(operation, Fault.CONFLICT).then(operation, Fault.CONFLICT);

    write(operation);

    assertThat(waits).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PutItem", "UpdateItem", "DeleteItem"})
  void aWriteThatAlwaysMeetsOneFailsInTheEnd(String operation) {
    for (int tries = 0; tries < Backoff.MOST_TRIES; tries++) {
      faults.then(operation, Fault.CONFLICT);
    }

    assertThatThrownBy(() -> write(operation)).isInstanceOf(TransactionConflictException.class);

    assertThat(waits).hasSize(Backoff.MOST_TRIES - 1);
  }

  @Test
  void aTransactionThatMeetsAnotherIsWrittenAfterIt() {
    faults.then("TransactWriteItems", Fault.CONFLICT);

    client.transactWriteItems(write -> write.transactItems(putIfNew("a"), putIfNew("b")));

    assertThat(tables.items()).isEqualTo(2);
    assertThat(waits).hasSize(1);
  }

  @Test
  void aTransactionOfWhichAConditionIsNotMetHasItsAnswer() {
    client.transactWriteItems(write -> write.transactItems(putIfNew("a")));

    assertThatThrownBy(() -> client.transactWriteItems(write -> write.transactItems(putIfNew("a"))))
        .isInstanceOf(TransactionCanceledException.class);

    assertThat(waits).isEmpty();
  }

  @Test
  void whoIsInterruptedWaitsForNothingMore() {
    faults.then("PutItem", Fault.CONFLICT);
    var interrupted =
        new RetryingDynamoDb(
            tables.client(),
            new Backoff(
                wait -> {
                  waits.add(wait);
                  Thread.currentThread().interrupt();
                },
                LONGEST));
    try {
      assertThatThrownBy(() -> interrupted.putItem(put -> put.tableName(table).item(item("a"))))
          .isInstanceOf(TransactionConflictException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(waits).hasSize(1);
  }

  private void write(String operation) {
    switch (operation) {
      case "PutItem" -> client.putItem(put -> put.tableName(table).item(item("a")));
      case "UpdateItem" -> client.updateItem(update -> update.tableName(table).key(item("a")));
      case "DeleteItem" -> client.deleteItem(delete -> delete.tableName(table).key(item("a")));
      default -> throw new IllegalArgumentException(operation);
    }
  }

  private TransactWriteItem putIfNew(String name) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item(name))
                    .conditionExpression("attribute_not_exists(user_id)"))
        .build();
  }

  private void writeAll() {
    List<WriteRequest> writes =
        IntStream.range(0, ITEMS)
            .mapToObj(i -> PutRequest.builder().item(item(Integer.toString(i))).build())
            .map(put -> WriteRequest.builder().putRequest(put).build())
            .toList();
    client.batchWriteItem(write -> write.requestItems(Map.of(table, writes)));
  }

  private KeysAndAttributes keys() {
    return KeysAndAttributes.builder()
        .keys(IntStream.range(0, ITEMS).mapToObj(i -> item(Integer.toString(i))).toList())
        .build();
  }

  private static Map<String, AttributeValue> item(String name) {
    return Map.of("user_id", Item.of("ada"), "contact_id", Item.of(name));
  }
}
