package io.quantchat.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.Presence;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody registers, logs in, reads and changes the profile, refreshes, looks at the sessions,
 * ends some, and logs out; somebody comes back with a password that was hashed otherwise, and with
 * a token of an earlier session; an operator rolls the signing key.
 */
final class AuthRehearsal {

  private static final String NO_TOKEN = "";

  /** Weaker than what a password is hashed at, and quick. */
  private static final Argon2.Cost WEAKEST = new Argon2.Cost(8, 1, 1);

  private AuthRehearsal() {}

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    ObjectNode credentials =
        Json.object()
            .put("email", stage.newId() + "@example.com")
            .put("password", stage.newId())
            .put("public_key", "key");
    credentials
        .putArray("public_keys")
        .addObject()
        .put("key_id", "key")
        .put("algorithm", "algorithm")
        .put("key_data", "key");
    stage.play(stage.request("POST /auth/register", NO_TOKEN, credentials));
    JsonNode tokens = stage.play(stage.request("POST /auth/login", NO_TOKEN, credentials));
    String accessToken = tokens.path("access_token").textValue();
    stage.play(stage.request("GET /users/me", accessToken));
    stage.play(
        stage.request("PATCH /users/me", accessToken, Json.object().put("full_name", "Name")));
    stage.play(stage.request("POST /auth/socket-ticket", accessToken, Json.object()));
    ChangesRehearsal.play(stage, accessToken, credentials);
    stage.play(stage.request("GET /users/me/export", accessToken));
    ObjectNode refresh =
        Json.object().put("refresh_token", tokens.path("refresh_token").textValue());
    stage.play(stage.request("POST /auth/refresh", NO_TOKEN, refresh));
    stage.play(stage.request("GET /auth/sessions", accessToken));
    stage.play(
        stage.request(
            "DELETE /auth/sessions/{session_id}", accessToken, "session_id", stage.newId()));
    stage.openSocket(tokens.path("user_id").textValue());
    stage.play(stage.request("DELETE /auth/sessions", accessToken));
    stage.play(stage.request("POST /auth/logout", NO_TOKEN, refresh));
    comeBack(stage);
    stage.play(stage.request("DELETE /users/me", accessToken, credentials));
    stage.play(Json.object().put("roll_signing_key", true));
  }

  private static void comeBack(RehearsalStage stage) throws IOException {
    String userId = stage.newAccount();
    String password = stage.newId();
    var passwords = new Passwords(BoundedArgon2.ofProcess(), WEAKEST, stage.random());
    CredentialStore.of(stage.props()).set(userId, passwords.hash(password));
    logIn(stage, userId, password);
    logIn(stage, newAccountAsBefore(stage, passwords.hash(password)), password);
    String token = RehearsedSessions.earlierToken(stage, userId).text();
    stage.play(
        stage.request("POST /auth/refresh", NO_TOKEN, Json.object().put("refresh_token", token)));
  }

  private static String newAccountAsBefore(RehearsalStage stage, String passwordHash) {
    String userId = stage.newId();
    var account =
        new Account(
            userId,
            stage.emailOf(userId),
            "rehearsal",
            "Rehearsal",
            Optional.empty(),
            List.of(),
            Set.of(),
            Presence.NEVER_SEEN,
            stage.now());
    AccountStore.of(stage.props())
        .createAsBefore(account, EmailStore.of(stage.props()).claiming(account), passwordHash);
    return userId;
  }

  private static void logIn(RehearsalStage stage, String userId, String password)
      throws IOException {
    ObjectNode credentials =
        Json.object().put("email", stage.emailOf(userId)).put("password", password);
    stage.play(stage.request("POST /auth/login", NO_TOKEN, credentials));
  }
}
