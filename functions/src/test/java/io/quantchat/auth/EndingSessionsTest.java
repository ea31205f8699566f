package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Read;
import io.quantchat.push.Connection;
import io.quantchat.testing.Answer;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import io.quantchat.tokens.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Looking at one's sessions, ending them, and what is left of one that has ended. */
@StoreTest
class EndingSessionsTest {

  private final AuthFixture auth;
  private final World world;
  private final String email = AuthFixture.newEmail();
  private final Answer first;
  private final String userId;

  EndingSessionsTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
    this.first = auth.registered(email);
    this.userId = first.text("user_id");
  }

  @Test
  void sessionsAreListedWithTheProgramsNameAndTheLastUse() {
    world.clock.advance(Duration.ofHours(1));
    Answer second = logInAs("Firefox\u202e \u0007on  a phone");
    world.clock.advance(Duration.ofHours(1));
    Answer refreshed = auth.refresh(first.text("refresh_token"));

    var answer = auth.withToken(refreshed.text("access_token"), sessionsRequest("GET"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            World.json(
                """
                {"sessions": [
                  {"session_id": "%s", "name": "demo/1.0", "created_at": "2026-02-02T10:00:00.123Z",
                   "last_used_at": "2026-02-02T12:00:00.123Z", "current": true},
                  {"session_id": "%s", "name": "Firefox on  a phone",
                   "created_at": "2026-02-02T11:00:00.123Z",
                   "last_used_at": "2026-02-02T11:00:00.123Z", "current": false}]}
                """
                    .formatted(id(first), id(second))));
  }

  @Test
  void aProgramIsNamedByItsHeaderWhereItSaysNoOtherName() {
    world.clock.advance(Duration.ofMillis(1));
    ObjectNode login = ProxyEvent.of("POST", "/auth/login");
    login.put("body", AuthFixture.credentials(email, AuthFixture.PASSWORD).toString());
    login.withObject("/headers").put("User-Agent", "another/2.0");
    Answer second = world.call(auth.handler, login);

    assertThat(listedBy(second).get(0).path("name").asText()).isEqualTo("another/2.0");
  }

  @Test
  void anotherSessionIsEndedByItsId() {
    Answer second = auth.logIn(email, AuthFixture.PASSWORD);

    assertThat(end(first, id(second)).status()).isEqualTo(204);

    assertEnded(second);
    assertThat(end(first, id(second)).status()).isEqualTo(204);
    assertThat(auth.refresh(first.text("refresh_token")).status()).isEqualTo(200);
  }

  @Test
  void nobodyEndsSomebodyElsesSession() {
    Answer other = auth.registered();

    assertThat(end(other, id(first)).status()).isEqualTo(204);

    assertThat(auth.refresh(first.text("refresh_token")).status()).isEqualTo(200);
  }

  @Test
  void allOtherSessionsAreEndedAtOnce() {
    Answer second = auth.logIn(email, AuthFixture.PASSWORD);
    Answer third = auth.logIn(email, AuthFixture.PASSWORD);
    Connection kept = open(second);
    Connection others = open(third);
    var ofUnknownSession = new Connection(userId, "unknown-" + userId, world.clock.instant());
    world.connections.add(ofUnknownSession);

    var answer = auth.withToken(second.text("access_token"), sessionsRequest("DELETE"));

    assertThat(answer.status()).isEqualTo(204);
    assertEnded(first);
    assertEnded(third);
    assertThat(world.sockets.isClosed(kept.connectionId())).isFalse();
    assertThat(world.sockets.isClosed(others.connectionId())).isTrue();
    assertThat(world.sockets.isClosed(ofUnknownSession.connectionId())).isTrue();
    assertThat(listedBy(second)).hasSize(1);
  }

  @Test
  void loggingOutClosesTheSessionsSocketsAndNoOthers() {
    Answer second = auth.logIn(email, AuthFixture.PASSWORD);
    Connection ofFirst = open(first);
    Connection ofSecond = open(second);

    logOut(first);

    assertThat(world.sockets.isClosed(ofFirst.connectionId())).isTrue();
    assertThat(world.sockets.isClosed(ofSecond.connectionId())).isFalse();
  }

  @Test
  void aSocketThatWasLostGoesWithItsRow() {
    Connection lost = open(first);
    world.sockets.lose(lost.connectionId());
    world.clock.advance(Connection.LONGEST_HANDSHAKE);

    logOut(first);

    assertThat(world.connections.openOf(userId, Read.CONSISTENT)).isEmpty();
  }

  @Test
  void loggingOutVoidsTicketsAndTheAccessTokenGetsNoOther() {
    String ticket = ticket(first).text("ticket");
    String key =
        LiveSessionStore.of(world.host).of(userId).getFirst().tickets().keySet().iterator().next();

    logOut(first);

    assertThat(SocketTickets.of(world.host).redeem(ticket)).isEmpty();
    assertThat(auth.row(Variable.SESSIONS_TABLE, "session_id", key)).isEmpty();
    var refused = ticket(first);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text("detail")).isEqualTo("This session has ended. Log in again.");
  }

  @Test
  void aTicketThatWasIssuedWhileItsSessionEndedOpensNothing() {
    var caller = new Caller(userId, id(first));
    String ticket = SocketTickets.of(world.host).issue(caller);
    SessionStore.of(world.host).end(RefreshToken.parse(first.text("refresh_token")).orElseThrow());

    assertThat(SocketTickets.of(world.host).redeem(ticket)).isEmpty();
    assertThat(LiveSessionStore.of(world.host).isLive(caller)).isFalse();
  }

  @Test
  void theAccessTokenOfAnEndedSessionSeesAndEndsNoOther() {
    Answer second = auth.logIn(email, AuthFixture.PASSWORD);
    logOut(first);

    String token = first.text("access_token");
    assertThat(auth.withToken(token, sessionsRequest("GET")).status()).isEqualTo(401);
    assertThat(auth.withToken(token, sessionsRequest("DELETE")).status()).isEqualTo(401);
    assertThat(end(first, id(second)).status()).isEqualTo(401);
    assertThat(auth.refresh(second.text("refresh_token")).status()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsShownTooLateClosesTheSessionsSockets() {
    Connection socket = open(first);
    auth.refresh(first.text("refresh_token"));
    world.clock.advance(SessionStore.GRACE);

    auth.refresh(first.text("refresh_token"));

    assertThat(world.sockets.isClosed(socket.connectionId())).isTrue();
  }

  @Test
  void ofTooManySessionsTheOneUsedLongestAgoEnds() {
    var store = SessionStore.of(world.host);
    List<RefreshToken> tokens = new ArrayList<>();
    for (int more = 1; more < Sessions.MOST; more++) {
      world.clock.advance(Duration.ofMillis(1));
      RefreshToken token = RefreshToken.random(userId, auth.random);
      store.open(token, UUID.randomUUID().toString(), Optional.empty());
      tokens.add(token);
    }
    assertThat(auth.refresh(first.text("refresh_token")).status()).isEqualTo(200);

    auth.logIn(email, AuthFixture.PASSWORD);

    assertThat(auth.refresh(tokens.getFirst().text()).status()).isEqualTo(401);
    assertThat(auth.refresh(tokens.get(1).text()).status()).isEqualTo(200);
    assertThat(LiveSessionStore.of(world.host).of(userId)).hasSize(Sessions.MOST);
  }

  private void assertEnded(Answer session) {
    assertThat(auth.refresh(session.text("refresh_token")).status()).isEqualTo(401);
    assertThat(ticket(session).status()).isEqualTo(401);
  }

  private Connection open(Answer session) {
    Connection any = world.newSocket(userId);
    var socket =
        new Connection(userId, any.connectionId(), any.connectedAt(), Optional.of(id(session)));
    world.connections.add(socket);
    return socket;
  }

  private Answer ticket(Answer session) {
    return auth.withToken(
        session.text("access_token"), ProxyEvent.of("POST", "/auth/socket-ticket"));
  }

  private JsonNode listedBy(Answer session) {
    return auth.withToken(session.text("access_token"), sessionsRequest("GET"))
        .body()
        .path("sessions");
  }

  private Answer end(Answer by, String sessionId) {
    ObjectNode event = ProxyEvent.of("DELETE", "/auth/sessions/{session_id}");
    event.withObject("/pathParameters").put("session_id", sessionId);
    return auth.withToken(by.text("access_token"), event);
  }

  private void logOut(Answer session) {
    auth.post("/auth/logout", "{\"refresh_token\":\"" + session.text("refresh_token") + "\"}");
  }

  private Answer logInAs(String program) {
    return auth.post(
        "/auth/login",
        AuthFixture.credentials(email, AuthFixture.PASSWORD)
            .put("client_name", program)
            .toString());
  }

  private static ObjectNode sessionsRequest(String method) {
    return ProxyEvent.of(method, "/auth/sessions");
  }

  private static String id(Answer session) {
    return AuthFixture.sessionIdIn(session);
  }
}
