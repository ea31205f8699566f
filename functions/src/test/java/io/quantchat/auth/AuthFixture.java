package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment.Variable;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import io.quantchat.tokens.AccessTokenVerifier;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The function that signs, with cheap hashes, and people who log in. */
final class AuthFixture {

  static final Argon2.Cost CHEAP = new Argon2.Cost(64, 1, 1);
  static final String PASSWORD = "correct horse battery staple";

  final SecureRandom random = new SecureRandom();
  final CountingArgon2 argon2 = new CountingArgon2();
  final World world;
  final AuthHandler handler;

  AuthFixture(StoreTables tables) {
    this.world = new World(tables);
    this.handler = handlerOn(world.dynamoDb);
  }

  /** Another instance of the function, on the same tables. */
  AuthHandler handlerOn(DynamoDbClient client) {
    return new AuthHandler(
        world.hostOf(AuthHandler.class).with(client), new Passwords(argon2, CHEAP, random));
  }

  /** An address that nobody has yet. */
  static String newEmail() {
    return "ann." + UUID.randomUUID() + "@example.org";
  }

  /** Somebody who has just registered. */
  Answer registered() {
    return registered(newEmail());
  }

  Answer registered(String email) {
    Answer answer = register(credentials(email, PASSWORD));
    assertThat(answer.status()).isEqualTo(201);
    return answer;
  }

  Answer register(JsonNode body) {
    return post("/auth/register", body.toString());
  }

  Answer logIn(String email, String password) {
    return post("/auth/login", credentials(email, password).toString());
  }

  Answer refresh(String refreshToken) {
    return post("/auth/refresh", Json.object().put("refresh_token", refreshToken).toString());
  }

  Answer post(String resource, String body) {
    return world.call(handler, ProxyEvent.of("POST", resource).put("body", body));
  }

  Answer withToken(String accessToken, ObjectNode event) {
    return world.call(handler, World.withToken(event, accessToken));
  }

  Answer profile(String accessToken) {
    return withToken(accessToken, ProxyEvent.of("GET", "/users/me"));
  }

  /** One row by its key, as it is now. */
  Map<String, AttributeValue> row(Variable table, String keyName, String key) {
    return world
        .dynamoDb
        .getItem(
            get ->
                get.tableName(world.table(table))
                    .key(Map.of(keyName, AttributeValue.fromS(key)))
                    .consistentRead(true))
        .item();
  }

  /** The row of the session that a refresh token is of; empty where there is none. */
  Map<String, AttributeValue> sessionRow(String refreshToken) {
    RefreshToken token = RefreshToken.parse(refreshToken).orElseThrow();
    return world
        .dynamoDb
        .getItem(
            get ->
                get.tableName(world.table(Variable.ACCOUNT_SESSIONS_TABLE))
                    .key(
                        Map.of(
                            "user_id", AttributeValue.fromS(token.userId()),
                            "session_key", AttributeValue.fromS(token.sessionKey())))
                    .consistentRead(true))
        .item();
  }

  /** The session that an access token names. */
  static String sessionIdIn(Answer tokens) {
    return JWT.decode(tokens.text("access_token"))
        .getClaim(AccessTokenVerifier.SESSION_CLAIM)
        .asString();
  }

  static ObjectNode credentials(String email, String password) {
    return Json.object().put("email", email).put("password", password);
  }
}
