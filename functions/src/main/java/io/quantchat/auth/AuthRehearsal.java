package io.quantchat.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Somebody registers, logs in, reads and changes the profile, refreshes, and logs out. */
final class AuthRehearsal {

  private final RehearsalStage stage;
  private final AuthHandler function;

  private AuthRehearsal(RehearsalStage stage, AuthHandler function) {
    this.stage = stage;
    this.function = function;
  }

  /** Plays it once. */
  static void play(Environment environment, DynamoDbClient dynamoDb, Argon2 argon2, Clock clock)
      throws IOException, GeneralSecurityException {
    var stage = new RehearsalStage(environment, dynamoDb, clock);
    new AuthRehearsal(
            stage,
            new AuthHandler(
                stage.environment(),
                stage.tables(),
                argon2,
                Argon2.Cost.STANDARD,
                clock,
                stage.random()))
        .play();
  }

  private void play() throws IOException {
    ObjectNode credentials =
        Json.object()
            .put("email", stage.newId() + "@example.com")
            .put("password", stage.newId())
            .put("public_key", "key");
    post("/auth/register", "", credentials);
    JsonNode tokens = post("/auth/login", "", credentials);
    String accessToken = tokens.path("access_token").textValue();
    stage.play(function, stage.request("GET", "/users/me", accessToken, null));
    stage.play(
        function,
        stage.request("PATCH", "/users/me", accessToken, Json.object().put("full_name", "Name")));
    post("/auth/socket-ticket", accessToken, Json.object());
    ObjectNode refresh =
        Json.object().put("refresh_token", tokens.path("refresh_token").textValue());
    post("/auth/refresh", "", refresh);
    post("/auth/logout", "", refresh);
  }

  private JsonNode post(String resource, String accessToken, JsonNode body) throws IOException {
    JsonNode answer = stage.play(function, stage.request("POST", resource, accessToken, body));
    return bodyOf(answer);
  }

  private static JsonNode bodyOf(JsonNode answer) throws JsonProcessingException {
    return Json.MAPPER.readTree(answer.path("body").asText("{}"));
  }
}
