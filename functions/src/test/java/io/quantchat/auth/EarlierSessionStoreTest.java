package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Item;
import io.quantchat.host.Parallel;
import io.quantchat.testing.Answer;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import io.quantchat.tokens.Caller;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sessions that were begun before there was a table of sessions by account. */
@StoreTest
class EarlierSessionStoreTest {

  private final AuthFixture auth;
  private final World world;
  private final Answer account;
  private final String userId;
  private final EarlierRefreshToken token;

  EarlierSessionStoreTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
    this.account = auth.registered();
    this.userId = account.text("user_id");
    this.token = begun();
  }

  @Test
  void anEarlierSessionGoesOnUnderItsOwnName() {
    Answer moved = auth.refresh(token.text());

    assertThat(moved.status()).isEqualTo(200);
    assertThat(AuthFixture.sessionIdIn(moved)).isEqualTo(token.sessionId());
    assertThat(moved.text("refresh_token")).hasSize(86);
    assertThat(auth.refresh(moved.text("refresh_token")).status()).isEqualTo(200);
  }

  @Test
  void allWhoShowItsLastTokenAtOnceGetTheSameSuccessor() {
    var answers = Parallel.map(Collections.nCopies(8, token.text()), auth::refresh);

    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    assertThat(answers.stream().map(answer -> answer.text("refresh_token")).distinct()).hasSize(1);
  }

  @Test
  void itsLastTokenShownTooLateEndsIt() {
    Answer moved = auth.refresh(token.text());
    world.clock.advance(SessionStore.GRACE);

    assertThat(auth.refresh(token.text()).status()).isEqualTo(401);
    assertThat(auth.refresh(moved.text("refresh_token")).status()).isEqualTo(401);
    assertThat(auth.refresh(token.text()).status()).isEqualTo(401);
  }

  @Test
  void aTokenMadeUpFromItsIdEndsNothing() {
    String madeUp = new EarlierRefreshToken(token.sessionId(), new byte[32]).text();

    assertThat(auth.refresh(madeUp).status()).isEqualTo(401);
    logOut(madeUp);
    String next = auth.refresh(token.text()).text("refresh_token");
    assertThat(auth.refresh(madeUp).status()).isEqualTo(401);
    logOut(madeUp);

    assertThat(auth.refresh(next).status()).isEqualTo(200);
  }

  @Test
  void loggingOutWithItsTokenEndsItWhereverItIs() {
    EarlierRefreshToken another = begun();
    String moved = auth.refresh(another.text()).text("refresh_token");

    logOut(token.text());
    logOut(another.text());

    assertThat(auth.refresh(token.text()).status()).isEqualTo(401);
    assertThat(auth.refresh(another.text()).status()).isEqualTo(401);
    assertThat(auth.refresh(moved).status()).isEqualTo(401);
  }

  @Test
  void itIsLiveUntilItEndsOrExpires() {
    var caller = new Caller(userId, token.sessionId());
    var other = new Caller(UUID.randomUUID().toString(), token.sessionId());
    LiveSessionStore sessions = LiveSessionStore.of(world.host);

    assertThat(sessions.isLive(caller)).isTrue();
    assertThat(sessions.isLive(other)).isFalse();
    assertThat(SocketTickets.of(world.host).redeem(SocketTickets.of(world.host).issue(caller)))
        .contains(caller);
    logOut(token.text());
    assertThat(sessions.isLive(caller)).isFalse();
    var expired = new Caller(userId, begun().sessionId());
    world.clock.advance(Duration.ofDays(30));
    assertThat(sessions.isLive(expired)).isFalse();
  }

  @Test
  void whoEndsAllOthersEndsThoseThatHaveNotMoved() {
    auth.withToken(account.text("access_token"), ProxyEvent.of("DELETE", "/auth/sessions"));

    assertThat(auth.refresh(token.text()).status()).isEqualTo(401);
    assertThat(LiveSessionStore.of(world.host).isLive(new Caller(userId, token.sessionId())))
        .isFalse();
  }

  @Test
  void whoEndsAllOthersInOneThatHasNotMovedKeepsIt() {
    EarlierRefreshToken another = begun();
    var keys = SigningKeys.of(world.hostOf(AuthHandler.class));

    Sessions.of(world.hostOf(AuthHandler.class), keys)
        .endOthers(new Caller(userId, token.sessionId()));

    assertThat(auth.refresh(another.text()).status()).isEqualTo(401);
    assertThat(auth.refresh(account.text("refresh_token")).status()).isEqualTo(401);
    assertThat(auth.refresh(token.text()).status()).isEqualTo(200);
  }

  @Test
  void whoGoesOnWithItHasNotLoggedInJustNowAndLeavesByThePasswordAlone() {
    Answer moved = auth.refresh(token.text());

    assertThat(leave(moved, "{}").status()).isEqualTo(403);
    assertThat(leave(moved, "{\"password\":\"" + AuthFixture.PASSWORD + "\"}").status())
        .isEqualTo(202);
  }

  private Answer leave(Answer session, String body) {
    return auth.withToken(
        session.text("access_token"), ProxyEvent.of("DELETE", "/users/me").put("body", body));
  }

  private EarlierRefreshToken begun() {
    byte[] secret = RefreshToken.random(userId, auth.random).secret();
    var begun = new EarlierRefreshToken(UUID.randomUUID().toString(), secret);
    long goodUntil = world.clock.instant().plus(Duration.ofDays(30)).toEpochMilli();
    world.dynamoDb.putItem(
        put ->
            put.tableName(world.table(Variable.SESSIONS_TABLE))
                .item(
                    Map.of(
                        "session_id", Item.of(begun.sessionId()),
                        "user_id", Item.of(userId),
                        "token_hash", Item.of(begun.hash()),
                        "good_until", Item.of(goodUntil),
                        "expires_at", Item.of(goodUntil / 1000 + 1))));
    return begun;
  }

  private void logOut(String refreshToken) {
    auth.post("/auth/logout", "{\"refresh_token\":\"" + refreshToken + "\"}");
  }
}
