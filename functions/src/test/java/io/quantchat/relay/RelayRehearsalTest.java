package io.quantchat.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import org.junit.jupiter.api.Test;

@StoreTest
class RelayRehearsalTest {

  private final RehearsalWorld world;

  RelayRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    RelayRehearsal.play(world.environment, world.dynamoDb, world.sockets, world.clock);
    RelayRehearsal.play(world.environment, world.dynamoDb, world.sockets, world.clock);

    assertThat(world.asked())
        .containsExactlyInAnyOrder(
            "DeleteItem RelayMessagesTable",
            "GetItem AccountsTable",
            "PutItem RelayMessagesTable",
            "Query ConnectionsTable",
            "Query RelayMessagesTable",
            "Query TokenKeysTable");
    assertThat(world.items()).isZero();
  }
}
