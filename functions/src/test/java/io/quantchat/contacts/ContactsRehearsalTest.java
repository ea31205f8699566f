package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import org.junit.jupiter.api.Test;

@StoreTest
class ContactsRehearsalTest {

  private final RehearsalWorld world;

  ContactsRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    ContactsRehearsal.play(world.environment, world.dynamoDb, world.sockets, world.clock);
    ContactsRehearsal.play(world.environment, world.dynamoDb, world.sockets, world.clock);

    assertThat(world.asked())
        .containsExactlyInAnyOrder(
            "BatchGetItem AccountsTable",
            "BatchGetItem ContactsTable",
            "DeleteItem ContactsTable",
            "GetItem AccountsTable",
            "PutItem ContactsTable",
            "Query ConnectionsTable",
            "Query ContactsTable",
            "Query TokenKeysTable",
            "UpdateItem AccountsTable");
    assertThat(world.items()).isZero();
  }
}
