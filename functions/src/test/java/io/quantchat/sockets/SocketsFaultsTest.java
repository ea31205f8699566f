package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.accounts.Account;
import io.quantchat.host.Backoff;
import io.quantchat.host.Read;
import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.push.Connection;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that open and close while a transaction, such as a new bundle's, holds their account. */
class SocketsFaultsTest {

  private final ScriptedFaults faults = Faults.scripted();
  private final World world = new World(StoreTables.failing(faults));
  private final SocketsHandler handler = new SocketsHandler(world.hostOf(SocketsHandler.class));
  private final Account ada = world.account("ada");
  private final Connection socket = world.newSocket(ada.userId());

  @ParameterizedTest
  @ValueSource(strings = {"PutItem", "UpdateItem"})
  void aSocketOpensAfterTheTransactionThatItMet(String operation) {
    faults.then(operation, Fault.CONFLICT).then(operation, Fault.CONFLICT);

    assertThat(turn("CONNECT", "$connect")).isEqualTo(200);

    assertThat(faults.isOver()).isTrue();
    assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).containsExactly(socket);
    assertThat(isOnline()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DeleteItem", "UpdateItem"})
  void aSocketClosesAfterTheTransactionThatItMet(String operation) {
    turn("CONNECT", "$connect");
    faults.then(operation, Fault.CONFLICT);

    assertThat(turn("DISCONNECT", "$disconnect")).isEqualTo(200);

    assertThat(faults.isOver()).isTrue();
    assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).isEmpty();
    assertThat(isOnline()).isFalse();
  }

  @Test
  void aSocketOfAnAccountThatIsHeldForGoodIsRefusedForNow() {
    for (int tries = 0; tries < Backoff.MOST_TRIES; tries++) {
      faults.then("UpdateItem", Fault.CONFLICT);
    }

    assertThat(turn("CONNECT", "$connect")).isEqualTo(503);

    assertThat(faults.isOver()).isTrue();
  }

  private int turn(String event, String route) {
    return world
        .answer(handler, world.socketEvent(event, route, socket))
        .path("statusCode")
        .intValue();
  }

  private boolean isOnline() {
    return world.reread(ada).presence().isOnline(world.clock.instant());
  }
}
