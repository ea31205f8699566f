package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import io.quantchat.rehearsal.RehearsalStage;
import org.junit.jupiter.api.Test;

@StoreTest
class ContactsRehearsalTest {

  private final RehearsalWorld world;

  ContactsRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    ContactsRehearsal.play(new RehearsalStage(world.host, ContactsHandler::new));
    ContactsRehearsal.play(new RehearsalStage(world.host, ContactsHandler::new));

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
