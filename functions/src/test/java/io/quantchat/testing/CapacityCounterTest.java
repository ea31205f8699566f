package io.quantchat.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

@StoreTest
class CapacityCounterTest {
  private final CapacityCounter counter = new CapacityCounter();
  private final DynamoDbClient client;
  private final String table;

  CapacityCounterTest(StoreTables tables) {
    client = tables.client(counter);
    table = tables.name("AccountsTable");
  }

  @Test
  void aSmallPutIsOneWriteUnitAndOneRoundTrip() throws Exception {
    Spent spent = counter.during(() -> put("u-1", "name"));

    assertThat(spent.calls()).containsExactly(new Call("PutItem", "AccountsTable", 1, 1));
    assertThat(spent.writeUnits()).isEqualTo(1);
    assertThat(spent.readUnits()).isZero();
  }

  @Test
  void anItemOfTwoKilobytesIsThreeWriteUnits() throws Exception {
    Spent spent = counter.during(() -> put("u-2", "x".repeat(2100)));

    assertThat(spent.writeUnits()).isEqualTo(3);
  }

  @Test
  void anEventualReadIsHalfAUnit() throws Exception {
    Spent spent = counter.during(() -> get("u-3"));

    assertThat(spent.calls()).containsExactly(new Call("GetItem", "AccountsTable", 0.5, 1));
    assertThat(spent.writeUnits()).isZero();
    assertThat(spent.readUnits()).isEqualTo(0.5);
  }

  @Test
  void callsOneAfterTheOtherAreDeepAndCallsTogetherAreNot() throws Exception {
    Spent spent =
        counter.during(
            () -> {
              together(() -> get("u-4"), () -> get("u-5"), () -> get("u-6"));
              put("u-4", "name");
            });

    assertThat(spent.requestsByOperation()).isEqualTo(Map.of("GetItem", 3, "PutItem", 1));
    assertThat(spent.sequentialRoundTrips()).isEqualTo(2);
  }

  @Test
  void callsThatDoNotWaitForOneAnotherAreOneRoundTripThoughTheyBeginFarApart() throws Exception {
    Spent spent =
        counter.during(
            () ->
                together(
                    () -> get("u-4"),
                    () -> {
                      compute(Duration.ofMillis(200));
                      get("u-5");
                    }));

    assertThat(spent.sequentialRoundTrips()).isEqualTo(1);
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    assertThatThrownBy(
            () ->
                counter.during(
                    () -> {
                      throw new IOException("failed");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("failed");
  }

  @Test
  void aTransactionCountsTwiceAsAwsBillsIt() throws Exception {
    TransactWriteItem write =
        TransactWriteItem.builder().put(put -> put.tableName(table).item(account("u-7"))).build();

    Spent spent = counter.during(() -> client.transactWriteItems(b -> b.transactItems(write)));

    assertThat(spent.writeUnits()).isEqualTo(2);
  }

  @Test
  void aRefusedWriteIsARequestAndARoundTrip() throws Exception {
    put("u-8", "name");

    Spent spent =
        counter.during(
            () ->
                assertThatThrownBy(
                        () ->
                            client.putItem(
                                b ->
                                    b.tableName(table)
                                        .item(account("u-8"))
                                        .conditionExpression("attribute_not_exists(user_id)")))
                    .isInstanceOf(ConditionalCheckFailedException.class));

    assertThat(spent.calls()).containsExactly(new Call("PutItem", "AccountsTable", 0, 1));
  }

  @Test
  void eachCountBeginsAtNothing() throws Exception {
    counter.during(() -> put("u-9", "name"));

    assertThat(counter.during(() -> {})).isEqualTo(new Spent(List.of()));
    assertThat(new Spent(List.of()).sequentialRoundTrips()).isZero();
  }

  private void put(String id, String name) {
    client.putItem(
        b ->
            b.tableName(table)
                .item(
                    Map.of(
                        "user_id", AttributeValue.fromS(id), "name", AttributeValue.fromS(name))));
  }

  private void get(String id) {
    client.getItem(b -> b.tableName(table).key(account(id)));
  }

  private static void compute(Duration duration) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < duration.toNanos()) {
      Thread.onSpinWait();
    }
  }

  private static void together(Runnable... calls) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List.of(calls).forEach(threads::execute);
    }
  }

  private static Map<String, AttributeValue> account(String id) {
    return Map.of("user_id", AttributeValue.fromS(id));
  }
}
