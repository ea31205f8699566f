package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.host.Host;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import io.quantchat.rehearsal.RehearsalStage;
import org.junit.jupiter.api.Test;

@StoreTest
class AuthRehearsalTest {

  private final RehearsalWorld world;

  AuthRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    AuthRehearsal.play(new RehearsalStage(world.host, AuthRehearsalTest::function));
    AuthRehearsal.play(new RehearsalStage(world.host, AuthRehearsalTest::function));

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

  private static AuthHandler function(Host host) {
    return new AuthHandler(
        host, new Passwords(new CountingArgon2(), Argon2.Cost.STANDARD, host.random()));
  }
}
