package io.quantchat.infra.local.journey;

import static io.quantchat.infra.local.journey.Accounts.PASSWORD;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What the routes of accounts and their sessions answer. */
final class AccountAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AnswerCases cases;
  private final boolean sendsMail;

  AccountAnswers(AnswerCases cases, boolean sendsMail) {
    this.cases = cases;
    this.sendsMail = sendsMail;
  }

  void sessions(Accounts.User ada) {
    ObjectNode credentials =
        JSON.createObjectNode().put("email", ada.email()).put("password", PASSWORD);
    ObjectNode refresh = JSON.createObjectNode().put("refresh_token", ada.refreshToken());

    cases.bodies("POST", "/auth/register", Optional.empty());
    cases.open("a new address", "/auth/register", newCredentials(), 201);
    cases.open("all fields", "/auth/register", newCredentialsWithEverything(), 201);
    cases.open("an address that is taken", "/auth/register", credentials, 409);
    cases.open(
        "a short password", "/auth/register", newCredentials().put("password", "seven77"), 422);
    cases.open("a number as username", "/auth/register", newCredentials().put("username", 7), 422);
    cases.open(
        "no address", "/auth/register", JSON.createObjectNode().put("password", PASSWORD), 422);

    cases.bodies("POST", "/auth/login", Optional.empty());
    cases.open("the right password", "/auth/login", credentials, 200);
    cases.open("another spelling", "/auth/login", shouting(credentials), 200);
    cases.open(
        "a wrong password",
        "/auth/login",
        credentials.deepCopy().put("password", "wrong one"),
        401);
    cases.open("an unknown address", "/auth/login", newCredentials(), 401);
    cases.open(
        "no password", "/auth/login", JSON.createObjectNode().put("email", ada.email()), 422);

    cases.bodies("POST", "/auth/refresh", Optional.empty());
    cases.open("a fresh token", "/auth/refresh", refresh, 200);
    cases.open("the same token at once", "/auth/refresh", refresh, 200);
    cases.open(
        "no session's token",
        "/auth/refresh",
        refresh.deepCopy().put("refresh_token", "A".repeat(86)),
        401);
    cases.open("no token", "/auth/refresh", JSON.createObjectNode(), 422);

    cases.bodies("POST", "/auth/logout", Optional.empty());
    cases.open(
        "no session's token",
        "/auth/logout",
        refresh.deepCopy().put("refresh_token", "A".repeat(86)),
        204);
    cases.open("no token", "/auth/logout", JSON.createObjectNode(), 422);

    cases.add("one's own", "GET", "/auth/sessions", ada, Optional.empty(), 200);
    cases.add("the others", "DELETE", "/auth/sessions", ada, Optional.empty(), 204);
    String one = "/auth/sessions/{session_id}";
    cases.path("nobody's", "DELETE", one, "/auth/sessions/" + UUID.randomUUID(), ada, 204);
    cases.path("no id", "DELETE", one, "/auth/sessions/this", ada, 422);

    cases.add("a session", "POST", "/auth/socket-ticket", ada, Optional.empty(), 201);
  }

  void profile(Accounts.User ada) {
    cases.add("one's own", "GET", "/users/me", ada, Optional.empty(), 200);
    cases.bodies("PATCH", "/users/me", ada.token());
    ObjectNode change = JSON.createObjectNode().put("username", "a").put("full_name", "Ada King");
    cases.add("names", "PATCH", "/users/me", ada, Optional.of(change), 200);
    change = JSON.createObjectNode().put("public_key", "BPrvJbYk5kYv1t0mR9yA2xQ7");
    cases.add("a key", "PATCH", "/users/me", ada, Optional.of(change), 200);
    change = JSON.createObjectNode().putNull("public_key");
    cases.add("no key", "PATCH", "/users/me", ada, Optional.of(change), 200);
    cases.add("nothing", "PATCH", "/users/me", ada, Optional.of(JSON.createObjectNode()), 200);
    change = JSON.createObjectNode().put("username", "");
    cases.add("an empty name", "PATCH", "/users/me", ada, Optional.of(change), 422);
  }

  void passwordAndAddress(Accounts.User eve) {
    ObjectNode known = JSON.createObjectNode().put("password", PASSWORD);
    ObjectNode wrong = JSON.createObjectNode().put("password", "wrong one");

    cases.bodies("POST", "/auth/email", eve.token());
    String email = "/auth/email";
    cases.add("another", "POST", email, eve, Optional.of(newCredentials()), byMail(202, 200));
    ObjectNode guessed = newCredentials().setAll(wrong);
    cases.add("a wrong password", "POST", email, eve, Optional.of(guessed), 403);
    ObjectNode broken = known.deepCopy().put("email", "eve");
    cases.add("no address", "POST", email, eve, Optional.of(broken), 422);
    String again = "/auth/email/verification";
    cases.add("the same mail", "POST", again, eve, Optional.empty(), byMail(202, 409));

    cases.bodies("POST", "/auth/email/verify", Optional.empty());
    ObjectNode guess = JSON.createObjectNode().put("token", "guessed");
    cases.page("/auth/email/verify");
    cases.open("a guess", "/auth/email/verify", guess, byMail(422, 409));

    cases.bodies("POST", "/auth/password/forgot", Optional.empty());
    ObjectNode forgetful = JSON.createObjectNode().put("email", eve.email());
    cases.open("somebody", "/auth/password/forgot", forgetful, byMail(202, 409));
    forgetful = JSON.createObjectNode().put("email", UUID.randomUUID() + "@example.com");
    cases.open("nobody", "/auth/password/forgot", forgetful, byMail(202, 409));
    cases.open("no address", "/auth/password/forgot", JSON.createObjectNode(), 422);

    cases.bodies("POST", "/auth/password/reset", Optional.empty());
    ObjectNode proof = JSON.createObjectNode().put("new_password", PASSWORD).put("token", "guess");
    cases.page("/auth/password/reset");
    cases.open("a guess", "/auth/password/reset", proof, byMail(422, 409));

    cases.bodies("POST", "/auth/password", eve.token());
    String password = "/auth/password";
    ObjectNode next = wrong.deepCopy().put("new_password", PASSWORD);
    cases.add("a wrong one", "POST", password, eve, Optional.of(next), 403);
    next = known.deepCopy().put("new_password", "short");
    cases.add("a short one", "POST", password, eve, Optional.of(next), 422);
    next = known.deepCopy().put("new_password", PASSWORD);
    cases.add("the right one", "POST", password, eve, Optional.of(next), 204);
  }

  void leaving(Accounts.User ada, Accounts.User cleo) {
    String export = "/users/me/export";
    cases.path("all that is held", "GET", export, export, ada, 200);
    cases.path("what waits", "GET", export, export + "?cursor=i", ada, 200);
    cases.path("what is withheld", "GET", export, export + "?cursor=w", ada, 200);
    cases.path("a bad cursor", "GET", export, export + "?cursor=elsewhere", ada, 422);

    String me = "/users/me";
    ObjectNode password = JSON.createObjectNode().put("password", PASSWORD);
    ObjectNode wrong = JSON.createObjectNode().put("password", "another one");
    cases.bodies("DELETE", me, cleo.token());
    cases.add(
        "a password that is a number",
        "DELETE",
        me,
        cleo,
        Optional.of(wrong.deepCopy().put("password", 7)),
        422);
    cases.add("a wrong password", "DELETE", me, cleo, Optional.of(wrong), 403);
    cases.add("the right password", "DELETE", me, cleo, Optional.of(password), 202);
    cases.add("the same again", "DELETE", me, cleo, Optional.of(password), 202);
    cases.add("an account that has left", "GET", me, cleo, Optional.empty(), 401);
    cases.path("an account that has left", "GET", export, export, cleo, 401);
  }

  private int byMail(int where, int whereNot) {
    return sendsMail ? where : whereNot;
  }

  private static ObjectNode newCredentials() {
    return JSON.createObjectNode()
        .put("email", UUID.randomUUID() + "@example.com")
        .put("password", PASSWORD);
  }

  private static ObjectNode newCredentialsWithEverything() {
    ObjectNode account =
        newCredentials()
            .put("username", "grace")
            .put("full_name", "Grace Hopper")
            .put("public_key", "BPrvJbYk5kYv1t0mR9yA2xQ7")
            .put("favourite_colour", "ignored");
    account
        .putArray("public_keys")
        .addObject()
        .put("key_id", "mlkem-001")
        .put("algorithm", "ML-KEM-768")
        .put("key_data", "bWxrZW0=")
        .put("created_at", "2026-02-02T09:58:00.000Z")
        .put("status", "active");
    return account;
  }

  private static ObjectNode shouting(ObjectNode credentials) {
    String email = credentials.get("email").textValue();
    return credentials.deepCopy().put("email", "  " + email.toUpperCase(Locale.ROOT) + " ");
  }
}
