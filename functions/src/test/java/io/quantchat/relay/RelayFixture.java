package io.quantchat.relay;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.MovableClock;
import io.quantchat.QuietContext;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.BlockStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.http.ProxyEvent;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.TokenKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The relay's function on real tables, with a clock of its own. Every fixture shares the tables;
 * accounts are new in each, so that tests never meet.
 */
final class RelayFixture {

  /** An answer of the function, as the gateway gets it. */
  record Answer(int status, JsonNode headers, JsonNode body, int bytes) {}

  private static final String ISSUER = "quantchat-test";
  private static final String AUDIENCE = "quantchat";
  private static final StoreTables EMBEDDED = StoreTables.embedded();
  private static final KeyPair KEYS = newKeys();

  final String messagesTable;
  final String accountsTable;
  final String connectionsTable;
  private final DynamoDbClient dynamoDb;
  private final String keyId = UUID.randomUUID().toString();
  private final SecureRandom random = new SecureRandom();

  /** Sees what the handler, and nothing else, asks of DynamoDB. */
  final Probe probe = new Probe();

  final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.123Z"));
  final RecordingSockets sockets = new RecordingSockets();
  final RelayMessageStore messages;
  final ConnectionStore connections;
  final AccountStore accounts;
  final EmailStore emails;
  final BlockStore blocks;
  final RelayHandler handler;

  /** A fixture on the embedded database. */
  RelayFixture() {
    this(EMBEDDED);
  }

  /** A fixture on these tables. */
  RelayFixture(StoreTables tables) {
    dynamoDb = tables.client();
    messagesTable = tables.name("RelayMessagesTable");
    accountsTable = tables.name("AccountsTable");
    connectionsTable = tables.name("ConnectionsTable");
    var host =
        new Host(
            new Environment(
                Map.of(
                    Variable.ACCOUNTS_TABLE.name(),
                    accountsTable,
                    Variable.ACCOUNT_EMAILS_TABLE.name(),
                    tables.name("AccountEmailsTable"),
                    Variable.RELAY_MESSAGES_TABLE.name(),
                    messagesTable,
                    Variable.CONNECTIONS_TABLE.name(),
                    connectionsTable,
                    Variable.TOKEN_KEYS_TABLE.name(),
                    tables.name("TokenKeysTable"),
                    Variable.TOKEN_ISSUER.name(),
                    ISSUER,
                    Variable.TOKEN_AUDIENCE.name(),
                    AUDIENCE,
                    Variable.ALLOWED_ORIGIN.name(),
                    "*",
                    Variable.AWS_LAMBDA_FUNCTION_NAME.name(),
                    "relay-tests",
                    Variable.AWS_LAMBDA_FUNCTION_VERSION.name(),
                    "1")),
            dynamoDb,
            () -> sockets,
            clock,
            random);
    messages = RelayMessageStore.of(host);
    connections = ConnectionStore.of(host);
    accounts = AccountStore.of(host);
    emails = EmailStore.of(host);
    blocks = BlockStore.of(host);
    handler = new RelayHandler(host.with(tables.client(probe)));
    dynamoDb.putItem(
        put ->
            put.tableName(tables.name("TokenKeysTable"))
                .item(TokenKeys.rowOf(keyId, KEYS.getPublic())));
  }

  /** Registers an account; gives its id. */
  String account() {
    String id = Ids.random(random);
    var account =
        new Account(
            id,
            id + "@example.com",
            "somebody",
            "Some Body",
            "$argon2id$",
            Optional.empty(),
            List.of(),
            Set.of(),
            Presence.NEVER_SEEN,
            clock.instant());
    try {
      accounts.create(account, emails.claiming(account));
    } catch (AccountStore.EmailTakenException taken) {
      throw new AssertionError(taken);
    }
    return id;
  }

  /** Opens a socket; gives its id. */
  String connect(String userId) {
    String id = "socket-" + UUID.randomUUID();
    connections.add(new Connection(userId, id, clock.instant()));
    return id;
  }

  /** A new id of the clock's time. */
  String messageId() {
    return Ids.timeOrdered(clock.instant(), random);
  }

  String token(String userId) {
    return JWT.create()
        .withKeyId(keyId)
        .withIssuer(ISSUER)
        .withAudience(AUDIENCE)
        .withSubject(userId)
        .withClaim(AccessTokenVerifier.SESSION_CLAIM, "session")
        .withExpiresAt(clock.instant().plus(Duration.ofMinutes(15)))
        .sign(Algorithm.ECDSA256(null, (ECPrivateKey) KEYS.getPrivate()));
  }

  Answer send(String userId, ObjectNode message) {
    clock.advance(Duration.ofMillis(1));
    return post(userId, "/relay/send", message.toString());
  }

  Answer post(String userId, String resource, String body) {
    return call(token(userId), "POST", resource, Map.of(), Map.of(), body);
  }

  Answer pending(String userId, Map<String, String> query) {
    return call(token(userId), "GET", "/relay/pending", Map.of(), query, null);
  }

  Answer acknowledge(String userId, String messageId) {
    return post(
        userId, "/relay/acknowledge", Json.object().put("message_id", messageId).toString());
  }

  Answer conversation(String userId, String contactId, Map<String, String> query) {
    return call(
        token(userId),
        "GET",
        "/messages/conversation/{contact_id}",
        Map.of("contact_id", contactId),
        query,
        null);
  }

  /** One invocation with a proxy event as the REST API makes it. */
  Answer call(
      String token,
      String method,
      String resource,
      Map<String, String> path,
      Map<String, String> query,
      String body) {
    ObjectNode event = ProxyEvent.of(method, resource).put("body", body);
    if (token != null) {
      ((ObjectNode) event.get("headers")).put("authorization", "Bearer " + token);
    }
    event.set("queryStringParameters", objectOrNull(query));
    event.set("pathParameters", objectOrNull(path));
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
          out,
          new QuietContext());
      JsonNode answer = Json.MAPPER.readTree(out.toByteArray());
      return new Answer(
          answer.get("statusCode").intValue(),
          answer.get("headers"),
          Json.MAPPER.readTree(answer.get("body").textValue()),
          out.size());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Rows of a queue, expired ones too: what the table really holds. */
  List<Map<String, AttributeValue>> rows(Queue queue, String recipientId) {
    String key = (queue == Queue.WITHHELD ? "dropped#" : "") + recipientId;
    return dynamoDb
        .queryPaginator(
            QueryRequest.builder()
                .tableName(messagesTable)
                .keyConditionExpression("recipient_id = :queue")
                .expressionAttributeValues(Map.of(":queue", AttributeValue.fromS(key)))
                .consistentRead(true)
                .build())
        .items()
        .stream()
        .toList();
  }

  /** A message's least: what the original client sends. */
  static ObjectNode message(String recipientId, String content) {
    return Json.object()
        .put("recipient_id", recipientId)
        .put("encrypted_content", content)
        .put("encrypted_session_key", "session-key-placeholder");
  }

  static JsonNode json(String singleQuoted, Object... arguments) {
    try {
      return Json.MAPPER.readTree(singleQuoted.replace('\'', '"').formatted(arguments));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static ObjectNode objectOrNull(Map<String, String> values) {
    if (values.isEmpty()) {
      return null;
    }
    ObjectNode object = Json.object();
    values.forEach(object::put);
    return object;
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }
}
