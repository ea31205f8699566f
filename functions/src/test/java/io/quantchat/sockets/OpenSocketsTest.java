package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Parallel;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many sockets an account has, and what may be done over them. */
@StoreTest
class OpenSocketsTest {

  private static final int MOST = 10;

  private final World world;
  private final SocketsHandler handler;
  private final Account ada;

  OpenSocketsTest(StoreTables tables) {
    world = new World(tables);
    handler = new SocketsHandler(world.hostOf(SocketsHandler.class));
    ada = world.account("ada");
  }

  @Test
  void whoOpensOneSocketTooManyLosesTheOldest() {
    List<Connection> sockets = opened(MOST);
    assertThat(closed(sockets)).isEmpty();

    Connection newest = opened(1).getFirst();

    assertThat(closed(sockets)).containsExactly(sockets.getFirst());
    assertThat(closed(List.of(newest))).isEmpty();
  }

  @Test
  void theSocketsOfOthersStayOpen() {
    Connection bobs = world.newSocket(world.account("bob").userId());
    assertThat(open(bobs)).isEqualTo(200);
    world.clock.advance(Duration.ofSeconds(1));

    opened(MOST + 3);

    assertThat(closed(List.of(bobs))).isEmpty();
  }

  @Test
  void ofManyThatOpenAtOnceTheNewestStayOpen() {
    List<Connection> sockets =
        Stream.generate(
                () -> {
                  world.clock.advance(Duration.ofMillis(1));
                  return world.newSocket(ada.userId());
                })
            .limit(4 * MOST)
            .toList();

    assertThat(Parallel.map(sockets, this::open)).containsOnly(200);

    assertThat(closed(sockets)).containsExactlyElementsOf(sockets.subList(0, 3 * MOST));
  }

  @Test
  void whoOpensSocketsWithoutEndIsRefused() {
    List<Integer> answers =
        IntStream.range(0, 300).mapToObj(i -> open(world.newSocket(ada.userId()))).toList();

    assertThat(answers).containsOnly(200, 429).endsWith(429);
    assertThat(answers.stream().filter(status -> status == 200)).hasSizeBetween(100, 2 * 120);
  }

  @Test
  void signalsWithoutEndAreRefusedAndSayHowLongToWait() {
    Connection socket = opened(1).getFirst();
    JsonNode answer = Json.object();
    for (int i = 0; i < 700; i++) {
      answer = message(handler, socket, "ping", Json.object());
    }

    JsonNode error = World.json(answer.path("body").asText());
    assertThat(error.path("type").asText()).isEqualTo("error");
    JsonNode payload = error.path("payload");
    assertThat(payload.path("status").asInt()).isEqualTo(429);
    assertThat(payload.path("retry_after").asInt()).isBetween(1, 60);
    assertThat(payload.path("type").asText()).isEqualTo("ping");
  }

  @Test
  void withoutTheTableOfLimitsSocketsOpenAndSignalsPass() {
    var cutOff =
        new SocketsHandler(
            world
                .hostOf(SocketsHandler.class)
                .with(world.tables.client(BeforeRequest.refusing("LimitsTable"))));
    Connection socket = world.newSocket(ada.userId());

    for (int i = 0; i < 100; i++) {
      JsonNode answer = world.answer(cutOff, world.socketEvent("CONNECT", "$connect", socket));
      assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    }
    for (int i = 0; i < 100; i++) {
      JsonNode answer = message(cutOff, socket, "ping", Json.object());
      assertThat(World.json(answer.path("body").asText()).path("type").asText()).isEqualTo("pong");
    }
  }

  private List<Connection> opened(int count) {
    var sockets = new ArrayList<Connection>();
    for (int i = 0; i < count; i++) {
      world.clock.advance(Duration.ofSeconds(1));
      Connection socket = world.newSocket(ada.userId());
      assertThat(open(socket)).isEqualTo(200);
      sockets.add(socket);
    }
    return sockets;
  }

  private int open(Connection socket) {
    return world
        .answer(handler, world.socketEvent("CONNECT", "$connect", socket))
        .path("statusCode")
        .asInt();
  }

  private List<Connection> closed(List<Connection> sockets) {
    return sockets.stream()
        .filter(socket -> world.sockets.isClosed(socket.connectionId()))
        .toList();
  }

  private JsonNode message(
      SocketsHandler handler, Connection socket, String type, ObjectNode payload) {
    String frame = Json.object().put("type", type).set("payload", payload).toString();
    return world.answer(handler, world.socketEvent("MESSAGE", type, socket).put("body", frame));
  }
}
