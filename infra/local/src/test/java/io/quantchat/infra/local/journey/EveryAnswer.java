package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A call for each answer of each route that the contract has. */
public final class EveryAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct horse battery staple";

  /** What can't be brought about from outside. */
  private static final Set<String> FAILURES = Set.of("429", "500", "503");

  /**
   * What a server says that sends no mail, and what takes a mail that was read, or an account that
   * is gone meanwhile: the functions' MailTest has them.
   */
  private static final Set<String> BY_MAIL =
      Set.of(
          "POST /auth/password/forgot 409",
          "POST /auth/password/reset 204",
          "POST /auth/password/reset 401",
          "POST /auth/password/reset 409",
          "POST /auth/email 200",
          "POST /auth/email 409",
          "POST /auth/email/verification 409",
          "POST /auth/email/verify 200",
          "POST /auth/email/verify 401",
          "POST /auth/email/verify 409");

  /** What only a server says that sends mail. */
  private static final Set<String> WITH_MAIL =
      Set.of(
          "POST /auth/password/forgot 202",
          "POST /auth/password/reset 422",
          "POST /auth/email 202",
          "POST /auth/email/verification 202",
          "POST /auth/email/verify 422");

  /** Bodies that may be larger than all others, in KiB. */
  private static final Map<String, Integer> LARGEST_BODIES =
      Map.of("/relay/send", 96, "/keys/bundle", 64, "/keys/prekeys", 256);

  private final Api api;
  private final boolean sendsMail;
  private final Accounts accounts;
  private final List<Case> cases = new ArrayList<>();

  private EveryAnswer(Api api, boolean sendsMail) {
    this.api = api;
    this.sendsMail = sendsMail;
    this.accounts = new Accounts(api);
  }

  /** One call and the status it must be answered with. */
  private record Case(
      String why,
      String method,
      String resource,
      String path,
      Optional<String> token,
      Optional<String> body,
      int status) {

    DynamicTest on(Api api) {
      String name = method + " " + resource + ", " + why + ": " + status;
      return DynamicTest.dynamicTest(
          name, () -> api.call(method, resource, path, token, body).expect(status));
    }
  }

  /**
   * A test for each, and one that none was left out; to be run in this order.
   *
   * @param sendsMail whether the server does
   */
  public static Stream<DynamicTest> of(Api api, boolean sendsMail)
      throws IOException, InterruptedException {
    EveryAnswer every = new EveryAnswer(api, sendsMail);
    Accounts.User ada = every.register("ada");
    Accounts.User ben = every.register("ben");
    every.sessions(ada);
    every.profile(ada);
    every.passwordAndAddress(every.register("eve"));
    every.contacts(ada, ben);
    every.relay(ada, ben);
    every.keys(ada, ben);
    every.withoutToken(ben);
    every.leaving(ada, every.register("cleo"));
    return Stream.concat(
        every.cases.stream().map(answer -> answer.on(api)),
        Stream.of(DynamicTest.dynamicTest("none is left out", every::requireAllSeen)));
  }

  private void sessions(Accounts.User ada) {
    ObjectNode credentials =
        JSON.createObjectNode().put("email", ada.email()).put("password", PASSWORD);
    ObjectNode refresh = JSON.createObjectNode().put("refresh_token", ada.refreshToken());

    bodies("POST", "/auth/register", Optional.empty());
    open("a new address", "/auth/register", newCredentials(), 201);
    open("all fields", "/auth/register", newCredentialsWithEverything(), 201);
    open("an address that is taken", "/auth/register", credentials, 409);
    open("a short password", "/auth/register", newCredentials().put("password", "seven77"), 422);
    open("a number as username", "/auth/register", newCredentials().put("username", 7), 422);
    open("no address", "/auth/register", JSON.createObjectNode().put("password", PASSWORD), 422);

    bodies("POST", "/auth/login", Optional.empty());
    open("the right password", "/auth/login", credentials, 200);
    open("another spelling", "/auth/login", shouting(credentials), 200);
    open(
        "a wrong password",
        "/auth/login",
        credentials.deepCopy().put("password", "wrong one"),
        401);
    open("an unknown address", "/auth/login", newCredentials(), 401);
    open("no password", "/auth/login", JSON.createObjectNode().put("email", ada.email()), 422);

    bodies("POST", "/auth/refresh", Optional.empty());
    open("a fresh token", "/auth/refresh", refresh, 200);
    open("the same token at once", "/auth/refresh", refresh, 200);
    open(
        "no session's token",
        "/auth/refresh",
        refresh.deepCopy().put("refresh_token", "A".repeat(86)),
        401);
    open("no token", "/auth/refresh", JSON.createObjectNode(), 422);

    bodies("POST", "/auth/logout", Optional.empty());
    open(
        "no session's token",
        "/auth/logout",
        refresh.deepCopy().put("refresh_token", "A".repeat(86)),
        204);
    open("no token", "/auth/logout", JSON.createObjectNode(), 422);

    add("one's own", "GET", "/auth/sessions", ada, Optional.empty(), 200);
    add("the others", "DELETE", "/auth/sessions", ada, Optional.empty(), 204);
    String one = "/auth/sessions/{session_id}";
    path("nobody's", "DELETE", one, "/auth/sessions/" + UUID.randomUUID(), ada, 204);
    path("no id", "DELETE", one, "/auth/sessions/this", ada, 422);

    add("a session", "POST", "/auth/socket-ticket", ada, Optional.empty(), 201);
  }

  private void passwordAndAddress(Accounts.User eve) {
    ObjectNode known = JSON.createObjectNode().put("password", PASSWORD);
    ObjectNode wrong = JSON.createObjectNode().put("password", "wrong one");

    bodies("POST", "/auth/email", eve.token());
    String email = "/auth/email";
    add("another", "POST", email, eve, Optional.of(newCredentials()), byMail(202, 200));
    ObjectNode guessed = newCredentials().setAll(wrong);
    add("a wrong password", "POST", email, eve, Optional.of(guessed), 403);
    ObjectNode broken = known.deepCopy().put("email", "eve");
    add("no address", "POST", email, eve, Optional.of(broken), 422);
    String again = "/auth/email/verification";
    add("the same mail", "POST", again, eve, Optional.empty(), byMail(202, 409));

    bodies("POST", "/auth/email/verify", Optional.empty());
    ObjectNode guess = JSON.createObjectNode().put("token", "guessed");
    open("a guess", "/auth/email/verify", guess, byMail(422, 409));

    bodies("POST", "/auth/password/forgot", Optional.empty());
    ObjectNode forgetful = JSON.createObjectNode().put("email", eve.email());
    open("somebody", "/auth/password/forgot", forgetful, byMail(202, 409));
    forgetful = JSON.createObjectNode().put("email", UUID.randomUUID() + "@example.com");
    open("nobody", "/auth/password/forgot", forgetful, byMail(202, 409));
    open("no address", "/auth/password/forgot", JSON.createObjectNode(), 422);

    bodies("POST", "/auth/password/reset", Optional.empty());
    ObjectNode proof = JSON.createObjectNode().put("new_password", PASSWORD).put("token", "guess");
    open("a guess", "/auth/password/reset", proof, byMail(422, 409));

    bodies("POST", "/auth/password", eve.token());
    String password = "/auth/password";
    ObjectNode next = wrong.deepCopy().put("new_password", PASSWORD);
    add("a wrong one", "POST", password, eve, Optional.of(next), 403);
    next = known.deepCopy().put("new_password", "short");
    add("a short one", "POST", password, eve, Optional.of(next), 422);
    next = known.deepCopy().put("new_password", PASSWORD);
    add("the right one", "POST", password, eve, Optional.of(next), 204);
  }

  private void profile(Accounts.User ada) {
    add("one's own", "GET", "/users/me", ada, Optional.empty(), 200);
    bodies("PATCH", "/users/me", ada.token());
    ObjectNode change = JSON.createObjectNode().put("username", "a").put("full_name", "Ada King");
    add("names", "PATCH", "/users/me", ada, Optional.of(change), 200);
    change = JSON.createObjectNode().put("public_key", "BPrvJbYk5kYv1t0mR9yA2xQ7");
    add("a key", "PATCH", "/users/me", ada, Optional.of(change), 200);
    change = JSON.createObjectNode().putNull("public_key");
    add("no key", "PATCH", "/users/me", ada, Optional.of(change), 200);
    add("nothing", "PATCH", "/users/me", ada, Optional.of(JSON.createObjectNode()), 200);
    change = JSON.createObjectNode().put("username", "");
    add("an empty name", "PATCH", "/users/me", ada, Optional.of(change), 422);
  }

  private void contacts(Accounts.User ada, Accounts.User ben) {
    ObjectNode byId = JSON.createObjectNode().put("contact_id", ben.id());
    ObjectNode byEmail = JSON.createObjectNode().put("contact_email", ben.email());
    bodies("POST", "/contacts", ada.token());
    add("by id", "POST", "/contacts", ada, Optional.of(byId), 201);
    add("by address, again", "POST", "/contacts", ada, Optional.of(byEmail), 200);
    add("both", "POST", "/contacts", ada, Optional.of(byId.deepCopy().setAll(byEmail)), 422);
    add("neither", "POST", "/contacts", ada, Optional.of(JSON.createObjectNode()), 422);
    ObjectNode oneself = JSON.createObjectNode().put("contact_id", ada.id());
    add("oneself", "POST", "/contacts", ada, Optional.of(oneself), 422);
    ObjectNode nobody = JSON.createObjectNode().put("contact_id", UUID.randomUUID().toString());
    add("nobody", "POST", "/contacts", ada, Optional.of(nobody), 404);

    String list = "/contacts";
    path("all", "GET", list, list, ada, 200);
    path("one's own id", "GET", list, list + "?user_id=" + ada.id(), ada, 200);
    path("another's id", "GET", list, list + "?user_id=" + ben.id(), ada, 403);
    path("no id", "GET", list, list + "?user_id=ada", ada, 422);
    path("a page", "GET", list, list + "?limit=1", ada, 200);
    path("a page with keys", "GET", list, list + "?keys=true", ada, 200);
    path("the next page", "GET", list, list + "?cursor=" + ben.id(), ada, 200);
    path("a page of none", "GET", list, list + "?limit=0", ada, 422);
    path("no cursor", "GET", list, list + "?cursor=x", ada, 422);
    path("neither true nor false", "GET", list, list + "?keys=x", ada, 422);

    String block = "/contacts/{contact_id}/block";
    String nobodysBlock = "/contacts/" + UUID.randomUUID() + "/block";
    path("a contact", "PUT", block, "/contacts/" + ben.id() + "/block", ada, 204);
    path("a contact, again", "PUT", block, "/contacts/" + ben.id() + "/block", ada, 204);
    path("nobody", "PUT", block, nobodysBlock, ada, 404);
    path("no id", "PUT", block, "/contacts/ben/block", ada, 422);
    path("a contact", "DELETE", block, "/contacts/" + ben.id() + "/block", ada, 204);
    path("no id", "DELETE", block, "/contacts/ben/block", ada, 422);

    String contact = "/contacts/{contact_id}";
    path("a contact", "DELETE", contact, "/contacts/" + ben.id(), ada, 204);
    path("no contact", "DELETE", contact, "/contacts/" + ben.id(), ada, 204);
    path("no id", "DELETE", contact, "/contacts/ben", ada, 422);
  }

  private void relay(Accounts.User ada, Accounts.User ben) {
    String send = "/relay/send";
    String id = timeOrderedId();
    ObjectNode message = message(ben).put("message_id", id);
    bodies("POST", send, ada.token());
    add("a new message", "POST", send, ada, Optional.of(message), 201);
    add("the same again", "POST", send, ada, Optional.of(message), 200);
    ObjectNode other = message.deepCopy().put("encrypted_content", "encrypted:Other");
    add("another with that id", "POST", send, ada, Optional.of(other), 409);
    add("a hybrid message", "POST", send, ada, Optional.of(hybrid(ben)), 201);
    ObjectNode nobody = message(ben).put("recipient_id", UUID.randomUUID().toString());
    add("to nobody", "POST", send, ada, Optional.of(nobody), 404);
    ObjectNode random = message(ben).put("message_id", UUID.randomUUID().toString());
    add("a random id", "POST", send, ada, Optional.of(random), 422);
    ObjectNode empty = message(ben).put("encrypted_content", "");
    add("no content", "POST", send, ada, Optional.of(empty), 422);

    String pending = "/relay/pending";
    path("all", "GET", pending, pending, ben, 200);
    path("a page", "GET", pending, pending + "?limit=1", ben, 200);
    path("no message", "GET", pending, pending + "?limit=0", ben, 422);
    path("too many", "GET", pending, pending + "?limit=101", ben, 422);
    path("a word", "GET", pending, pending + "?limit=all", ben, 422);
    path("a bad cursor", "GET", pending, pending + "?cursor=elsewhere", ben, 422);

    String conversation = "/messages/conversation/{contact_id}";
    String withBen = "/messages/conversation/" + ben.id();
    path("both ways", "GET", conversation, withBen, ada, 200);
    path("one's own", "GET", conversation, withBen + "?current_user_id=" + ada.id(), ada, 200);
    path("another's", "GET", conversation, withBen + "?current_user_id=" + ben.id(), ada, 403);
    path("no id", "GET", conversation, "/messages/conversation/ben", ada, 422);

    String acknowledge = "/relay/acknowledge";
    ObjectNode one = JSON.createObjectNode().put("message_id", id);
    bodies("POST", acknowledge, ben.token());
    add("another's message", "POST", acknowledge, ada, Optional.of(one), 404);
    add("one", "POST", acknowledge, ben, Optional.of(one), 200);
    add("one again", "POST", acknowledge, ben, Optional.of(one), 404);
    add("many", "POST", acknowledge, ben, Optional.of(ids(id, timeOrderedId())), 200);
    add("both", "POST", acknowledge, ben, Optional.of(ids(id).put("message_id", id)), 422);
    add("none", "POST", acknowledge, ben, Optional.of(ids()), 422);
    String[] tooMany =
        Stream.generate(EveryAnswer::timeOrderedId).limit(101).toArray(String[]::new);
    add("101", "POST", acknowledge, ben, Optional.of(ids(tooMany)), 422);
  }

  private void keys(Accounts.User ada, Accounts.User ben) {
    OwnKeys keys = new OwnKeys(ada);
    String publish = "/keys/bundle";
    String upload = "/keys/prekeys";
    ObjectNode batch = keys.batch(2);
    ObjectNode bundle = keys.bundle(1);
    ObjectNode unsigned = keys.bundle(2);
    unsigned.putArray("signatures");
    bodies("PUT", publish, ada.token());
    bodies("POST", upload, ada.token());
    add("no bundle yet", "POST", upload, ada, Optional.of(batch), 409);
    add("the first", "PUT", publish, ada, Optional.of(bundle), 200);
    add("the first again", "PUT", publish, ada, Optional.of(bundle), 200);
    add("one too far", "PUT", publish, ada, Optional.of(keys.bundle(3)), 409);
    add("another's", "PUT", publish, ben, Optional.of(keys.bundle(2)), 403);
    add("no signature", "PUT", publish, ada, Optional.of(unsigned), 422);

    add("a new batch", "POST", upload, ada, Optional.of(batch), 201);
    add("the same again", "POST", upload, ada, Optional.of(batch), 200);
    add("another's", "POST", upload, ben, Optional.of(keys.batch(1)), 403);
    ObjectNode other = keys.batch(1).set("batch_id", batch.get("batch_id"));
    add("not what was signed", "POST", upload, ada, Optional.of(other), 422);
    add("how many", "GET", "/keys/prekeys/count", ada, Optional.empty(), 200);

    String take = "/keys/{user_id}";
    String adas = "/keys/" + ada.id();
    path("one", "GET", take, adas + "?take=1", ben, 200);
    path("more than there are", "GET", take, adas + "?take=5", ben, 200);
    path("none left", "GET", take, adas + "?take=1", ben, 200);
    path("a bundle that one has", "GET", take, adas + "?take=1&if_version=1", ben, 200);
    path("a bundle of before", "GET", take, adas + "?take=1&if_version=0", ben, 200);
    path("no version", "GET", take, adas + "?take=1&if_version=new", ben, 422);
    path("too many", "GET", take, adas + "?take=6", ben, 422);
    path("no number", "GET", take, adas, ben, 422);
    path("no id", "GET", take, "/keys/ada?take=1", ben, 422);
    path("no keys", "GET", take, "/keys/" + ben.id() + "?take=1", ada, 404);
    path("nobody", "GET", take, "/keys/" + UUID.randomUUID() + "?take=1", ada, 404);

    String read = "/keys/{user_id}/bundle";
    path("anyone's", "GET", read, adas + "/bundle", ben, 200);
    path("one's own", "GET", read, adas + "/bundle", ada, 200);
    path("a newer one", "GET", read, adas + "/bundle?if_version=0", ben, 200);
    path("the same", "GET", read, adas + "/bundle?if_version=1", ben, 304);
    path("no version", "GET", read, adas + "/bundle?if_version=new", ben, 422);
    path("no keys", "GET", read, "/keys/" + ben.id() + "/bundle", ada, 404);

    add("all that is left", "DELETE", upload, ada, Optional.empty(), 200);
    add("where there is nothing", "DELETE", upload, ben, Optional.empty(), 200);
  }

  private void leaving(Accounts.User ada, Accounts.User cleo) {
    String export = "/users/me/export";
    path("all that is held", "GET", export, export, ada, 200);
    path("what waits", "GET", export, export + "?cursor=i", ada, 200);
    path("what is withheld", "GET", export, export + "?cursor=w", ada, 200);
    path("a bad cursor", "GET", export, export + "?cursor=elsewhere", ada, 422);

    String me = "/users/me";
    ObjectNode password = JSON.createObjectNode().put("password", PASSWORD);
    ObjectNode wrong = JSON.createObjectNode().put("password", "another one");
    bodies("DELETE", me, cleo.token());
    add(
        "a password that is a number",
        "DELETE",
        me,
        cleo,
        Optional.of(wrong.deepCopy().put("password", 7)),
        422);
    add("a wrong password", "DELETE", me, cleo, Optional.of(wrong), 403);
    add("the right password", "DELETE", me, cleo, Optional.of(password), 202);
    add("the same again", "DELETE", me, cleo, Optional.of(password), 202);
    add("an account that has left", "GET", me, cleo, Optional.empty(), 401);
    path("an account that has left", "GET", export, export, cleo, 401);
  }

  /** Every route that needs a token, with each that isn't good. */
  private void withoutToken(Accounts.User ben) {
    String contact = "/contacts/" + ben.id();
    for (Optional<String> token : badTokens()) {
      String why = token.isEmpty() ? "no token" : "a bad token";
      refuse(why, "POST", "/auth/socket-ticket", "/auth/socket-ticket", token);
      refuse(why, "GET", "/auth/sessions", "/auth/sessions", token);
      refuse(why, "DELETE", "/auth/sessions", "/auth/sessions", token);
      refuse(
          why,
          "DELETE",
          "/auth/sessions/{session_id}",
          "/auth/sessions/" + UUID.randomUUID(),
          token);
      refuse(why, "POST", "/auth/password", "/auth/password", token);
      refuse(why, "POST", "/auth/email", "/auth/email", token);
      refuse(why, "POST", "/auth/email/verification", "/auth/email/verification", token);
      refuse(why, "GET", "/users/me", "/users/me", token);
      refuse(why, "PATCH", "/users/me", "/users/me", token);
      refuse(why, "DELETE", "/users/me", "/users/me", token);
      refuse(why, "GET", "/users/me/export", "/users/me/export", token);
      refuse(why, "GET", "/contacts", "/contacts", token);
      refuse(why, "POST", "/contacts", "/contacts", token);
      refuse(why, "DELETE", "/contacts/{contact_id}", contact, token);
      refuse(why, "PUT", "/contacts/{contact_id}/block", contact + "/block", token);
      refuse(why, "DELETE", "/contacts/{contact_id}/block", contact + "/block", token);
      refuse(why, "POST", "/relay/send", "/relay/send", token);
      refuse(why, "GET", "/relay/pending", "/relay/pending", token);
      refuse(why, "PUT", "/keys/bundle", "/keys/bundle", token);
      refuse(why, "POST", "/keys/prekeys", "/keys/prekeys", token);
      refuse(why, "DELETE", "/keys/prekeys", "/keys/prekeys", token);
      refuse(why, "GET", "/keys/prekeys/count", "/keys/prekeys/count", token);
      refuse(why, "GET", "/keys/{user_id}", "/keys/" + ben.id() + "?take=1", token);
      refuse(why, "GET", "/keys/{user_id}/bundle", "/keys/" + ben.id() + "/bundle", token);
      refuse(why, "POST", "/relay/acknowledge", "/relay/acknowledge", token);
      refuse(
          why,
          "GET",
          "/messages/conversation/{contact_id}",
          "/messages/conversation/" + ben.id(),
          token);
    }
  }

  private int byMail(int where, int whereNot) {
    return sendsMail ? where : whereNot;
  }

  private void requireAllSeen() {
    Set<String> unseen = new TreeSet<>(api.contract().documented());
    unseen.removeIf(answer -> FAILURES.contains(answer.substring(answer.length() - 3)));
    unseen.removeAll(api.contract().seen());
    unseen.removeAll(BY_MAIL);
    if (!sendsMail) {
      unseen.removeAll(WITH_MAIL);
    }

    assertThat(unseen).isEmpty();
  }

  /** Bodies that no route takes. */
  private void bodies(String method, String resource, Optional<String> token) {
    int largest = LARGEST_BODIES.getOrDefault(resource, 32) * 1024;
    String tooLarge = "{\"padding\": \"" + "x".repeat(largest) + "\"}";
    String tooDeep = "{\"deep\": " + "[".repeat(40) + "]".repeat(40) + "}";
    raw("no body", method, resource, token, Optional.empty(), 400);
    raw("no JSON", method, resource, token, Optional.of("{\"email\": "), 400);
    raw("a list", method, resource, token, Optional.of("[]"), 400);
    raw("too deep", method, resource, token, Optional.of(tooDeep), 400);
    raw("too large", method, resource, token, Optional.of(tooLarge), 413);
  }

  private void raw(
      String why,
      String method,
      String resource,
      Optional<String> token,
      Optional<String> body,
      int status) {
    cases.add(new Case(why, method, resource, resource, token, body, status));
  }

  private void open(String why, String resource, JsonNode body, int status) {
    raw(why, "POST", resource, Optional.empty(), Optional.of(body.toString()), status);
  }

  private void add(
      String why,
      String method,
      String resource,
      Accounts.User who,
      Optional<? extends JsonNode> body,
      int status) {
    raw(why, method, resource, who.token(), body.map(JsonNode::toString), status);
  }

  private void path(
      String why, String method, String resource, String path, Accounts.User who, int status) {
    cases.add(new Case(why, method, resource, path, who.token(), Optional.empty(), status));
  }

  private void refuse(
      String why, String method, String resource, String path, Optional<String> token) {
    cases.add(new Case(why, method, resource, path, token, Optional.of("{}"), 401));
  }

  private Accounts.User register(String name) throws IOException, InterruptedException {
    return accounts.register(name + "-" + UUID.randomUUID() + "@example.com", PASSWORD);
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

  private static ObjectNode message(Accounts.User recipient) {
    return JSON.createObjectNode()
        .put("recipient_id", recipient.id())
        .put("encrypted_content", "encrypted:Hello!")
        .put("encrypted_session_key", "session-key-placeholder");
  }

  private static ObjectNode hybrid(Accounts.User recipient) {
    ObjectNode message =
        message(recipient)
            .put("crypto_version", "v2")
            .put("encryption_algorithm", "ML-KEM-768-AES256-GCM")
            .put("kdf_algorithm", "HKDF-SHA3-256")
            .put("has_media", true)
            .put("created_at", Instant.now().toString());
    message.putObject("encrypted_session_key").put("ecdh", "BKx3Jw==").put("mlkem", "Y3Q=");
    message
        .putArray("signatures")
        .addObject()
        .put("algorithm", "ML-DSA-65")
        .put("signature", "c2lnbmVk")
        .put("key_id", "mldsa-key-456");
    message.putArray("media_refs").addObject().put("file_url", "https://media.example/1");
    return message;
  }

  private static ObjectNode ids(String... ids) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode list = body.putArray("message_ids");
    for (String id : ids) {
      list.add(id);
    }
    return body;
  }

  private static String timeOrderedId() {
    UUID random = UUID.randomUUID();
    long time = Instant.now().toEpochMilli() << 16;
    long rest = 0x7000L | (random.getMostSignificantBits() & 0xFFFL);
    return new UUID(time | rest, random.getLeastSignificantBits()).toString();
  }

  private static List<Optional<String>> badTokens() {
    String claims = "{\"sub\":\"" + UUID.randomUUID() + "\",\"aud\":\"quantchat\"}";
    String unsigned = base64("{\"alg\":\"none\",\"kid\":\"x\"}") + "." + base64(claims) + ".";
    String forged = base64("{\"alg\":\"ES256\",\"kid\":\"x\"}") + "." + base64(claims) + ".c2ln";
    return List.of(
        Optional.empty(), Optional.of("token"), Optional.of(unsigned), Optional.of(forged));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
