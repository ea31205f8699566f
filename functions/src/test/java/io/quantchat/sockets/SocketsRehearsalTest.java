package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import io.quantchat.rehearsal.RehearsalStage;
import org.junit.jupiter.api.Test;

@StoreTest
class SocketsRehearsalTest {

  private final RehearsalWorld world;

  SocketsRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    SocketsRehearsal.play(new RehearsalStage(world.host, SocketsHandler::new));
    SocketsRehearsal.play(new RehearsalStage(world.host, SocketsHandler::new));

    assertThat(world.asked())
        .containsExactlyInAnyOrder(
            "BatchGetItem AccountsTable",
            "BatchGetItem ContactsTable",
            "DeleteItem ConnectionsTable",
            "DeleteItem RelayMessagesTable",
            "GetItem AccountsTable",
            "PutItem ConnectionsTable",
            "PutItem RelayMessagesTable",
            "Query ConnectionsTable",
            "Query ContactsTable",
            "UpdateItem AccountsTable");
    assertThat(world.items()).isZero();
  }
}
