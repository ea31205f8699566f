package io.quantchat.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.host.Read;
import io.quantchat.testing.MovableClock;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@StoreTest
class ConnectionStoreTest {

  private final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.123Z"));
  private final String userId = UUID.randomUUID().toString();
  private final DynamoDbClient dynamoDb;
  private final String table;
  private final ConnectionStore connections;

  ConnectionStoreTest(StoreTables tables) {
    dynamoDb = tables.client();
    table = tables.name("ConnectionsTable");
    connections = new ConnectionStore(dynamoDb, table, clock);
  }

  @Test
  void whatWasAddedIsFoundUntilItIsRemoved() {
    var one = new Connection(userId, "one=", clock.instant());
    var two = new Connection(userId, "two=", clock.instant());
    connections.add(one);
    connections.add(two);
    connections.add(new Connection(UUID.randomUUID().toString(), "one=", clock.instant()));

    assertThat(connections.openOf(userId, Read.CONSISTENT)).containsExactly(one, two);

    connections.remove(userId, "one=");
    connections.remove(userId, "one=");
    assertThat(connections.openOf(userId, Read.CONSISTENT)).containsExactly(two);
  }

  @Test
  void aRowPastItsExpiryIsNotFoundThoughItIsStillThere() {
    connections.add(new Connection(userId, "one=", clock.instant()));

    clock.advance(Connection.LONGEST.minusMillis(1));
    assertThat(connections.openOf(userId, Read.CONSISTENT)).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(connections.openOf(userId, Read.CONSISTENT)).isEmpty();
    assertThat(row("one=")).isNotEmpty();
  }

  @Test
  void theTableIsToldWhenTheRowCanBeReapedButNeverTooEarly() {
    connections.add(new Connection(userId, "one=", clock.instant()));

    long reapable = Long.parseLong(row("one=").get("expires_at").n());
    assertThat(Instant.ofEpochSecond(reapable)).isEqualTo(Instant.parse("2026-02-02T12:05:01Z"));
  }

  private Map<String, AttributeValue> row(String connectionId) {
    return dynamoDb
        .getItem(
            get ->
                get.tableName(table)
                    .key(
                        Map.of(
                            "user_id", AttributeValue.fromS(userId),
                            "connection_id", AttributeValue.fromS(connectionId))))
        .item();
  }
}
