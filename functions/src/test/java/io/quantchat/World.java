package io.quantchat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.BlockStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.Presence;
import io.quantchat.accounts.PresenceStore;
import io.quantchat.contacts.Contact;
import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
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
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A small world to test handlers in: tables, people, their sockets, a clock that stands. Everything
 * in it has ids of its own, so that worlds share tables without meeting.
 */
public final class World {

  private static final Map<Variable, String> TABLES =
      Map.of(
          Variable.ACCOUNTS_TABLE, "AccountsTable",
          Variable.ACCOUNT_EMAILS_TABLE, "AccountEmailsTable",
          Variable.CONTACTS_TABLE, "ContactsTable",
          Variable.RELAY_MESSAGES_TABLE, "RelayMessagesTable",
          Variable.CONNECTIONS_TABLE, "ConnectionsTable",
          Variable.SESSIONS_TABLE, "SessionsTable",
          Variable.TOKEN_KEYS_TABLE, "TokenKeysTable",
          Variable.KEY_BUNDLES_TABLE, "KeyBundlesTable",
          Variable.PREKEYS_TABLE, "PrekeysTable",
          Variable.LIMITS_TABLE, "LimitsTable");

  private static final String ISSUER = "quantchat-tests";
  private static final String AUDIENCE = "quantchat";

  private final AtomicInteger sockets = new AtomicInteger();
  private final KeyPair signingKey = newKeyPair();
  private final String keyId = UUID.randomUUID().toString();

  public final DynamoDbClient dynamoDb;
  public final Environment environment;
  public final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.123Z"));
  public final FakeSockets gateway = new FakeSockets();
  public final Host host;
  public final AccountStore accounts;
  public final EmailStore emails;
  public final BlockStore blocks;
  public final PresenceStore presences;
  public final ContactStore contacts;
  public final ConnectionStore connections;

  /** A world on these tables. */
  public World(StoreTables tables) {
    this.dynamoDb = tables.client();
    var variables = new HashMap<String, String>();
    TABLES.forEach((variable, table) -> variables.put(variable.name(), tables.name(table)));
    variables.put(Variable.TOKEN_ISSUER.name(), ISSUER);
    variables.put(Variable.TOKEN_AUDIENCE.name(), AUDIENCE);
    variables.put(Variable.ALLOWED_ORIGIN.name(), "https://chat.example.com");
    variables.put(Variable.AWS_LAMBDA_FUNCTION_NAME.name(), "quantchat-tests");
    variables.put(Variable.AWS_LAMBDA_FUNCTION_VERSION.name(), "1");
    this.environment = new Environment(variables);
    this.host = new Host(environment, dynamoDb, () -> gateway, clock, new SecureRandom());
    this.accounts = AccountStore.of(host);
    this.emails = EmailStore.of(host);
    this.blocks = BlockStore.of(host);
    this.presences = PresenceStore.of(host);
    this.contacts = ContactStore.of(host);
    this.connections = ConnectionStore.of(host);
    dynamoDb.putItem(
        put ->
            put.tableName(environment.get(Variable.TOKEN_KEYS_TABLE))
                .item(TokenKeys.rowOf(keyId, signingKey.getPublic())));
  }

  /** A new account; its address is unique. */
  public Account account(String username) {
    return account(username, Optional.of("key of " + username));
  }

  /** A new account with a legacy key or none. */
  public Account account(String username, Optional<String> publicKey) {
    String id = UUID.randomUUID().toString();
    var account =
        new Account(
            id,
            username + "." + id + "@example.com",
            username,
            "Full " + username,
            "$argon2id$unused",
            publicKey,
            List.of(),
            Set.of(),
            Presence.NEVER_SEEN,
            clock.instant());
    try {
      accounts.create(account, emails.claiming(account));
    } catch (AccountStore.EmailTakenException impossible) {
      throw new IllegalStateException(impossible);
    }
    return account;
  }

  /** The account as it is stored now. */
  public Account reread(Account account) {
    return accounts.find(account.userId(), Read.CONSISTENT).orElseThrow();
  }

  /** One has the other as a contact. */
  public void hasAdded(Account one, Account other) {
    contacts.add(new Contact(one.userId(), other.userId(), clock.instant()));
  }

  /** Each has the other as a contact. */
  public void areContacts(Account one, Account other) {
    hasAdded(one, other);
    hasAdded(other, one);
  }

  /** A socket of this account that is open and known, with the account online. */
  public Connection socketOf(Account account) {
    var connection = newSocket(account.userId());
    connections.add(connection);
    presences.goOnline(
        account.userId(), reread(account).presence(), connection.expiresAt(), Optional.empty());
    return connection;
  }

  /** A socket that opens now and isn't stored anywhere yet. */
  public Connection newSocket(String userId) {
    return new Connection(
        userId,
        "socket-" + sockets.incrementAndGet() + "-" + userId.substring(0, 8) + "=",
        clock.instant());
  }

  /** A good access token. */
  public String tokenOf(Account account) {
    return tokenOf(account, Duration.ofMinutes(15));
  }

  /** An access token that is good for so long; already expired if that is negative. */
  public String tokenOf(Account account, Duration goodFor) {
    return JWT.create()
        .withKeyId(keyId)
        .withIssuer(ISSUER)
        .withAudience(AUDIENCE)
        .withSubject(account.userId())
        .withClaim(AccessTokenVerifier.SESSION_CLAIM, "session-of-" + account.username())
        .withIssuedAt(clock.instant())
        .withExpiresAt(clock.instant().plus(goodFor))
        .sign(
            Algorithm.ECDSA256(
                (ECPublicKey) signingKey.getPublic(), (ECPrivateKey) signingKey.getPrivate()));
  }

  /** A REST event without a body. */
  public ObjectNode request(String method, String resource, Account caller) {
    ObjectNode event = Json.object().put("httpMethod", method).put("resource", resource);
    event.putObject("headers").put("authorization", "Bearer " + tokenOf(caller));
    event.putNull("pathParameters");
    event.putNull("queryStringParameters");
    event.putNull("body");
    return event.put("isBase64Encoded", false);
  }

  /** An event of a socket, as the gateway makes it. */
  public ObjectNode socketEvent(String eventType, String routeKey, Connection socket) {
    ObjectNode event = Json.object();
    ObjectNode context =
        event
            .putObject("requestContext")
            .put("eventType", eventType)
            .put("routeKey", routeKey)
            .put("connectionId", socket.connectionId())
            .put("connectedAt", socket.connectedAt().toEpochMilli());
    context.putObject("authorizer").put("principalId", socket.userId());
    return event.put("isBase64Encoded", false);
  }

  /** What a function answers to an event. */
  public static JsonNode answer(RequestStreamHandler function, JsonNode event) {
    var out = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
          out,
          new QuietContext());
      return Json.MAPPER.readTree(out.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
