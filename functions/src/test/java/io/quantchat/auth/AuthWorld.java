package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.MovableClock;
import io.quantchat.QuietContext;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.http.Json;
import io.quantchat.http.ProxyEvent;
import io.quantchat.infra.testing.StoreTables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The function that signs, on tables of its own, with a clock that stands and cheap hashes. */
final class AuthWorld {

  static final Argon2.Cost CHEAP = new Argon2.Cost(64, 1, 1);
  static final String PASSWORD = "correct horse battery staple";

  /** What a function answered. */
  record Answer(int status, JsonNode headers, JsonNode body) {

    String text(String field) {
      return body.path(field).asText();
    }

    String detail() {
      return text("detail");
    }
  }

  final SecureRandom random = new SecureRandom();
  final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.123Z"));
  final CountingArgon2 argon2 = new CountingArgon2();
  final QuietContext context = new QuietContext();
  final DynamoDbClient dynamoDb;
  final Environment environment;
  final Host host;
  final AccountStore accounts;
  final EmailStore emails;
  final AuthHandler handler;

  AuthWorld(StoreTables tables) {
    this.dynamoDb = tables.client();
    this.environment = environment(tables);
    this.host =
        new Host(
            environment,
            dynamoDb,
            () -> {
              throw new AssertionError("this function has no sockets");
            },
            clock,
            random);
    this.accounts = AccountStore.of(host);
    this.emails = EmailStore.of(host);
    this.handler = handlerOn(dynamoDb);
  }

  /** Another instance of the function, on the same tables. */
  AuthHandler handlerOn(DynamoDbClient client) {
    return new AuthHandler(host.with(client), new Passwords(argon2, CHEAP, random));
  }

  String table(Variable variable) {
    return environment.get(variable);
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
    return call(handler, ProxyEvent.of("POST", resource).put("body", body));
  }

  Answer withToken(String accessToken, ObjectNode event) {
    ((ObjectNode) event.get("headers")).put("Authorization", "Bearer " + accessToken);
    return call(handler, event);
  }

  Answer profile(String accessToken) {
    return withToken(accessToken, ProxyEvent.of("GET", "/users/me"));
  }

  Answer call(AuthHandler function, JsonNode event) {
    JsonNode answer = invoke(function, event);
    String body = answer.path("body").textValue();
    return new Answer(
        answer.path("statusCode").asInt(),
        answer.path("headers"),
        body == null ? null : json(body));
  }

  JsonNode invoke(AuthHandler function, JsonNode event) {
    var out = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
          out,
          context);
      return Json.MAPPER.readTree(out.toByteArray());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** One row by its key, as it is now. */
  Map<String, AttributeValue> row(Variable table, String keyName, String key) {
    return dynamoDb
        .getItem(
            get ->
                get.tableName(table(table))
                    .key(Map.of(keyName, AttributeValue.fromS(key)))
                    .consistentRead(true))
        .item();
  }

  static ObjectNode credentials(String email, String password) {
    return Json.object().put("email", email).put("password", password);
  }

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(text, malformed);
    }
  }

  private static Environment environment(StoreTables tables) {
    var variables = new HashMap<String, String>();
    variables.put(Variable.ACCOUNTS_TABLE.name(), tables.name("AccountsTable"));
    variables.put(Variable.ACCOUNT_EMAILS_TABLE.name(), tables.name("AccountEmailsTable"));
    variables.put(Variable.SESSIONS_TABLE.name(), tables.name("SessionsTable"));
    variables.put(Variable.SIGNING_KEYS_TABLE.name(), tables.name("SigningKeysTable"));
    variables.put(Variable.TOKEN_KEYS_TABLE.name(), tables.name("TokenKeysTable"));
    variables.put(Variable.TOKEN_ISSUER.name(), "quantchat-test");
    variables.put(Variable.TOKEN_AUDIENCE.name(), "quantchat");
    variables.put(Variable.ACCESS_TOKEN_MINUTES.name(), "15");
    variables.put(Variable.REFRESH_TOKEN_DAYS.name(), "30");
    variables.put(Variable.ALLOWED_ORIGIN.name(), "https://chat.example.org");
    variables.put(Variable.AWS_LAMBDA_FUNCTION_NAME.name(), "auth-tests");
    variables.put(Variable.AWS_LAMBDA_FUNCTION_VERSION.name(), "1");
    return new Environment(variables);
  }
}
