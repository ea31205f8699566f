package io.quantchat.infra.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ReaperTest {

  private static final Instant NOW = TestClock.START;

  private final TestClock clock = new TestClock();

  @Test
  void whatHasExpiredIsDeletedAndNothingElse() {
    try (var database = EmbeddedDatabase.inMemory(Settings.DEFAULT.withClock(clock));
        DynamoDbClient client = database.client()) {
      table(client, true);
      put(client, "expired", seconds(NOW.minusSeconds(1)));
      put(client, "just now", seconds(NOW));
      put(client, "later", seconds(NOW.plusSeconds(1)));
      put(client, "text", TestTables.s("1"));
      put(client, "over five years ago", seconds(NOW.minus(Duration.ofDays(5 * 366))));
      put(client, "in milliseconds", TestTables.n(Long.toString(NOW.toEpochMilli())));

      assertThat(database.reap()).isEqualTo(2);
      assertThat(ids(client))
          .containsExactlyInAnyOrder("later", "text", "over five years ago", "in milliseconds");

      clock.advance(Duration.ofSeconds(1));
      assertThat(database.reap()).isEqualTo(1);
    }
  }

  @Test
  void nothingIsReapedWhereItIsNotSwitchedOn() {
    try (var database = EmbeddedDatabase.inMemory(Settings.DEFAULT.withClock(clock));
        DynamoDbClient client = database.client()) {
      table(client, false);
      put(client, "expired", seconds(NOW.minusSeconds(1)));

      assertThat(database.reap()).isZero();
      assertThat(ids(client)).containsExactly("expired");
    }
  }

  @Test
  void aReaperMayBeLate() {
    var late = Settings.DEFAULT.withClock(clock).withReaping(Optional.of(Duration.ofDays(2)));
    try (var database = EmbeddedDatabase.inMemory(late);
        DynamoDbClient client = database.client()) {
      table(client, true);
      put(client, "expired", seconds(NOW.minusSeconds(1)));

      assertThat(database.reap()).isZero();
      clock.advance(Duration.ofDays(2));
      assertThat(database.reap()).isEqualTo(1);
    }
  }

  @Test
  void aReaperMayNeverCome() {
    var never = Settings.DEFAULT.withClock(clock).withReaping(Optional.empty());
    try (var database = EmbeddedDatabase.inMemory(never);
        DynamoDbClient client = database.client()) {
      table(client, true);
      put(client, "expired", seconds(NOW.minus(Duration.ofDays(1000))));

      assertThat(database.reap()).isZero();
    }
  }

  @Test
  void manyAreReapedInSmallSteps() {
    try (var database = EmbeddedDatabase.inMemory(Settings.DEFAULT.withClock(clock));
        DynamoDbClient client = database.client()) {
      table(client, true);
      for (int i = 0; i < 1_250; i++) {
        put(client, "k" + i, seconds(i % 2 == 0 ? NOW : NOW.plusSeconds(60)));
      }

      assertThat(database.reap()).isEqualTo(625);
      assertThat(database.reap()).isZero();
      assertThat(ids(client)).hasSize(625);
    }
  }

  private static void table(DynamoDbClient client, boolean isSwitchedOn) {
    TestTables.create(client, "rows", "id:S");
    if (isSwitchedOn) {
      client.updateTimeToLive(
          b ->
              b.tableName("rows")
                  .timeToLiveSpecification(ttl -> ttl.attributeName("expires").enabled(true)));
    }
  }

  private static void put(DynamoDbClient client, String id, AttributeValue expires) {
    client.putItem(
        b -> b.tableName("rows").item(Map.of("id", TestTables.s(id), "expires", expires)));
  }

  private static AttributeValue seconds(Instant time) {
    return TestTables.n(Long.toString(time.getEpochSecond()));
  }

  private static List<String> ids(DynamoDbClient client) {
    return client.scanPaginator(b -> b.tableName("rows")).items().stream()
        .map(item -> item.get("id").s())
        .toList();
  }
}
