package io.quantchat.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Ids;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import io.quantchat.keys.KeyOwner;
import io.quantchat.push.Connection;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.StoreTables;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * An account leaves while a request is between what it has looked at and one of its writes, and the
 * worker has been through everything before that write is made.
 */
class DepartureRaceTest {

  private static final StoreTables TABLES = StoreTables.embedded();
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");

  /** What those ask for who have no token: there is another test for them. */
  private static final Set<String> WITHOUT_TOKEN =
      Set.of(
          "POST /auth/register",
          "POST /auth/login",
          "POST /auth/refresh",
          "POST /auth/logout",
          "POST /auth/password/forgot",
          "GET /auth/password/reset",
          "POST /auth/password/reset",
          "GET /auth/email/verify",
          "POST /auth/email/verify");

  /** Two that have each other, of whom one leaves. */
  private record Two(Account leaver, Account other, KeyOwner keys) {}

  /** A request of the route, by one who does it, about the other. */
  @FunctionalInterface
  private interface Body {
    ObjectNode of(Two two, Account other, Instant now);
  }

  private static final String SOME_32_BYTES = Base64.getEncoder().encodeToString(new byte[32]);

  private static final Body NONE = (two, other, now) -> null;

  private static final Map<String, Body> BODIES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("POST /auth/socket-ticket", NONE),
              Map.entry("POST /auth/password", (two, other, now) -> Json.object()),
              Map.entry("POST /auth/email", (two, other, now) -> Json.object()),
              Map.entry("POST /auth/email/verification", NONE),
              Map.entry("DELETE /auth/sessions", NONE),
              Map.entry("DELETE /auth/sessions/{session_id}", NONE),
              Map.entry("GET /users/me", NONE),
              Map.entry(
                  "PATCH /users/me",
                  (two, other, now) -> Json.object().put("full_name", "Somebody")),
              Map.entry("GET /contacts", NONE),
              Map.entry(
                  "POST /contacts",
                  (two, other, now) -> Json.object().put("contact_id", other.userId())),
              Map.entry("DELETE /contacts/{contact_id}", NONE),
              Map.entry("PUT /contacts/{contact_id}/block", NONE),
              Map.entry("DELETE /contacts/{contact_id}/block", NONE),
              Map.entry("POST /relay/send", (two, other, now) -> Lives.message(other, "late")),
              Map.entry("GET /relay/pending", NONE),
              Map.entry(
                  "POST /relay/acknowledge",
                  (two, other, now) ->
                      Json.object().put("message_id", Ids.random(new SecureRandom()))),
              Map.entry("GET /messages/conversation/{contact_id}", NONE),
              Map.entry(
                  "PUT /keys/bundle",
                  (two, other, now) -> KeyOwner.json(two.keys().bundle(2, now))),
              Map.entry(
                  "POST /keys/prekeys",
                  (two, other, now) -> KeyOwner.json(two.keys().batch(1, now))),
              Map.entry("DELETE /keys/prekeys", NONE),
              Map.entry(
                  "POST /media",
                  (two, other, now) ->
                      Json.object()
                          .put("size", 1)
                          .put("sha256", SOME_32_BYTES)
                          .put("delete_hash", SOME_32_BYTES)),
              Map.entry("POST /media/{media_id}/parts", NONE),
              Map.entry("POST /media/{media_id}/complete", NONE),
              Map.entry(
                  "DELETE /media/{media_id}",
                  (two, other, now) -> Json.object().put("secret", SOME_32_BYTES)),
              Map.entry("GET /keys/prekeys/count", NONE),
              Map.entry("GET /keys/{user_id}", NONE),
              Map.entry("GET /keys/{user_id}/bundle", NONE)));

  private final Lives lives = new Lives(TABLES);

  @AfterAll
  static void close() {
    TABLES.close();
  }

  @BeforeEach
  void nobodyElseIsLeaving() {
    TABLES.clear();
  }

  private static Stream<String> routes() {
    return StoreTables.stack().rest().routes().stream()
        .map(route -> route.method() + " " + route.resource())
        .filter(route -> !WITHOUT_TOKEN.contains(route) && !route.equals("DELETE /users/me"));
  }

  /** A new route that writes has an entry above: else this fails. */
  @ParameterizedTest
  @MethodSource("routes")
  void whateverTheLeaverIsAboutToWriteIsGoneInTheEnd(String route) {
    assertNothingComesAfter(route, true);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whateverAnotherIsAboutToWriteOfTheLeaverIsGoneInTheEnd(String route) {
    assertNothingComesAfter(route, false);
  }

  private void assertNothingComesAfter(String route, boolean byLeaver) {
    int writes = 1;
    while (isInterrupted(route, byLeaver, writes)) {
      writes++;
    }
  }

  /** Whether the request came as far as so many writes. */
  private boolean isInterrupted(String route, boolean byLeaver, int write) {
    Two two = two(route);
    Account caller = byLeaver ? two.leaver() : two.other();
    Account about = byLeaver ? two.other() : two.leaver();
    String token = lives.tokenOf(caller);
    var left = new AtomicInteger(write);
    act(route, two, about, token, leavingBefore(left, two.leaver()));
    if (left.get() > 0) {
      lives.leave(two.leaver());
    }
    assertRefused(route, two);
    lives.eraseToTheEnd();

    assertThat(lives.leftOf(two.leaver(), List.of(two.other())))
        .as("%s, gone before write %d", route, write)
        .isEmpty();
    return left.get() <= 0;
  }

  /** What the leaver asks for afterwards. */
  private void assertRefused(String route, Two two) {
    String token = lives.world.tokenOf(two.leaver());
    assertThat(act(route, two, two.other(), token, lives.world.dynamoDb)).isEqualTo(401);
  }

  private int act(String route, Two two, Account about, String token, DynamoDbClient client) {
    Body body = BODIES.getOrDefault(route, route.startsWith("GET ") ? NONE : null);
    assertThat(body).as("what is sent to %s", route).isNotNull();
    String query = route.equals("GET /keys/{user_id}") ? "?take=1" : "";
    return lives
        .call(
            route + query,
            token,
            Map.of(
                "contact_id", about.userId(),
                "user_id", about.userId(),
                "session_id", Ids.random(new SecureRandom()),
                "media_id", "A".repeat(43)),
            body.of(two, about, now()),
            client)
        .status();
  }

  private DynamoDbClient leavingBefore(AtomicInteger writes, Account leaver) {
    BeforeRequest leaving =
        (operation, request) -> {
          if (WRITES.contains(operation) && writes.decrementAndGet() == 0) {
            lives.leave(leaver);
            lives.erase();
          }
        };
    return TABLES.client(leaving);
  }

  private Two two(String route) {
    var two = new Two(lives.world.account("leaver"), lives.world.account("other"), null);
    if (route.contains("/keys/")) {
      var keys = new KeyOwner(two.leaver());
      publish(keys);
      publish(new KeyOwner(two.other()));
      return new Two(two.leaver(), two.other(), keys);
    }
    if (!route.equals("POST /contacts")) {
      lives.world.areContacts(two.leaver(), two.other());
    }
    return two;
  }

  private void publish(KeyOwner keys) {
    String token = lives.world.tokenOf(keys.account().userId());
    lives
        .call("PUT /keys/bundle", token, Map.of(), KeyOwner.json(keys.bundle(1, now())))
        .expect(200);
    lives
        .call("POST /keys/prekeys", token, Map.of(), KeyOwner.json(keys.batch(1, now())))
        .expect(201);
  }

  private Instant now() {
    return Times.toMilliseconds(lives.world.clock.instant());
  }

  @Test
  void aSocketThatOpensWhileItsAccountLeavesIsClosed() {
    int writes = 1;
    boolean interrupted = true;
    while (interrupted) {
      Two two = two("");
      Connection socket = lives.world.newSocket(two.leaver().userId());
      var left = new AtomicInteger(writes++);
      int status = lives.open(socket, leavingBefore(left, two.leaver()));
      interrupted = left.get() <= 0;
      if (!interrupted) {
        lives.leave(two.leaver());
      }
      lives.eraseToTheEnd();

      assertThat(lives.leftOf(two.leaver(), List.of(two.other()))).isEmpty();
      assertThat(status == 401 || lives.world.sockets.isClosed(socket.connectionId())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "typing", "acknowledge", "read_confirmation"})
  void aFrameOfAnAccountThatHasLeftComesToNothing(String type) {
    Two two = two("");
    Connection own = lives.world.socketOf(two.leaver());
    Connection others = lives.world.socketOf(two.other());
    lives.leave(two.leaver());
    ObjectNode payload =
        Lives.message(two.other(), "late")
            .put("is_typing", true)
            .put("message_id", Ids.random(new SecureRandom()))
            .put("sender_id", two.other().userId());

    lives.frame(own, type, payload, lives.world.dynamoDb);

    assertThat(lives.world.sockets.framesOf(others.connectionId())).isEmpty();
    lives.eraseToTheEnd();
    assertThat(lives.leftOf(two.leaver(), List.of())).isEmpty();
  }
}
