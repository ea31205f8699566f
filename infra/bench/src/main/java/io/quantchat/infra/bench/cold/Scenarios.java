package io.quantchat.infra.bench.cold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The requests that are timed, one of each function, on accounts that the functions themselves have
 * made.
 */
final class Scenarios {

  private static final String BASELINE = "io.quantchat.infra.bench.baseline.";
  private static final String AUTH = "AuthFunction";
  private static final String CONTACTS = "ContactsFunction";
  private static final String RELAY = "RelayFunction";
  private static final String AUTHORIZER = "SocketAuthorizerFunction";
  private static final String CONNECTIONS = "ConnectionsFunction";

  private static final String PASSWORD = "correct horse battery staple";
  private static final int CONTACTS_OF_ADA = 10;
  private static final int CONTENT_BYTES = 768;

  private record Account(String id, String token) {}

  private Scenarios() {}

  /** Makes the accounts, and says what is to be timed on them. */
  static List<Scenario> prepare(Functions functions) throws IOException {
    List<Account> accounts = register(functions);
    Account ada = accounts.getFirst();
    Account bob = accounts.get(1);
    Account carol = accounts.get(2);
    addContacts(functions, ada, accounts.subList(1, accounts.size()));
    connect(functions, carol);
    ObjectNode login = Events.object().put("email", email(0)).put("password", PASSWORD);
    ObjectNode acknowledge = Events.object();
    acknowledge.putArray("message_ids").add(UUID.randomUUID().toString());
    return List.of(
        new Scenario(
            "auth: log in",
            AUTH,
            BASELINE + "LoginFunction",
            Events.rest("POST", "/auth/login", null, login),
            answers(200, body -> body.path("access_token").asText().length() > 100),
            0),
        new Scenario(
            "contacts: list",
            CONTACTS,
            BASELINE + "ContactsFunction",
            Events.rest("GET", "/contacts", ada.token(), null),
            answers(200, body -> body.size() == CONTACTS_OF_ADA),
            0),
        new Scenario(
            "relay: send, recipient offline",
            RELAY,
            BASELINE + "SendFunction",
            Events.rest("POST", "/relay/send", ada.token(), message(bob)),
            answers(201, body -> body.path("success").asBoolean()),
            0),
        new Scenario(
            "relay: send, recipient online",
            RELAY,
            BASELINE + "SendFunction",
            Events.rest("POST", "/relay/send", ada.token(), message(carol)),
            answers(201, body -> body.path("success").asBoolean()),
            1),
        new Scenario(
            "socket: authorize",
            AUTHORIZER,
            BASELINE + "AuthorizerFunction",
            Events.authorizer(ada.token()),
            answer -> tree(answer).path("principalId").asText().equals(ada.id()),
            0),
        new Scenario(
            "socket: acknowledge",
            CONNECTIONS,
            BASELINE + "SocketFunction",
            Events.frame(ada.id(), "acknowledge", acknowledge),
            answers(200, body -> body.at("/payload/results/0/status").asText().equals("not_found")),
            0));
  }

  private static List<Account> register(Functions functions) throws IOException {
    try (ExecutionEnvironment auth = functions.start(AUTH)) {
      auth.awaitInit();
      return IntStream.rangeClosed(0, CONTACTS_OF_ADA)
          .mapToObj(
              number ->
                  Events.object()
                      .put("email", email(number))
                      .put("password", PASSWORD)
                      .put("username", "user" + number))
          .map(body -> body(auth, Events.rest("POST", "/auth/register", null, body)))
          .map(
              account ->
                  new Account(
                      account.required("user_id").asText(),
                      account.required("access_token").asText()))
          .toList();
    }
  }

  private static void addContacts(Functions functions, Account owner, List<Account> others)
      throws IOException {
    try (ExecutionEnvironment contacts = functions.start(CONTACTS)) {
      contacts.awaitInit();
      for (Account other : others) {
        ObjectNode body = Events.object().put("contact_id", other.id());
        body(contacts, Events.rest("POST", "/contacts", owner.token(), body));
      }
    }
  }

  /** As the authorizer says it: the access token's claim (RFC 7519). */
  private static String sessionOf(Account account) throws IOException {
    byte[] claims = Base64.getUrlDecoder().decode(account.token().split("\\.", -1)[1]);
    return tree(new String(claims, StandardCharsets.UTF_8)).required("sid").asText();
  }

  private static void connect(Functions functions, Account account) throws IOException {
    try (ExecutionEnvironment connections = functions.start(CONNECTIONS)) {
      connections.awaitInit();
      ExecutionEnvironment.Answer answer =
          connections.invoke(Events.connect(account.id(), sessionOf(account), "XkQ2adVyoAMCJ3w="));
      if (tree(answer.text()).path("statusCode").asInt() != 200) {
        throw new IllegalStateException("A socket couldn't open: " + answer.text());
      }
    }
  }

  private static ObjectNode message(Account recipient) {
    return Events.object()
        .put("recipient_id", recipient.id())
        .put("encrypted_content", Base64.getEncoder().encodeToString(new byte[CONTENT_BYTES]))
        .put("encrypted_session_key", Base64.getEncoder().encodeToString(new byte[96]));
  }

  private static JsonNode body(ExecutionEnvironment function, byte[] event) {
    ExecutionEnvironment.Answer answer = function.invoke(event);
    JsonNode answered = tree(answer.text());
    if (answered.path("statusCode").asInt() / 100 != 2) {
      throw new IllegalStateException("The accounts couldn't be made: " + answer.text());
    }
    return tree(answered.path("body").asText());
  }

  private static Predicate<String> answers(int status, Predicate<JsonNode> body) {
    return answer ->
        tree(answer).path("statusCode").asInt() == status
            && body.test(tree(tree(answer).path("body").asText()));
  }

  private static String email(int number) {
    return "user" + number + "@example.com";
  }

  private static JsonNode tree(String json) {
    try {
      return Events.MAPPER.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("A function answered what is no JSON: " + json, malformed);
    }
  }
}
