package io.quantchat.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import io.quantchat.rehearsal.RehearsalStage;
import org.junit.jupiter.api.Test;

@StoreTest
class KeysRehearsalTest {

  private final RehearsalWorld world;

  KeysRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  /** But for the batch writes of prekeys, which could not be made in vain. */
  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    KeysRehearsal.play(new RehearsalStage(world.host, KeysHandler::new));
    KeysRehearsal.play(new RehearsalStage(world.host, KeysHandler::new));

    assertThat(world.asked())
        .containsExactlyInAnyOrder(
            "BatchGetItem PrekeysTable",
            "GetItem AccountsTable",
            "GetItem KeyBundlesTable",
            "PutItem PrekeysTable",
            "Query ConnectionsTable",
            "Query PrekeysTable",
            "Query TokenKeysTable",
            "TransactWriteItems AccountsTable",
            "TransactWriteItems KeyBundlesTable",
            "UpdateItem LimitsTable",
            "UpdateItem PrekeysTable");
    assertThat(world.items()).isZero();
  }
}
