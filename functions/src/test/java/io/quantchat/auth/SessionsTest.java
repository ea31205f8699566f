package io.quantchat.auth;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Item;
import io.quantchat.host.Parallel;
import io.quantchat.host.Sha256;
import io.quantchat.testing.Answer;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
        .hasSize(86)
        .isNotEqualTo(registered.text("refresh_token"));
    assertThat(AuthFixture.sessionIdIn(answer)).isEqualTo(AuthFixture.sessionIdIn(registered));
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
  void anOlderTokenEndsItsSessionSoThatTheNewestIsWorthNothingEither() {
    String first = auth.registered().text("refresh_token");
    String second = auth.refresh(first).text("refresh_token");
    String third = auth.refresh(second).text("refresh_token");

    var reused = auth.refresh(first);

    assertThat(reused.status()).isEqualTo(401);
    assertThat(reused.text("detail")).isEqualTo("This session has ended. Log in again.");
    assertThat(auth.refresh(third)).isEqualTo(reused);
  }

  @Test
  void forThirtySecondsATokenGetsTheSameSuccessorAgainAndThenItsSessionEnds() {
    String first = auth.registered().text("refresh_token");
    String second = auth.refresh(first).text("refresh_token");
    world.clock.advance(Duration.ofSeconds(30).minusMillis(1));

    assertThat(auth.refresh(first).text("refresh_token")).isEqualTo(second);
    world.clock.advance(Duration.ofMillis(1));
    assertThat(auth.refresh(first).status()).isEqualTo(401);
    assertThat(auth.refresh(second).status()).isEqualTo(401);
  }

  @Test
  void aSessionGoesOnFromTheSuccessorThatTwoHaveGot() {
    String first = auth.registered().text("refresh_token");
    auth.refresh(first);
    String second = auth.refresh(first).text("refresh_token");

    assertThat(auth.refresh(second).status()).isEqualTo(200);
  }

  @Test
  void anotherSessionOfTheSameAccountGoesOn() {
    var registered = auth.registered();
    String other = auth.logIn(registered.text("email"), AuthFixture.PASSWORD).text("refresh_token");
    auth.refresh(registered.text("refresh_token"));
    world.clock.advance(SessionStore.GRACE);
    auth.refresh(registered.text("refresh_token"));

    assertThat(auth.refresh(other).status()).isEqualTo(200);
  }

  @Test
  void allWhoShowOneTokenAtOnceGetTheSameSuccessor() {
    String token = auth.registered().text("refresh_token");

    var answers = Parallel.map(Collections.nCopies(8, token), auth::refresh);

    assertThat(answers.stream().map(Answer::status)).containsOnly(200);
    var next = answers.stream().map(answer -> answer.text("refresh_token")).distinct().toList();
    assertThat(next).hasSize(1);
    assertThat(auth.refresh(next.getFirst()).status()).isEqualTo(200);
  }

  @Test
  void aTokenMadeUpFromAnAccessTokenEndsNothing() {
    var registered = auth.registered();
    String userId = registered.text("user_id");
    String sessionId = AuthFixture.sessionIdIn(registered);
    RefreshToken random = RefreshToken.random(userId, auth.random);
    byte[] known = Item.packedId(sessionId).b().asByteArray();
    for (String madeUp :
        List.of(
            random.text(),
            new RefreshToken(userId, known, random.secret()).text(),
            new EarlierRefreshToken(sessionId, random.secret()).text())) {
      assertThat(auth.refresh(madeUp).status()).isEqualTo(401);
      assertThat(logOut(madeUp).status()).isEqualTo(204);
    }

    assertThat(auth.refresh(registered.text("refresh_token")).status()).isEqualTo(200);
  }

  @Test
  void noTokenNorWhatTheTableHoldsAloneLeadsToLaterTokens() {
    RefreshToken first = RefreshToken.random(UUID.randomUUID().toString(), auth.random);
    byte[] salt = RefreshToken.newSalt(auth.random);

    RefreshToken next = first.successor(salt);

    assertThat(next.secret()).isEqualTo(first.successor(salt).secret());
    assertThat(next.secret())
        .isNotEqualTo(first.successor(RefreshToken.newSalt(auth.random)).secret())
        .isNotEqualTo(RefreshToken.random(first.userId(), auth.random).successor(salt).secret());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
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
    assertThat(auth.sessionRow(third)).isNotEmpty();
  }

  @Test
  void aSessionLivesAHundredAndEightyDaysHoweverItIsUsed() {
    String token = auth.registered().text("refresh_token");
    for (int uses = 0; uses < 8; uses++) {
      world.clock.advance(Duration.ofDays(20));
      token = auth.refresh(token).text("refresh_token");
    }
    world.clock.advance(Duration.ofDays(20).minusMillis(1));
    token = auth.refresh(token).text("refresh_token");
    world.clock.advance(Duration.ofMillis(1));

    assertThat(auth.refresh(token).status()).isEqualTo(401);
  }

  @Test
  void onlyHashesAreStored() {
    var registered = auth.registered();
    String first = registered.text("refresh_token");
    String second = auth.refresh(first).text("refresh_token");
    RefreshToken token = RefreshToken.parse(second).orElseThrow();

    var row = auth.sessionRow(second);

    assertThat(row)
        .containsOnlyKeys(
            "user_id",
            "session_key",
            "session_id",
            "client_name",
            "created_at",
            "used_at",
            "good_until",
            "ends_at",
            "tickets",
            "expires_at",
            "token_hash",
            "previous_hash",
            "salt");
    assertThat(row.get("token_hash").b().asByteArray()).isEqualTo(token.hash());
    assertThat(row.get("session_key").s())
        .isEqualTo(
            Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(token.family())));
    assertThat(row.get("expires_at").n())
        .isEqualTo(
            String.valueOf(world.clock.instant().plus(Duration.ofDays(30)).getEpochSecond() + 1));
    assertThat(row.toString()).doesNotContain(first).doesNotContain(second);
  }

  @Test
  void refreshingWritesOnce() throws Exception {
    var watched = auth.handlerOn(world.counted());
    String token = auth.registered().text("refresh_token");
    var event =
        ProxyEvent.of("POST", "/auth/refresh").put("body", "{\"refresh_token\":\"" + token + "\"}");

    assertThat(world.counter.during(() -> world.call(watched, event)).operations())
        .containsExactly("UpdateItem", "GetItem");
  }

  @Test
  void theSessionOfAnAccountThatIsNoMoreEnds() {
    var registered = auth.registered();
    remove(registered.text("user_id"));

    assertThat(auth.refresh(registered.text("refresh_token")).status()).isEqualTo(401);
    assertThat(auth.sessionRow(registered.text("refresh_token"))).isEmpty();
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

  private void remove(String userId) {
    world.dynamoDb.deleteItem(
        delete ->
            delete
                .tableName(world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(userId))));
  }
}
