package io.quantchat.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;

/**
 * Somebody registers, logs in, reads and changes the profile, refreshes, and logs out; an operator
 * rolls the signing key.
 */
final class AuthRehearsal {

  private static final String NO_TOKEN = "";

  private AuthRehearsal() {}

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    ObjectNode credentials =
        Json.object()
            .put("email", stage.newId() + "@example.com")
            .put("password", stage.newId())
            .put("public_key", "key");
    stage.play(stage.request("POST /auth/register", NO_TOKEN, credentials));
    JsonNode tokens = stage.play(stage.request("POST /auth/login", NO_TOKEN, credentials));
    String accessToken = tokens.path("access_token").textValue();
    stage.play(stage.request("GET /users/me", accessToken));
    stage.play(
        stage.request("PATCH /users/me", accessToken, Json.object().put("full_name", "Name")));
    stage.play(stage.request("POST /auth/socket-ticket", accessToken, Json.object()));
    ObjectNode refresh =
        Json.object().put("refresh_token", tokens.path("refresh_token").textValue());
    stage.play(stage.request("POST /auth/refresh", NO_TOKEN, refresh));
    stage.play(stage.request("POST /auth/logout", NO_TOKEN, refresh));
    stage.play(Json.object().put("roll_signing_key", true));
  }
}
