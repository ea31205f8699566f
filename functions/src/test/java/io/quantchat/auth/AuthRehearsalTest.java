package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import org.junit.jupiter.api.Test;

@StoreTest
class AuthRehearsalTest {

  private final RehearsalWorld world;

  AuthRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    AuthRehearsal.play(world.environment, world.dynamoDb, new CountingArgon2(), world.clock);
    AuthRehearsal.play(world.environment, world.dynamoDb, new CountingArgon2(), world.clock);

    assertThat(world.asked())
        .containsExactlyInAnyOrder(
            "DeleteItem SessionsTable",
            "GetItem AccountEmailsTable",
            "GetItem AccountsTable",
            "PutItem SessionsTable",
            "PutItem SigningKeysTable",
            "PutItem TokenKeysTable",
            "Query SigningKeysTable",
            "Query TokenKeysTable",
            "TransactWriteItems AccountEmailsTable",
            "TransactWriteItems AccountsTable",
            "UpdateItem AccountsTable",
            "UpdateItem SessionsTable");
    assertThat(world.items()).isZero();
  }
}
