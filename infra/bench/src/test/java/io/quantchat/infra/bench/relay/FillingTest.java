package io.quantchat.infra.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class FillingTest {

  @Test
  void aFolderIsFilledToItsSizeAndRemovedInTheEnd() throws IOException {
    Filled filled = Filled.with(0.002);
    try (filled) {
      assertThat(filled.bytes()).isBetween(2_000_000L, 8_000_000L);
      assertThat(filled.rows()).isBetween(1000L, 4000L);
      try (EmbeddedDatabase database = EmbeddedDatabase.onDisk(filled.data().resolve("tables"));
          DynamoDbClient client = database.client()) {
        String table = MessageRows.into(client).table();
        assertThat(client.describeTable(t -> t.tableName(table)).table().tableName())
            .isEqualTo(table);
        assertThat(database.stats().entries()).isGreaterThanOrEqualTo(filled.rows());
      }
    }
    assertThat(Files.exists(filled.data())).isFalse();
  }

  @Test
  void barePutsLeaveNothingBehind() {
    try (EmbeddedDatabase database = EmbeddedDatabase.inMemory();
        DynamoDbClient client = database.client()) {
      BarePuts puts = new BarePuts(client, 2);

      long before = database.stats().entries();

      assertThat(puts.perSecond(Duration.ofMillis(50))).isPositive();
      assertThat(database.stats().entries()).isEqualTo(before);
    }
  }
}
