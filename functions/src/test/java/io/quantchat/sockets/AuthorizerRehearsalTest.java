package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.RehearsalWorld;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import io.quantchat.rehearsal.RehearsalStage;
import org.junit.jupiter.api.Test;

@StoreTest
class AuthorizerRehearsalTest {

  private final RehearsalWorld world;

  AuthorizerRehearsalTest(StoreTables tables) {
    this.world = new RehearsalWorld(tables);
  }

  @Test
  void asksForAllThatTheFunctionAsksForAndLeavesNothing() throws Exception {
    AuthorizerRehearsal.play(new RehearsalStage(world.host, SocketAuthorizer::new));
    AuthorizerRehearsal.play(new RehearsalStage(world.host, SocketAuthorizer::new));

    assertThat(world.asked())
        .containsExactlyInAnyOrder("DeleteItem SessionsTable", "Query TokenKeysTable");
    assertThat(world.items()).isZero();
  }
}
