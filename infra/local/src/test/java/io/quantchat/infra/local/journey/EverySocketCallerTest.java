package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Template;
import java.net.URLEncoder;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Each route of the socket, used by everybody who could: what comes back to whoever sent the frame,
 * and what the other is told, in good order, with another's ids in it, and by somebody whom the
 * other has blocked. A route that the table doesn't have fails, and a line of which the template
 * has no route.
 */
@ExtendWith(WatchedBackend.Shared.class)
@ResourceLock(WatchedBackend.ROWS)
class EverySocketCallerTest {

  /**
   * The types of the frames that come. What opens and closes a socket is no frame of a client's.
   */
  private static final CallerTable EXPECTED =
      CallerTable.of(
          """
          route                 | the caller gets | the other gets    | of one whom he blocked
          $connect              | -               | user_online       | -
          $disconnect           | -               | user_offline      | -
          $default              | error           | -                 | -
          ping                  | pong            | -                 | -
          typing                | -               | typing            | -
          read_confirmation     | -               | message_read      | -
          delivery_confirmation | -               | message_delivered | -
          send                  | message_queued  | new_message       | -
          acknowledge           | acknowledged    | -                 | -
          """);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Random RANDOM = new Random();

  private static WatchedBackend backend;
  private static Api api;
  private static Accounts.User caller;
  private static Accounts.User other;
  private static Accounts.User witness;
  private static Accounts.User comer;
  private static Accounts.User blockedComer;

  @BeforeAll
  static void register(WatchedBackend shared) throws Exception {
    backend = shared;
    api = backend.api();
    Accounts accounts = backend.accounts();
    caller = backend.register();
    other = backend.register();
    witness = backend.register();
    comer = backend.register();
    blockedComer = backend.register();
    for (Accounts.User user : List.of(caller, witness, comer, blockedComer)) {
      accounts.add(user, other);
      accounts.add(other, user);
    }
    accounts.block(other, blockedComer);
  }

  @Test
  void theTableHasEachRouteOfTheTemplateAndNoOther() {
    Set<String> routes =
        Template.read(Path.of(System.getProperty("quantchat.template")))
            .resolve(Deployment.onThisMachine(1, Map.of()))
            .socket()
            .routes()
            .keySet();

    assertThat(new TreeSet<>(EXPECTED.rows().keySet())).isEqualTo(new TreeSet<>(routes));
  }

  @Test
  void noSocketOpensWithoutAGoodToken() throws Exception {
    Set<String> before = backend.lastingRows();

    assertThat(api.refusal("")).as("nothing").isEqualTo(401);
    assertThat(api.refusal("user_id=" + other.id())).as("an id").isEqualTo(401);
    new ForgedTokens(backend.own(), caller.accessToken())
        .all(other.id(), caller.refreshToken())
        .forEach(
            (why, token) -> {
              String query = URLEncoder.encode(token, StandardCharsets.UTF_8);
              assertThat(api.refusal("token=" + query)).as(why).isEqualTo(401);
              assertThat(api.refusal("ticket=" + query)).as(why).isEqualTo(401);
            });

    assertThat(backend.lastingRows()).isEqualTo(before);
  }

  @TestFactory
  Stream<DynamicTest> eachFrameReachesWhomItMayAndSaysWhoReallySentIt() throws Exception {
    Listener ben = listen(other);
    Listener cy = listen(witness);
    ben.frames().next("user_online");
    Listener ada = listen(caller);
    ben.frames().next("user_online");
    return Stream.of(
        DynamicTest.dynamicTest(
            "of a contact", () -> playAll("the other gets", ada, comer, ben, cy)),
        DynamicTest.dynamicTest(
            "of one whom he has blocked",
            () -> {
              backend.accounts().block(other, caller);
              Set<String> pending = pendingOf(other);
              playAll("of one whom he blocked", ada, blockedComer, ben, cy);
              assertThat(pendingOf(other)).isEqualTo(pending);
            }));
  }

  /**
   * @param comes whose socket opens, and closes
   */
  private void playAll(
      String column, Listener from, Accounts.User comes, Listener to, Listener third)
      throws Exception {
    Listener coming = null;
    for (CallerTable.Row row : EXPECTED.rows().values()) {
      String sender = caller.id();
      switch (row.route()) {
        case "$connect" -> {
          sender = comes.id();
          coming = listen(comes);
        }
        case "$disconnect" -> {
          sender = comes.id();
          coming.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
          coming.frames().closeCode();
        }
        default -> from.say(frame(row.route(), caller));
      }
      for (String type : row.words("the caller gets")) {
        from.frames().next(type);
      }
      for (String type : row.words(column)) {
        JsonNode event = to.frames().next(type);
        assertThat(event.path("user_id").asText(event.path("sender_id").asText()))
            .as("who is said to have sent " + type)
            .isEqualTo(sender);
      }
      third.say(frame("typing", witness));
      assertThat(to.frames().next("typing").get("user_id").textValue())
          .as("whose frame comes next after " + row.route())
          .isEqualTo(witness.id());
      assertThat(to.frames().rest()).as("after " + row.route()).isEmpty();
      assertThat(third.frames().rest()).as("after " + row.route()).noneMatch(this::isOfTheCaller);
    }
  }

  private boolean isOfTheCaller(JsonNode frame) {
    return frame.toString().contains(caller.id());
  }

  /** A frame of the type, with the third person's id wherever the sender's could be looked for. */
  private String frame(String type, Accounts.User sender) {
    ObjectNode payload = JSON.createObjectNode();
    if (sender.equals(caller)) {
      payload.put("user_id", witness.id()).put("from", witness.id());
    }
    switch (type) {
      case "typing" -> payload.put("recipient_id", other.id()).put("is_typing", true);
      case "read_confirmation", "delivery_confirmation" ->
          payload.put("message_id", timeOrderedId()).put("sender_id", other.id());
      case "send" ->
          payload
              .put("message_id", timeOrderedId())
              .put("recipient_id", other.id())
              .put("sender_id", witness.id())
              .put("encrypted_content", "content")
              .put("encrypted_session_key", "key");
      case "acknowledge" -> payload.putArray("message_ids").add(timeOrderedId());
      default -> payload.put("recipient_id", other.id());
    }
    return JSON.createObjectNode()
        .put("type", type.equals("$default") ? "dance" : type)
        .set("payload", payload)
        .toString();
  }

  private Set<String> pendingOf(Accounts.User user) throws Exception {
    String route = "/relay/pending";
    JsonNode pending = api.call("GET", route, route, user.token(), Optional.empty()).expect(200);
    return new TreeSet<>(pending.get("messages").findValuesAsText("id"));
  }

  private record Listener(WebSocket socket, Frames frames) {
    void say(String frame) {
      socket.sendText(frame, true).join();
    }
  }

  private Listener listen(Accounts.User user) {
    Frames frames = new Frames(api.contract());
    return new Listener(api.open("token=" + user.accessToken(), frames), frames);
  }

  private static String timeOrderedId() {
    return Ids.timeOrdered(Instant.now(), RANDOM);
  }
}
