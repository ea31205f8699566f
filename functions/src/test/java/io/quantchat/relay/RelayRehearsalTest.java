package io.quantchat.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import io.quantchat.rehearsal.RehearsalStage;
import org.junit.jupiter.api.Test;

@StoreTest
class RelayRehearsalTest {

  private final RehearsalWorld world;

  RelayRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    RelayRehearsal.play(new RehearsalStage(world.host, RelayHandler::new));
    RelayRehearsal.play(new RehearsalStage(world.host, RelayHandler::new));

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
