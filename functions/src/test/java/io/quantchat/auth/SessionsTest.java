package io.quantchat.auth;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Ids;
import io.quantchat.host.Parallel;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import io.quantchat.tokens.Caller;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@StoreTest
class SessionsTest {

  private final AuthFixture auth;
  private final World world;

  SessionsTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
  }

  @Test
  void aRefreshTokenIsGoodForNewTokensOfTheSameSession() {
    var registered = auth.registered();

    var answer = auth.refresh(registered.text("refresh_token"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(auth.profile(answer.text("access_token")).text("user_id"))
        .isEqualTo(registered.text("user_id"));
    assertThat(answer.text("refresh_token"))
        .hasSize(64)
        .isNotEqualTo(registered.text("refresh_token"));
    assertThat(sessionIdIn(answer)).isEqualTo(sessionIdIn(registered));
    var body = (ObjectNode) answer.body();
    body.put("access_token", "A").put("refresh_token", "R");
    assertThat(body)
        .isEqualTo(
            json(
                """
                {"access_token": "A", "token_type": "bearer", "expires_in": 900,
                 "refresh_token": "R"}
                """));
  }

  @Test
  void aTokenUsedTwiceEndsItsSessionSoThatTheNewestIsWorthNothingEither() {
    String first = auth.registered().text("refresh_token");
    String second = auth.refresh(first).text("refresh_token");

    var reused = auth.refresh(first);

    assertThat(reused.status()).isEqualTo(401);
    assertThat(reused.text("detail")).isEqualTo("This session has ended. Log in again.");
    assertThat(auth.refresh(second)).isEqualTo(reused);
  }

  @Test
  void anotherSessionOfTheSameAccountGoesOn() {
    var registered = auth.registered();
    String other = auth.logIn(registered.text("email"), AuthFixture.PASSWORD).text("refresh_token");
    auth.refresh(registered.text("refresh_token"));
    auth.refresh(registered.text("refresh_token"));

    assertThat(auth.refresh(other).status()).isEqualTo(200);
  }

  @Test
  void ofTwoWhoShowOneTokenAtOnceOneGetsTokensAndThenTheSessionEnds() {
    String token = auth.registered().text("refresh_token");

    var answers = Parallel.map(Collections.nCopies(8, token), auth::refresh);

    assertThat(answers.stream().map(Answer::status)).containsOnlyOnce(200).containsOnly(200, 401);
    String winners =
        answers.stream()
            .filter(answer -> answer.status() == 200)
            .findAny()
            .orElseThrow()
            .text("refresh_token");
    assertThat(auth.refresh(winners).status()).isEqualTo(401);
  }

  @Test
  void aWrongSecretOfAKnownSessionEndsIt() {
    String token = auth.registered().text("refresh_token");
    String sessionId = RefreshToken.parse(token).orElseThrow().sessionId();

    assertThat(auth.refresh(RefreshToken.random(sessionId, auth.random).text()).status())
        .isEqualTo(401);
    assertThat(auth.refresh(token).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
      })
  void whatIsNoTokenOfAnySessionIsRefusedAndCanBeLoggedOut(String token) {
    assertThat(auth.refresh(token).status()).isEqualTo(401);
    assertThat(logOut(token).status()).isEqualTo(204);
  }

  @Test
  void aSessionLivesThirtyDaysFromItsLastUseToTheMillisecond() {
    String first = auth.registered().text("refresh_token");
    world.clock.advance(Duration.ofDays(30).minusMillis(1));
    String second = auth.refresh(first).text("refresh_token");
    world.clock.advance(Duration.ofDays(30).minusMillis(1));
    String third = auth.refresh(second).text("refresh_token");
    world.clock.advance(Duration.ofDays(30));

    assertThat(auth.refresh(third).status()).isEqualTo(401);
    String sessionId = RefreshToken.parse(third).orElseThrow().sessionId();
    assertThat(auth.row(Variable.SESSIONS_TABLE, "session_id", sessionId)).isNotEmpty();
  }

  @Test
  void onlyAHashOfATokenIsStored() {
    var registered = auth.registered();
    RefreshToken token = RefreshToken.parse(registered.text("refresh_token")).orElseThrow();

    var row = auth.row(Variable.SESSIONS_TABLE, "session_id", token.sessionId());

    assertThat(row)
        .containsOnlyKeys("session_id", "user_id", "token_hash", "good_until", "expires_at");
    assertThat(row.get("token_hash").b().asByteArray()).isEqualTo(token.hash());
    assertThat(row.get("expires_at").n())
        .isEqualTo(
            String.valueOf(world.clock.instant().plus(Duration.ofDays(30)).getEpochSecond() + 1));
    assertThat(token.hash()).isNotEqualTo(token.secret());
  }

  @Test
  void anUpdateWhoseAnswerWasLostIsNoReuseWhenItIsSentAgain() {
    var store = SessionStore.of(world.host);
    RefreshToken first = RefreshToken.random(Ids.random(auth.random), auth.random);
    RefreshToken next = RefreshToken.random(first.sessionId(), auth.random);
    RefreshToken third = RefreshToken.random(first.sessionId(), auth.random);
    store.open("ann", first);

    assertThat(store.rotate(first, next)).contains(new Caller("ann", first.sessionId()));
    assertThat(store.rotate(first, next)).contains(new Caller("ann", first.sessionId()));
    assertThat(store.rotate(next, third)).isPresent();
  }

  @Test
  void theSessionOfAnAccountThatIsNoMoreEnds() {
    var registered = auth.registered();
    remove(registered.text("user_id"));

    assertThat(auth.refresh(registered.text("refresh_token")).status()).isEqualTo(401);
    assertThat(auth.row(Variable.SESSIONS_TABLE, "session_id", sessionIdIn(registered))).isEmpty();
  }

  @Test
  void whoLogsOutEndsTheSessionAndMayDoItTwice() {
    String token = auth.registered().text("refresh_token");

    var answer = logOut(token);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body().isMissingNode()).isTrue();
    assertThat(logOut(token).status()).isEqualTo(204);
    assertThat(auth.refresh(token).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'refresh_token':null}", "{'refresh_token':7}", "{'refresh_token':''}"})
  void aRequestWithoutARefreshTokenSaysSo(String body) {
    for (String route : new String[] {"/auth/refresh", "/auth/logout"}) {
      var answer = auth.post(route, body.replace('\'', '"'));
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.body().path("errors").get(0).path("field").asText())
          .isEqualTo("refresh_token");
    }
  }

  @Test
  void aRefreshTokenIsAtMost512Characters() {
    assertThat(auth.refresh("x".repeat(513)).status()).isEqualTo(422);
    assertThat(auth.refresh("x".repeat(512)).status()).isEqualTo(401);
  }

  private Answer logOut(String token) {
    return auth.post("/auth/logout", "{\"refresh_token\":\"" + token + "\"}");
  }

  private static String sessionIdIn(Answer tokens) {
    return RefreshToken.parse(tokens.text("refresh_token")).orElseThrow().sessionId();
  }

  private void remove(String userId) {
    world.dynamoDb.deleteItem(
        delete ->
            delete
                .tableName(world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(userId))));
  }
}
