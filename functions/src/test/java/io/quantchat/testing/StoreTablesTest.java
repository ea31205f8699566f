package io.quantchat.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

@StoreTest
class StoreTablesTest {
  private final StoreTables tables;

  StoreTablesTest(StoreTables tables) {
    this.tables = tables;
  }

  @Test
  void aTableNamedIsThereWithTheTemplatesKeys() {
    String table = tables.name("AccountsTable");

    tables.client().putItem(b -> b.tableName(table).item(account("u-1")));

    assertThat(tables.client().getItem(b -> b.tableName(table).key(account("u-1"))).hasItem())
        .isTrue();
  }

  @Test
  void nothingExpiredIsReaped() {
    String table = tables.name("ConnectionsTable");

    assertThat(
            tables
                .client()
                .describeTimeToLive(b -> b.tableName(table))
                .timeToLiveDescription()
                .timeToLiveStatus())
        .isEqualTo(TimeToLiveStatus.DISABLED);
  }

  @Test
  void clearingEmptiesTheTablesUnderTheirNames() {
    String table = tables.name("AccountsTable");
    tables.client().putItem(b -> b.tableName(table).item(account("u-2")));

    tables.clear();

    assertThat(tables.name("AccountsTable")).isEqualTo(table);
    assertThat(tables.client().getItem(b -> b.tableName(table).key(account("u-2"))).hasItem())
        .isFalse();
  }

  @Test
  void aTableThatTheTemplateLacksIsRefused() {
    assertThatThrownBy(() -> tables.name("Nothing")).hasMessageContaining("no table Nothing");
  }

  private static Map<String, AttributeValue> account(String id) {
    return Map.of("user_id", AttributeValue.fromS(id));
  }
}
