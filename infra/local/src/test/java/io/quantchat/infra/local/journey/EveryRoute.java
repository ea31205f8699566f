package io.quantchat.infra.local.journey;

import static io.quantchat.infra.local.journey.Accounts.PASSWORD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A call of each route, by one person and about another, that is answered well: what is needed
 * before it is done when it is asked for.
 */
final class EveryRoute {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WatchedBackend backend;
  private final Api api;
  private final Accounts.User caller;
  private final Accounts.User other;
  private final Accounts.User friend;
  private final Accounts.User forgetful;
  private final OwnKeys keys;
  private final ObjectNode bundle;

  /** A session of the caller's that is good for one call. */
  private Optional<JsonNode> spare = Optional.empty();

  /**
   * Calls of this caller, with the token of another session than those that are played with.
   *
   * @param other who has {@linkplain #publish published} keys
   * @param friend writes to both
   * @param forgetful who reads mail, and whose sessions nobody needs
   */
  EveryRoute(
      WatchedBackend backend,
      Accounts.User caller,
      Accounts.User other,
      Accounts.User friend,
      Accounts.User forgetful)
      throws IOException, InterruptedException {
    this.backend = backend;
    this.api = backend.api();
    this.caller = caller;
    this.other = other;
    this.friend = friend;
    this.forgetful = forgetful;
    this.keys = new OwnKeys(caller);
    this.bundle = keys.bundle(1);
    call(caller, "PUT", "/keys/bundle", Optional.of(bundle));
  }

  /** Has the caller publish prekeys for others to take. */
  void publish() throws IOException, InterruptedException {
    call(caller, "POST", "/keys/prekeys", Optional.of(keys.batch(30)));
  }

  /**
   * One call.
   *
   * @param resource the route as the template has it
   * @param path the same with its variables and its query filled in
   * @param by whose token it takes, where it takes one
   */
  record Call(
      String method, String resource, String path, Optional<ObjectNode> body, Accounts.User by) {

    String route() {
      return method + " " + resource;
    }

    /** The same with another's id in every place where somebody's could be looked for. */
    Call about(String id) {
      String ids =
          "user_id=%1$s&current_user_id=%1$s&sender_id=%1$s&owner_id=%1$s&account_id=%1$s"
              .formatted(id);
      ObjectNode changed = body.map(ObjectNode::deepCopy).orElseGet(JSON::createObjectNode);
      for (String name : new String[] {"user_id", "sender_id", "owner_id", "account_id", "id"}) {
        if (!changed.has(name)) {
          changed.put(name, id);
        }
      }
      String query = path.contains("?") ? "&" : "?";
      return new Call(
          method, resource, path + query + ids, body.isEmpty() ? body : Optional.of(changed), by);
    }
  }

  /**
   * The call of a route.
   *
   * @param route such as {@code GET /contacts}
   */
  Call of(String route) throws Exception {
    String method = route.substring(0, route.indexOf(' '));
    String resource = route.substring(route.indexOf(' ') + 1);
    haveEachOther();
    return switch (route) {
      case "POST /auth/register" -> plain(method, resource, newCredentials());
      case "POST /auth/login" -> plain(method, resource, credentials());
      case "POST /auth/refresh", "POST /auth/logout" -> plain(method, resource, tokenOfSession());
      case "POST /auth/password" ->
          plain(method, resource, password().put("new_password", PASSWORD));
      case "POST /auth/password/forgot" ->
          plain(method, resource, JSON.createObjectNode().put("email", caller.email()));
      case "POST /auth/password/reset" ->
          plain(method, resource, newPassword().put("token", mailed(Mails.Kind.RESET).token()));
      case "POST /auth/email" ->
          plain(method, resource, password().put("email", WatchedBackend.newAddress()));
      case "POST /auth/email/verify" ->
          plain(
              method,
              resource,
              JSON.createObjectNode().put("token", mailed(Mails.Kind.VERIFY).token()));
      case "PATCH /users/me" ->
          plain(method, resource, JSON.createObjectNode().put("full_name", "Ada King"));
      case "POST /contacts" -> {
        call(caller, "DELETE", "/contacts/" + other.id(), Optional.empty());
        yield plain(method, resource, JSON.createObjectNode().put("contact_id", other.id()));
      }
      case "POST /relay/send" -> plain(method, resource, message(other));
      case "POST /relay/acknowledge" -> plain(method, resource, messageFor(caller));
      case "PUT /keys/bundle" -> plain(method, resource, bundle);
      case "POST /keys/prekeys" -> plain(method, resource, keys.batch(1));
      case "GET /keys/{user_id}" -> about(method, resource, "?take=1");
      case "POST /media" -> plain(method, resource, MediaAnswers.small());
      case "GET /media/{media_id}",
          "POST /media/{media_id}/parts",
          "POST /media/{media_id}/complete" ->
          media(method, resource, Optional.empty());
      case "DELETE /media/{media_id}" ->
          media(method, resource, Optional.of(MediaAnswers.secret("A")));
      case "DELETE /contacts/{contact_id}",
          "PUT /contacts/{contact_id}/block",
          "DELETE /contacts/{contact_id}/block",
          "GET /messages/conversation/{contact_id}",
          "GET /keys/{user_id}/bundle" ->
          about(method, resource, "");
      case "DELETE /auth/sessions/{session_id}" ->
          session(sessionOf(session().get("access_token").textValue()));
      case "DELETE /users/me" -> departure(backend.register());
      case "GET /auth/password/reset",
          "GET /auth/email/verify",
          "GET /auth/sessions",
          "DELETE /auth/sessions",
          "POST /auth/socket-ticket",
          "POST /auth/email/verification",
          "GET /users/me",
          "GET /users/me/export",
          "GET /contacts",
          "GET /relay/pending",
          "DELETE /keys/prekeys",
          "GET /keys/prekeys/count" ->
          new Call(method, resource, resource, Optional.empty(), caller);
      default -> throw new AssertionError("No call is known of " + route);
    };
  }

  /** The same where it must be refused, so that nothing comes of it: it is the caller's own. */
  Call refused(String route) throws Exception {
    return switch (route) {
      case "DELETE /auth/sessions/{session_id}" -> session(sessionOf(caller.accessToken()));
      case "DELETE /users/me" -> departure(caller);
      default -> of(route);
    };
  }

  /** The call of somebody who has left, as it was prepared before. */
  Call ofDeparted(String route) throws Exception {
    return switch (route) {
      case "DELETE /users/me" -> departure(caller);
      default -> of(route);
    };
  }

  /** Of somebody who has just logged in, which proves as much as the password does. */
  private static Call departure(Accounts.User who) {
    return new Call("DELETE", "/users/me", "/users/me", Optional.of(JSON.createObjectNode()), who);
  }

  /**
   * Takes note of an answer: waits for what the server does behind it, and keeps the session that
   * it may have begun.
   */
  void answered(Call call, JsonNode body) throws InterruptedException {
    switch (call.route()) {
      case "POST /auth/register" ->
          backend.mails().next(body.get("email").textValue(), Mails.Kind.VERIFY);
      case "POST /auth/password/forgot" -> backend.mails().next(caller.email(), Mails.Kind.RESET);
      case "POST /auth/login", "POST /auth/refresh" -> spare = Optional.of(body);
      case "DELETE /auth/sessions", "POST /auth/password" -> spare = Optional.empty();
      default -> {}
    }
  }

  /** The same call, but it says that it is the other's, or is about what is the other's. */
  Call ofAnother(String route) throws Exception {
    Call call = of(route);
    return switch (route) {
      case "POST /auth/password/reset" ->
          plain(
              call.method(),
              call.resource(),
              newPassword()
                  .put("email", other.email())
                  .put("code", mailed(Mails.Kind.RESET).code()));
      case "POST /auth/email/verify" ->
          plain(
              call.method(),
              call.resource(),
              JSON.createObjectNode()
                  .put("user_id", other.id())
                  .put("code", mailed(Mails.Kind.VERIFY).code()));
      case "POST /relay/acknowledge" -> plain(call.method(), call.resource(), messageFor(other));
      case "PUT /keys/bundle" -> plain(call.method(), call.resource(), bundleAs(other));
      case "POST /keys/prekeys" ->
          plain(call.method(), call.resource(), new OwnKeys(other).batch(1));
      case "DELETE /auth/sessions/{session_id}" -> session(sessionOf(other.accessToken()));
      default -> call.about(other.id());
    };
  }

  private static ObjectNode bundleAs(Accounts.User other) {
    return new OwnKeys(other).bundle(2);
  }

  private Call about(String method, String resource, String query) {
    String path = resource.replaceFirst("\\{[a-z_]+}", other.id());
    return new Call(method, resource, path + query, Optional.empty(), caller);
  }

  /** About what the caller has begun to upload, and put at once. */
  private Call media(String method, String resource, Optional<ObjectNode> body)
      throws IOException, InterruptedException {
    String path = resource.replace("{media_id}", MediaAnswers.begun(api, caller));
    return new Call(method, resource, path, body, caller);
  }

  private Call plain(String method, String resource, ObjectNode body) {
    return new Call(method, resource, resource, Optional.of(body), caller);
  }

  /** Whatever was blocked or removed by a call before. */
  private void haveEachOther() throws IOException, InterruptedException {
    ObjectNode theOther = JSON.createObjectNode().put("contact_id", other.id());
    call(caller, "DELETE", "/contacts/" + other.id() + "/block", Optional.empty());
    call(caller, "POST", "/contacts", Optional.of(theOther));
  }

  private ObjectNode credentials() {
    return password().put("email", caller.email());
  }

  private static ObjectNode password() {
    return JSON.createObjectNode().put("password", PASSWORD);
  }

  private static ObjectNode newPassword() {
    return JSON.createObjectNode().put("new_password", PASSWORD);
  }

  static ObjectNode newCredentials() {
    return JSON.createObjectNode()
        .put("email", WatchedBackend.newAddress())
        .put("password", PASSWORD);
  }

  /** What the forgetful one is mailed just now. */
  private Mails.Mail mailed(Mails.Kind kind) throws IOException, InterruptedException {
    switch (kind) {
      case VERIFY -> call(forgetful, "POST", "/auth/email/verification", Optional.empty());
      case RESET -> {
        ObjectNode address = JSON.createObjectNode().put("email", forgetful.email());
        call(forgetful, "POST", "/auth/password/forgot", Optional.of(address));
      }
    }
    return backend.mails().next(forgetful.email(), kind);
  }

  /** One that is there already costs no hash of a password. */
  private JsonNode session() throws IOException, InterruptedException {
    JsonNode session =
        spare.isPresent()
            ? spare.get()
            : call(caller, "POST", "/auth/login", Optional.of(credentials()));
    spare = Optional.empty();
    return session;
  }

  private ObjectNode tokenOfSession() throws IOException, InterruptedException {
    return JSON.createObjectNode().set("refresh_token", session().get("refresh_token"));
  }

  private Call session(String id) {
    String resource = "/auth/sessions/{session_id}";
    return new Call("DELETE", resource, "/auth/sessions/" + id, Optional.empty(), caller);
  }

  /** The session that an access token was issued in, as it says itself. */
  private static String sessionOf(String accessToken) throws IOException {
    byte[] claims = Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]);
    return JSON.readTree(claims).get("sid").textValue();
  }

  /** A message that only its recipient may read. */
  static ObjectNode message(Accounts.User recipient) {
    return JSON.createObjectNode()
        .put("recipient_id", recipient.id())
        .put("encrypted_content", "for " + recipient.id() + " alone")
        .put("encrypted_session_key", "session-key-placeholder")
        .put("created_at", Instant.now().toString());
  }

  private ObjectNode messageFor(Accounts.User recipient) throws IOException, InterruptedException {
    JsonNode sent = call(friend, "POST", "/relay/send", Optional.of(message(recipient)));
    return JSON.createObjectNode().set("message_id", sent.get("message_id"));
  }

  private JsonNode call(
      Accounts.User who, String method, String path, Optional<? extends JsonNode> body)
      throws IOException, InterruptedException {
    var answer = api.exchange(method, path, who.token(), body.map(JsonNode::toString));
    if (answer.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + " was answered " + answer.body());
    }
    return Api.parse(answer.body());
  }
}
