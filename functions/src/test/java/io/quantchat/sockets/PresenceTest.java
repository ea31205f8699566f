package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Opening and closing sockets changes presence, and is announced to contacts. */
@StoreTest
class PresenceTest {

  private static final Duration PAUSE = PresenceService.BETWEEN_ANNOUNCEMENTS;

  private final World world;
  private final SocketsHandler handler;
  private final Account ada;
  private final Account bob;
  private final Connection bobs;

  PresenceTest(StoreTables tables) {
    world = new World(tables);
    handler = new SocketsHandler(world.hostOf(SocketsHandler.class));
    ada = world.account("ada");
    bob = world.account("bob");
    bobs = world.socketOf(bob);
    world.areContacts(ada, bob);
  }

  @Test
  void theFirstSocketPutsItsAccountOnlineAndTellsContacts() throws Exception {
    Connection socket = world.newSocket(ada.userId());

    assertThat(open(socket)).isEqualTo(200);

    assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).containsExactly(socket);
    assertThat(isOnline(ada)).isTrue();
    assertThat(world.reread(ada).presence().onlineUntil()).contains(socket.expiresAt());
    assertThat(world.sockets.framesOf(bobs.connectionId()))
        .containsExactly(
            Json.MAPPER.readTree(
                "{\"type\":\"user_online\",\"payload\":{\"user_id\":\"%s\"}}"
                    .formatted(ada.userId())));
  }

  @Test
  void theLastSocketTakesItsAccountOfflineAndTellsContacts() throws Exception {
    Connection socket = opened(ada);
    world.clock.advance(Duration.ofMinutes(3));

    close(socket);

    assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).isEmpty();
    assertThat(isOnline(ada)).isFalse();
    assertThat(world.reread(ada).presence().lastSeen()).contains(world.clock.instant());
    assertThat(world.sockets.framesOf(bobs.connectionId()).getLast())
        .isEqualTo(
            Json.MAPPER.readTree(
                "{\"type\":\"user_offline\",\"payload\":{\"user_id\":\"%s\"}}"
                    .formatted(ada.userId())));
  }

  @Test
  void furtherSocketsChangeNothingForContacts() {
    Connection first = opened(ada);
    world.clock.advance(PAUSE.multipliedBy(2));
    Connection second = opened(ada);
    world.clock.advance(PAUSE.multipliedBy(2));

    close(first);
    assertThat(isOnline(ada)).isTrue();
    assertThat(told()).containsExactly("user_online");
    assertThat(world.reread(ada).presence().onlineUntil()).contains(second.expiresAt());

    close(second);
    assertThat(isOnline(ada)).isFalse();
    assertThat(told()).containsExactly("user_online", "user_offline");
  }

  @Test
  void contactsHearOfEachChangeAtMostOnceInTenSeconds() {
    close(opened(ada));
    world.clock.advance(PAUSE.minusMillis(1));
    close(opened(ada));
    assertThat(told()).containsExactly("user_online", "user_offline");

    world.clock.advance(Duration.ofMillis(1));
    Connection third = opened(ada);
    assertThat(told()).containsExactly("user_online", "user_offline", "user_online");
    close(third);
    assertThat(told()).hasSize(4);
    assertThat(isOnline(ada)).isFalse();
  }

  @Test
  void onlyContactsBothWaysWithoutABlockWhoAreOnlineAreTold() {
    Map<String, Connection> sockets = new HashMap<>();
    for (String name : List.of("stranger", "admirer", "admired", "blocker", "blocked")) {
      Account account = world.account(name);
      sockets.put(name, world.socketOf(account));
      switch (name) {
        case "admirer" -> world.hasAdded(account, ada);
        case "admired" -> world.hasAdded(ada, account);
        case "blocker" -> {
          world.areContacts(ada, account);
          world.blocks.block(account.userId(), ada.userId());
        }
        case "blocked" -> {
          world.areContacts(ada, account);
          world.blocks.block(ada.userId(), account.userId());
        }
        default -> assertThat(name).isEqualTo("stranger");
      }
    }
    Connection second = world.socketOf(bob);

    Connection socket = opened(ada);
    world.clock.advance(Duration.ofMinutes(1));
    close(socket);

    sockets.forEach(
        (name, open) -> assertThat(world.sockets.typesOf(open.connectionId())).as(name).isEmpty());
    assertThat(told()).containsExactly("user_online", "user_offline");
    assertThat(world.sockets.typesOf(second.connectionId()))
        .containsExactly("user_online", "user_offline");
    assertThat(world.sockets.framesOf(socket.connectionId())).isEmpty();
  }

  @Test
  void aContactsSocketThatDiedLosesItsRowWhileAnothersIsTold() {
    Account carol = world.account("carol");
    world.areContacts(ada, carol);
    Connection carols = world.socketOf(carol);
    world.sockets.lose(bobs.connectionId());
    world.clock.advance(Connection.LONGEST_HANDSHAKE);

    opened(ada);

    assertThat(world.sockets.typesOf(carols.connectionId())).containsExactly("user_online");
    assertThat(world.connections.openOf(bob.userId(), Read.CONSISTENT)).isEmpty();
    assertThat(world.connections.openOf(carol.userId(), Read.CONSISTENT)).containsExactly(carols);
  }

  @Test
  void anAccountWhoseLastSocketDiedUnnoticedIsOnlineAgainWithTheNextOne() {
    opened(ada);
    world.clock.advance(Connection.LONGEST);
    assertThat(isOnline(ada)).isFalse();
    world.socketOf(bob);

    opened(ada);

    assertThat(isOnline(ada)).isTrue();
    assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).hasSize(1);
  }

  @Test
  void closingTwiceOrClosingWhatNeverOpenedChangesNothing() {
    Connection socket = opened(ada);
    world.clock.advance(Duration.ofMinutes(1));
    close(socket);
    var offline = world.reread(ada).presence();
    world.clock.advance(Duration.ofMinutes(1));

    close(socket);
    close(world.newSocket(ada.userId()));

    assertThat(world.reread(ada).presence()).isEqualTo(offline);
    assertThat(told()).containsExactly("user_online", "user_offline");
  }

  @Test
  void aSocketThatOpensLateDoesNotShortenWhatIsKnownOfANewerOne() {
    Connection old = world.newSocket(ada.userId());
    world.clock.advance(Duration.ofSeconds(20));
    Connection newer = opened(ada);

    open(old);

    assertThat(world.reread(ada).presence().onlineUntil()).contains(newer.expiresAt());
  }

  @Test
  void whoseAccountIsGoneGetsNoSocketAndLeavesNoRow() {
    Connection socket = world.newSocket(UUID.randomUUID().toString());

    assertThat(open(socket)).isEqualTo(401);

    assertThat(world.connections.openOf(socket.userId(), Read.CONSISTENT)).isEmpty();
    close(socket);
    assertThat(world.accounts.find(socket.userId(), Read.CONSISTENT)).isEmpty();
  }

  @Test
  void aSocketOpensThoughItsContactsCannotBeTold() {
    var cutOff =
        new SocketsHandler(
            world
                .hostOf(SocketsHandler.class)
                .with(world.tables.client(BeforeRequest.refusing("ContactsTable"))));
    Connection socket = world.newSocket(ada.userId());

    JsonNode answer = world.answer(cutOff, world.socketEvent("CONNECT", "$connect", socket));

    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(isOnline(ada)).isTrue();
    assertThat(told()).isEmpty();
  }

  @Test
  void aSocketWhoseRowCannotBeStoredIsRefused() {
    var cutOff =
        new SocketsHandler(
            world
                .hostOf(SocketsHandler.class)
                .with(world.tables.client(BeforeRequest.refusing("ConnectionsTable"))));
    Connection socket = world.newSocket(ada.userId());

    JsonNode answer = world.answer(cutOff, world.socketEvent("CONNECT", "$connect", socket));

    assertThat(answer.path("statusCode").asInt()).isEqualTo(503);
    assertThat(isOnline(ada)).isFalse();
  }

  @Test
  void aSocketWhoseSessionEndedWhileItOpenedIsRefusedAndLeavesNothing() throws Exception {
    Connection any = world.newSocket(ada.userId());
    var socket =
        new Connection(
            ada.userId(), any.connectionId(), any.connectedAt(), Optional.of("an ended session"));

    assertThat(open(socket)).isEqualTo(401);

    assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).isEmpty();
    assertThat(isOnline(ada)).isFalse();
  }

  @Test
  void aRowIsKeptAsSmallAsItsKeysItsSessionAndTwoNumbers() {
    Connection socket = opened(ada);

    Map<String, AttributeValue> row =
        world
            .dynamoDb
            .getItem(
                get ->
                    get.tableName(world.table(Variable.CONNECTIONS_TABLE))
                        .key(
                            Map.of(
                                "user_id", AttributeValue.fromS(ada.userId()),
                                "connection_id", AttributeValue.fromS(socket.connectionId()))))
            .item();

    assertThat(row)
        .containsOnlyKeys("user_id", "connection_id", "session_id", "connected_at", "expires_at");
  }

  private List<String> told() {
    return world.sockets.typesOf(bobs.connectionId());
  }

  private boolean isOnline(Account account) {
    return world.reread(account).presence().isOnline(world.clock.instant());
  }

  private Connection opened(Account account) {
    Connection socket = world.newSocket(account.userId());
    assertThat(open(socket)).isEqualTo(200);
    return socket;
  }

  private int open(Connection socket) {
    JsonNode answer = world.answer(handler, world.socketEvent("CONNECT", "$connect", socket));
    assertThat(answer).hasSize(1);
    return answer.path("statusCode").asInt();
  }

  private void close(Connection socket) {
    ObjectNode event = world.socketEvent("DISCONNECT", "$disconnect", socket);
    ((ObjectNode) event.path("requestContext"))
        .put("disconnectStatusCode", 1001)
        .put("disconnectReason", "Going away");
    assertThat(world.answer(handler, event).path("statusCode").asInt()).isEqualTo(200);
  }
}
