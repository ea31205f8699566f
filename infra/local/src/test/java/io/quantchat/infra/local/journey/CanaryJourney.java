package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/**
 * What two people do in a day, well and badly, with a secret in every place that takes one. It
 * doesn't look at how it is answered, but keeps what a refusal said.
 */
final class CanaryJourney {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api api;
  private final SecretSearch secrets;
  private final SplittableRandom random;
  private final Runnable beforeEach;
  private final List<String> refusals = new ArrayList<>();
  private final List<Frames> frames = new ArrayList<>();

  /**
   * @param secrets gets each that is used
   * @param beforeEach runs before each call
   */
  CanaryJourney(Api api, SecretSearch secrets, long seed, Runnable beforeEach) {
    this.api = api;
    this.secrets = secrets;
    this.random = new SplittableRandom(seed);
    this.beforeEach = beforeEach;
  }

  /** Whoever is part of it. */
  record Person(String id, String email, String password, String access, String refresh) {

    Optional<String> token() {
      return Optional.of(access);
    }
  }

  /** What the refusals said: heads and bodies, and frames. */
  List<String> refusals() {
    frames.forEach(socket -> socket.rest().forEach(frame -> refused(frame.path("payload"))));
    return refusals;
  }

  /** Waits for frames that say what was wrong with others. */
  void awaitErrors(Frames heard, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      refused(heard.next("error"));
    }
  }

  /** The type of a frame is said again to whoever sent it. */
  private void refused(JsonNode payload) {
    ObjectNode refusal = payload.deepCopy();
    refusal.remove("type");
    refusals.add(refusal.toString());
  }

  /** Somebody new with a secret address and password. */
  Person register() throws IOException, InterruptedException {
    String email = "canary.address." + fresh() + "@example.com";
    String password = "pässwörd \"" + fresh() + "\" of\\the/canary+bird";
    secrets.add("address", email).add("password", password);
    ObjectNode body = JSON.createObjectNode().put("email", email).put("password", password);
    body.put("public_key", secret("public key"));
    body.putArray("public_keys")
        .addObject()
        .put("key_id", "canary-001")
        .put("algorithm", "ML-KEM-768")
        .put("key_data", secret("listed key"))
        .put("created_at", "2026-02-02T09:58:00.000Z")
        .put("status", "active");
    return session(call("POST", "/auth/register", Optional.empty(), body), email, password);
  }

  private Person session(Optional<JsonNode> answer, String email, String password) {
    JsonNode session = answer.orElse(JSON.createObjectNode());
    String access = session.path("access_token").asText();
    String refresh = session.path("refresh_token").asText();
    if (!access.isEmpty()) {
      // Its head is the same in all, and no secret.
      secrets.add("access token", access.substring(access.indexOf('.') + 1));
      secrets.addToken("refresh token", refresh);
    }
    return new Person(session.path("user_id").asText(), email, password, access, refresh);
  }

  /** Logs in and out, rightly and wrongly. */
  void sessions(Person who) throws IOException, InterruptedException {
    ObjectNode credentials = JSON.createObjectNode().put("email", who.email());
    credentials.put("password", "wröng \"" + secret("wrong password"));
    call("POST", "/auth/login", Optional.empty(), credentials);
    credentials.put("password", who.password());
    Person again =
        session(
            call("POST", "/auth/login", Optional.empty(), credentials),
            who.email(),
            who.password());
    ObjectNode refresh = JSON.createObjectNode().put("refresh_token", again.refresh());
    session(call("POST", "/auth/refresh", Optional.empty(), refresh), who.email(), who.password());
    call("POST", "/auth/refresh", Optional.empty(), refresh);
    call("POST", "/auth/logout", Optional.empty(), refresh);
    refresh.put("refresh_token", secret("forged refresh token"));
    call("POST", "/auth/refresh", Optional.empty(), refresh);
    call("POST", "/auth/logout", Optional.empty(), refresh);
    call("GET", "/users/me", Optional.of(secret("forged access token")), null);
    call("GET", "/auth/sessions", who.token(), null);
    call("GET", "/users/me?access_token=" + who.access(), Optional.empty(), null);
    ObjectNode taken = credentials.deepCopy().put("username", "a");
    call("POST", "/auth/register", Optional.empty(), taken);
  }

  /** Has mails sent to somebody, one of each kind. */
  void askForMails(Person who) throws IOException, InterruptedException {
    ObjectNode address = JSON.createObjectNode().put("email", who.email());
    call("POST", "/auth/password/forgot", Optional.empty(), address);
    call("POST", "/auth/email/verification", who.token(), null);
  }

  /** Shows what was mailed, and what was not. */
  void proofs(Person who, Mails.Mail verification, Mails.Mail reset)
      throws IOException, InterruptedException {
    ObjectNode proof = JSON.createObjectNode().put("user_id", who.id());
    call("POST", "/auth/email/verify", Optional.empty(), code(proof, reset.code()));
    call("POST", "/auth/email/verify", Optional.empty(), token(proof, reset.token()));
    call("POST", "/auth/email/verify", Optional.empty(), token(proof, secret("forged token")));
    call("GET", "/auth/email/verify?token=" + verification.token(), Optional.empty(), null);
    call("POST", "/auth/email/verify", Optional.empty(), code(proof, verification.code()));
    call("POST", "/auth/email/verify", Optional.empty(), token(proof, verification.token()));
    ObjectNode password = JSON.createObjectNode().put("email", who.email());
    password.put("new_password", "néw \"" + secret("new password"));
    call("POST", "/auth/password/reset", Optional.empty(), code(password, verification.code()));
    call("POST", "/auth/password/reset", Optional.empty(), token(password, reset.token() + "x"));
    call("POST", "/auth/password/reset", Optional.empty(), token(password, secret("forged token")));
    call("POST", "/auth/password/reset", Optional.empty(), code(password, reset.code()));
    call("POST", "/auth/password/reset", Optional.empty(), token(password, reset.token()));
    password.put("password", secret("wrong password"));
    call("POST", "/auth/password", who.token(), password);
    password.put("email", secret("other address") + "@example.com");
    call("POST", "/auth/email", who.token(), password);
    call("DELETE", "/users/me", who.token(), password);
  }

  private static ObjectNode code(ObjectNode proof, String code) {
    return proof.deepCopy().put("code", code);
  }

  private static ObjectNode token(ObjectNode proof, String token) {
    return proof.deepCopy().put("token", token);
  }

  /** Keys, contacts and messages. */
  void messages(Person from, Person to, OwnKeys keys) throws IOException, InterruptedException {
    ObjectNode bundle = keys.bundle(1);
    ObjectNode batch = keys.batch(1);
    bundle.findValuesAsText("key_data").forEach(key -> secrets.add("published key", key));
    batch.findValuesAsText("ecdh").forEach(key -> secrets.add("prekey", key));
    call("PUT", "/keys/bundle", from.token(), bundle);
    call("POST", "/keys/prekeys", from.token(), batch);
    call("PUT", "/keys/bundle", to.token(), bundle);
    call("GET", "/keys/" + from.id() + "?take=1", to.token(), null);
    ObjectNode byAddress = JSON.createObjectNode().put("contact_email", to.email());
    call("POST", "/contacts", from.token(), byAddress);
    byAddress.put("contact_email", "nobody." + secret("nobody's address") + "@example.com");
    call("POST", "/contacts", from.token(), byAddress);
    call("GET", "/contacts", from.token(), null);
    ObjectNode change = JSON.createObjectNode().put("public_key", secret("changed key"));
    call("PATCH", "/users/me", from.token(), change);
    ObjectNode message = message(to);
    Optional<JsonNode> sent = call("POST", "/relay/send", from.token(), message);
    sent.ifPresent(answer -> message.set("message_id", answer.get("message_id")));
    call("POST", "/relay/send", from.token(), message);
    message.put("encrypted_content", secret("other ciphertext"));
    call("POST", "/relay/send", from.token(), message);
    call("GET", "/relay/pending", to.token(), null);
    call("GET", "/relay/pending?cursor=" + secret("cursor"), to.token(), null);
    call("GET", "/messages/conversation/" + from.id(), to.token(), null);
    ObjectNode acknowledged = JSON.createObjectNode();
    acknowledged.putArray("message_ids").add(message.path("message_id").asText(uuid()));
    call("POST", "/relay/acknowledge", to.token(), acknowledged);
  }

  private ObjectNode message(Person to) {
    ObjectNode message =
        JSON.createObjectNode()
            .put("recipient_id", to.id())
            .put("encrypted_content", secret("ciphertext"))
            .put("created_at", Instant.now().toString());
    message.putObject("encrypted_session_key").put("ecdh", secret("session key"));
    return message;
  }

  /**
   * Tickets, and the same over a socket.
   *
   * @return the frames that come back, where it opened
   */
  Optional<Frames> socket(Person from, Person to) throws IOException, InterruptedException {
    Optional<JsonNode> answer =
        call("POST", "/auth/socket-ticket", from.token(), JSON.createObjectNode());
    String ticket = answer.map(body -> body.path("ticket").asText()).orElse("");
    if (!ticket.isEmpty()) {
      secrets.add("ticket", ticket);
    }
    open("token=" + from.access() + "x");
    open("ticket=" + secret("forged ticket"));
    Optional<WebSocket> socket = open("ticket=" + ticket);
    Optional<Frames> heard = socket.map(_ -> frames.getLast());
    open("ticket=" + ticket);
    if (socket.isPresent()) {
      ObjectNode message = message(to).put("message_id", timeOrderedId());
      say(socket.get(), frame("send", message));
      say(socket.get(), frame("send", message.put("recipient_id", uuid())));
      ObjectNode receipt =
          JSON.createObjectNode().put("message_id", timeOrderedId()).put("sender_id", to.id());
      say(socket.get(), frame("read_confirmation", receipt.put("proof", secret("proof"))));
      say(socket.get(), frame("send", JSON.createObjectNode().put("a", secret("frame's field"))));
      say(socket.get(), "{\"type\": \"ping\", \"payload\": " + secret("frame that is no JSON"));
      say(socket.get(), frame(secret("type of a frame"), JSON.createObjectNode()));
    }
    return heard;
  }

  /** Bodies that no route takes, with a secret where JSON ends, in a name, and in odd places. */
  void malformed(String method, String path, Optional<String> token)
      throws IOException, InterruptedException {
    String secret = secret("malformed body");
    for (String body :
        List.of(
            "{\"password\": \"" + secret,
            "{\"password\": " + secret + "}",
            secret,
            "{\"" + secret + "\": 1, \"" + secret + "\": 2}",
            "{\"password\": {\"is\": \"" + secret + "\"}, \"email\": [\"" + secret + "\"]}",
            "{\"encrypted_content\": [\""
                + secret
                + "\"], \"message_id\": \""
                + secret
                + "\","
                + " \"recipient_id\": \""
                + secret
                + "\", \"batch_id\": \""
                + secret
                + "\","
                + " \"refresh_token\": {\"a\": \""
                + secret
                + "\"}, \"signatures\": \""
                + secret
                + "\", \"bundle\": \""
                + secret
                + "\", \"contact_id\": \""
                + secret
                + "\", \"public_keys\": \""
                + secret
                + "\"}")) {
      exchange(method, path, token, Optional.of(body));
    }
  }

  private Optional<JsonNode> call(
      String method, String path, Optional<String> token, ObjectNode body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        exchange(method, path, token, Optional.ofNullable(body).map(ObjectNode::toString));
    return answer.statusCode() < 300 && !answer.body().isEmpty()
        ? Optional.of(Api.parse(answer.body()))
        : Optional.empty();
  }

  private HttpResponse<String> exchange(
      String method, String path, Optional<String> token, Optional<String> body)
      throws IOException, InterruptedException {
    beforeEach.run();
    HttpResponse<String> answer = api.exchange(method, path, token, body);
    if (answer.statusCode() >= 400) {
      refusals.add(answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
    }
    return answer;
  }

  private Optional<WebSocket> open(String query) {
    beforeEach.run();
    try {
      Frames heard = new Frames(api.contract());
      WebSocket socket = api.open(query, heard);
      frames.add(heard);
      return Optional.of(socket);
    } catch (CompletionException refused) {
      refusals.add(refused.toString());
      return Optional.empty();
    }
  }

  /** Sends a frame, and waits until it was taken: what is behind it on the wire was, too. */
  private void say(WebSocket socket, String frame) {
    beforeEach.run();
    socket.sendText(frame, true).join();
  }

  private static String frame(String type, ObjectNode payload) {
    return JSON.createObjectNode().put("type", type).set("payload", payload).toString();
  }

  /** A secret of its own. */
  private String secret(String name) {
    String secret = fresh();
    secrets.add(name, secret);
    return secret;
  }

  private String fresh() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String uuid() {
    return UUID.randomUUID().toString();
  }

  private String timeOrderedId() {
    return Ids.timeOrdered(Instant.now(), random);
  }
}
