package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Template;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Each REST route of the template, called by everybody who could: with a good token, with none or
 * one that isn't good, after the session has ended, by somebody whom the other has blocked, with
 * another's ids wherever ids can stand, and by an account that has left. A route that the table
 * doesn't have fails, and a line of which the template has no route.
 */
@ExtendWith(WatchedBackend.Shared.class)
@ResourceLock(WatchedBackend.ROWS)
class EveryCallerTest {

  /**
   * The status of each. "May change" names the tables in which rows of the other's may then be
   * other ones.
   */
  private static final CallerTable EXPECTED =
      CallerTable.of(
          """
          route                                   | good | no good token | session ended | blocked | another's ids | account gone | may change
          POST /auth/register                     | 201  | 201           | -             | -       | 201           | 201          | -
          POST /auth/login                        | 200  | 200           | -             | -       | 200           | 401          | -
          POST /auth/refresh                      | 200  | 200           | -             | -       | 200           | 401          | -
          POST /auth/logout                       | 204  | 204           | -             | -       | 204           | 204          | -
          GET /auth/sessions                      | 200  | 401           | 401           | 200     | 200           | 401          | -
          DELETE /auth/sessions/{session_id}      | 204  | 401           | 401           | 204     | 204           | 401          | -
          DELETE /auth/sessions                   | 204  | 401           | 401           | 204     | 204           | 401          | -
          POST /auth/socket-ticket                | 201  | 401           | 401           | 201     | 201           | 401          | -
          POST /auth/password                     | 204  | 401           | 401           | 204     | 204           | 401          | -
          POST /auth/password/forgot              | 202  | 202           | -             | -       | 202           | 202          | -
          GET /auth/password/reset                | 200  | 200           | -             | -       | 200           | 200          | -
          POST /auth/password/reset               | 204  | 204           | -             | -       | 422           | 401          | EmailProofsTable
          POST /auth/email                        | 202  | 401           | 202           | 202     | 202           | 401          | -
          POST /auth/email/verification           | 202  | 401           | 202           | 202     | 202           | 401          | -
          GET /auth/email/verify                  | 200  | 200           | -             | -       | 200           | 200          | -
          POST /auth/email/verify                 | 200  | 200           | -             | -       | 422           | 401          | EmailProofsTable
          GET /users/me                           | 200  | 401           | 200           | 200     | 200           | 401          | -
          GET /users/me/export                    | 200  | 401           | 200           | 200     | 200           | 401          | -
          PATCH /users/me                         | 200  | 401           | 200           | 200     | 200           | 401          | -
          DELETE /users/me                        | 202  | 401           | 403           | 202     | 202           | 202          | -
          GET /contacts                           | 200  | 401           | 200           | 200     | 403           | 401          | -
          POST /contacts                          | 201  | 401           | 201           | 201     | 201           | 401          | -
          DELETE /contacts/{contact_id}           | 204  | 401           | 204           | 204     | 204           | 401          | -
          PUT /contacts/{contact_id}/block        | 204  | 401           | 204           | 204     | 204           | 401          | -
          DELETE /contacts/{contact_id}/block     | 204  | 401           | 204           | 204     | 204           | 401          | -
          POST /relay/send                        | 201  | 401           | 201           | 201     | 201           | 401          | RelayMessagesTable
          GET /relay/pending                      | 200  | 401           | 200           | 200     | 200           | 401          | -
          POST /relay/acknowledge                 | 200  | 401           | 200           | 200     | 404           | 401          | -
          GET /messages/conversation/{contact_id} | 200  | 401           | 200           | 200     | 403           | 401          | -
          PUT /keys/bundle                        | 200  | 401           | 200           | 200     | 403           | 401          | -
          POST /keys/prekeys                      | 201  | 401           | 201           | 201     | 403           | 401          | -
          DELETE /keys/prekeys                    | 200  | 401           | 200           | 200     | 200           | 401          | -
          GET /keys/prekeys/count                 | 200  | 401           | 200           | 200     | 200           | 401          | -
          GET /keys/{user_id}                     | 200  | 401           | 200           | 200     | 200           | 401          | PrekeysTable
          GET /keys/{user_id}/bundle              | 200  | 401           | 200           | 200     | 200           | 401          | -
          POST /media                             | 201  | 401           | 201           | 201     | 201           | 401          | -
          GET /media/{media_id}                   | 200  | 401           | 200           | 200     | 200           | 401          | -
          DELETE /media/{media_id}                | 204  | 401           | 204           | 204     | 204           | 401          | -
          POST /media/{media_id}/parts            | 200  | 401           | 200           | 200     | 200           | 401          | -
          POST /media/{media_id}/complete         | 409  | 401           | 409           | 409     | 409           | 401          | -
          """);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private static WatchedBackend backend;
  private static Api api;
  private static Accounts.User caller;
  private static Accounts.User other;
  private static Accounts.User friend;
  private static EveryRoute calls;
  private static Accounts.User departing;
  private static EveryRoute callsOfDeparting;

  @BeforeAll
  static void register(WatchedBackend shared) throws Exception {
    backend = shared;
    api = backend.api();
    caller = backend.register();
    other = backend.register();
    friend = backend.register();
    departing = backend.register();
    Accounts accounts = backend.accounts();
    for (Accounts.User user : List.of(caller, departing)) {
      accounts.add(other, user);
      accounts.add(friend, user);
      accounts.add(user, friend);
    }
    accounts.add(other, friend);
    accounts.add(friend, other);
    new EveryRoute(backend, other, caller, friend, other).publish();
    calls = new EveryRoute(backend, caller, other, friend, backend.register());
    callsOfDeparting = new EveryRoute(backend, departing, other, friend, departing);
    send(friend, other);
    send(other, caller);
  }

  @Test
  void theTableHasEachRouteOfTheTemplateAndNoOther() {
    Set<String> routes =
        Template.read(Path.of(System.getProperty("quantchat.template")))
            .resolve(Deployment.onThisMachine(1, Map.of()))
            .rest()
            .routes()
            .stream()
            .map(route -> route.method() + " " + route.resource())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(new TreeSet<>(EXPECTED.rows().keySet())).isEqualTo(routes);
  }

  @TestFactory
  Stream<DynamicTest> whoHasNoGoodTokenIsRefusedAndChangesNothing() throws Exception {
    var forged = new ForgedTokens(backend.own(), caller.accessToken());
    Map<String, Optional<String>> tokens = new LinkedHashMap<>();
    tokens.put("no token", Optional.empty());
    forged
        .all(other.id(), caller.refreshToken())
        .forEach((why, token) -> tokens.put(why, Optional.of(token)));
    return rows(
        "no good token",
        row -> {
          int status = status(row, "no good token");
          if (status != UNAUTHORIZED) {
            play(calls.of(row.route()), tokens.get("an expired token"), status);
            return;
          }
          EveryRoute.Call call = calls.refused(row.route());
          Set<String> before = backend.lastingRows();
          for (Map.Entry<String, Optional<String>> token : tokens.entrySet()) {
            assertThat(answer(call, token.getValue()).status())
                .as(row.route() + " with " + token.getKey())
                .isEqualTo(UNAUTHORIZED);
          }
          assertThat(backend.lastingRows()).isEqualTo(before);
        });
  }

  @Test
  void aTokenThatIsSignedAnewIsAsGoodAsTheOneThatItIsOf() throws Exception {
    String token = new ForgedTokens(backend.own(), caller.accessToken()).unchanged();

    api.call("GET", "/users/me", "/users/me", Optional.of(token), Optional.empty()).expect(200);
  }

  @TestFactory
  Stream<DynamicTest> whoseSessionHasEndedHasATokenForMinutesAndNothingThatLasts()
      throws Exception {
    Accounts.User ended = logIn(caller);
    ObjectNode refreshToken = JSON.createObjectNode().put("refresh_token", ended.refreshToken());
    api.call(
            "POST",
            "/auth/logout",
            "/auth/logout",
            Optional.empty(),
            Optional.of(refreshToken.toString()))
        .expect(204);
    return rows(
        "session ended",
        row -> {
          int status = status(row, "session ended");
          boolean isRefused = status == UNAUTHORIZED || status == FORBIDDEN;
          play(
              isRefused ? calls.refused(row.route()) : calls.of(row.route()),
              ended.token(),
              status);
        });
  }

  @TestFactory
  Stream<DynamicTest> anothersIdsGiveNothingOfHisAndChangeNothingOfHis() {
    return rows(
        "another's ids",
        row -> {
          EveryRoute.Call call = calls.ofAnother(row.route());
          Set<String> before = others(row);

          JsonNode body = play(call, call.by().token(), status(row, "another's ids"));

          assertThat(others(row)).isEqualTo(before);
          assertThat(body.toString()).doesNotContain("for " + other.id() + " alone");
          if (!row.route().contains("{user_id}")) {
            assertThat(body.path("user_id").asText()).as("of whom").isNotEqualTo(other.id());
          }
        });
  }

  /** What was begun before, such as a mail that is waited for, is worth nothing either. */
  @TestFactory
  Stream<DynamicTest> whoHasLeftIsRefusedAndWritesNothing() throws Exception {
    Map<String, EveryRoute.Call> prepared = new HashMap<>();
    for (String route : EXPECTED.rows().keySet()) {
      prepared.put(route, callsOfDeparting.ofDeparted(route));
    }
    backend.depart(departing);
    return rows(
        "account gone",
        row -> {
          Set<String> others = backend.lastingRows();
          Set<String> own = StoredRows.of(backend.own()).naming(departing.id());

          JsonNode body =
              answer(prepared.get(row.route()), departing.token())
                  .expect(status(row, "account gone"));

          if (row.route().equals("POST /auth/register")) {
            backend.mails().next(body.get("email").textValue(), Mails.Kind.VERIFY);
          } else {
            assertThat(backend.lastingRows()).isEqualTo(others);
          }
          // The worker may have been at them meanwhile: it notes how far it is, and deletes.
          assertThat(StoredRows.of(backend.own()).naming(departing.id()))
              .filteredOn(stored -> !stored.startsWith("LeavingTable "))
              .isSubsetOf(own);
        });
  }

  @TestFactory
  Stream<DynamicTest> aBlockIsSeenInNoAnswer() throws Exception {
    Map<String, JsonNode> shapes = new HashMap<>();
    for (CallerTable.Row row : EXPECTED.rows().values()) {
      EveryRoute.Call call = calls.of(row.route());
      JsonNode body = play(call, call.by().token(), status(row, "good"));
      shapes.put(row.route(), shape(body));
    }
    backend.accounts().block(other, caller);
    Stream<DynamicTest> blocked =
        rows(
            "blocked",
            row -> {
              EveryRoute.Call call = calls.of(row.route());
              backend.accounts().block(other, call.by());

              JsonNode body = play(call, call.by().token(), status(row, "blocked"));

              assertThat(shape(body)).isEqualTo(shapes.get(row.route()));
            });
    return Stream.concat(
        blocked,
        Stream.of(
            DynamicTest.dynamicTest("and ends", () -> backend.accounts().unblock(other, caller))));
  }

  private static void send(Accounts.User sender, Accounts.User recipient) throws Exception {
    Optional<String> message = Optional.of(EveryRoute.message(recipient).toString());
    api.call("POST", "/relay/send", "/relay/send", sender.token(), message).expect(201);
  }

  private interface Check {
    void of(CallerTable.Row row) throws Exception;
  }

  /** A test for each route that can be called so. */
  private static Stream<DynamicTest> rows(String column, Check check) {
    return EXPECTED.rows().values().stream()
        .filter(row -> row.status(column).isPresent())
        .map(row -> DynamicTest.dynamicTest(row.route(), () -> check.of(row)));
  }

  private static int status(CallerTable.Row row, String column) {
    return row.status(column).orElseThrow();
  }

  /** Calls, and returns when all is done that was begun by that. */
  private static JsonNode play(EveryRoute.Call call, Optional<String> token, int expected)
      throws Exception {
    if (call.route().equals("DELETE /users/me")) {
      backend.departed(call.by());
    }
    JsonNode body = answer(call, token).expect(expected);
    if (expected < UNAUTHORIZED) {
      calls.answered(call, body);
    }
    return body;
  }

  private static Api.Answer answer(EveryRoute.Call call, Optional<String> token) throws Exception {
    return api.call(
        call.method(), call.resource(), call.path(), token, call.body().map(ObjectNode::toString));
  }

  /** The rows that name the other, but for those that a line lets change. */
  private static Set<String> others(CallerTable.Row row) {
    Set<String> mayChange = row.words("may change");
    Set<String> rows = StoredRows.of(backend.own()).naming(other.id());
    rows.removeIf(
        stored ->
            stored.contains(caller.id())
                || mayChange.contains(stored.substring(0, stored.indexOf(' '))));
    return rows;
  }

  private static Accounts.User logIn(Accounts.User who) throws Exception {
    String body =
        JSON.createObjectNode()
            .put("email", who.email())
            .put("password", Accounts.PASSWORD)
            .toString();
    JsonNode session =
        api.call("POST", "/auth/login", "/auth/login", Optional.empty(), Optional.of(body))
            .expect(200);
    return new Accounts.User(
        who.id(),
        who.email(),
        session.get("access_token").textValue(),
        session.get("refresh_token").textValue());
  }

  /** What an answer looks like without its values, and of a list without how long it is. */
  private static JsonNode shape(JsonNode value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (value.isObject()) {
      ObjectNode shape = make.objectNode();
      value.properties().forEach(field -> shape.set(field.getKey(), shape(field.getValue())));
      return shape;
    }
    if (value.isArray()) {
      Set<JsonNode> shapes = new LinkedHashSet<>();
      value.forEach(element -> shapes.add(shape(element)));
      return make.arrayNode().addAll(shapes);
    }
    return make.textNode(value.getNodeType().name());
  }
}
