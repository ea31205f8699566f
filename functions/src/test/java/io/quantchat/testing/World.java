package io.quantchat.testing;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.BlockStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.Presence;
import io.quantchat.accounts.PresenceStore;
import io.quantchat.auth.LiveSessionStore;
import io.quantchat.auth.Session;
import io.quantchat.contacts.Contact;
import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Backoff;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Read;
import io.quantchat.host.RetryingDynamoDb;
import io.quantchat.http.Json;
import io.quantchat.infra.stack.FunctionSpec;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.Caller;
import io.quantchat.tokens.TokenKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A small world to test functions in: the template's tables and variables, people, their sockets, a
 * clock that stands. Everything in it has ids of its own, so that worlds share tables without
 * meeting.
 */
public final class World {

  private static final KeyPair SIGNING_KEY = newKeyPair();

  private final AtomicInteger opened = new AtomicInteger();
  private final String keyId = UUID.randomUUID().toString();
  private final Map<Token, String> tokens = new ConcurrentHashMap<>();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private boolean tokensCanBeChecked;
  private DynamoDbClient counted;

  /**
   * What a token says, in which time is in whole seconds: signed once, since signatures are a tenth
   * of all that tests do.
   *
   * @param issued in seconds since 1970
   */
  private record Token(String userId, long issued, Duration goodFor) {}

  public final StoreTables tables;
  public final DynamoDbClient dynamoDb;

  /** Counts what is asked through {@link #counted}. */
  public final CapacityCounter counter = new CapacityCounter();

  /** Of all functions together: no single one is given so much. */
  public final Host host;

  public final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.123Z"));
  public final FakeSockets sockets = new FakeSockets();
  public final FakeMail mail = new FakeMail();
  public final FakeS3 s3 = new FakeS3(clock);
  public final Lambda lambda = new Lambda();
  public final AccountStore accounts;
  public final EmailStore emails;
  public final BlockStore blocks;
  public final PresenceStore presences;
  public final ContactStore contacts;
  public final ConnectionStore connections;

  /** A world on these tables. */
  public World(StoreTables tables) {
    this.tables = tables;
    this.dynamoDb = tables.client();
    this.host = hostOn(variablesOf(StoreTables.stack().functions().values()));
    this.accounts = AccountStore.of(host);
    this.emails = EmailStore.of(host);
    this.blocks = BlockStore.of(host);
    this.presences = PresenceStore.of(host);
    this.contacts = ContactStore.of(host);
    this.connections = ConnectionStore.of(host);
  }

  /** Another client of the same tables. */
  public synchronized DynamoDbClient counted() {
    if (counted == null) {
      counted = tables.client(counter);
    }
    return counted;
  }

  /** A function's host: the variables that the template gives it, and those that Lambda does. */
  public Host hostOf(Class<? extends RequestStreamHandler> function) {
    return hostOn(variablesOf(function));
  }

  /** A function as the template has it, as if Lambda were about to take its snapshot. */
  public RequestStreamHandler function(FunctionSpec spec) {
    Class<? extends RequestStreamHandler> function = handlerOf(spec);
    Host host = hostOf(function);
    return function(
        function,
        new Host(
                host.environment().with(Variable.AWS_LAMBDA_INITIALIZATION_TYPE, "snap-start"),
                host.dynamoDb(),
                host.sockets(),
                host.clock(),
                host.random())
            .with(host.bucket()));
  }

  /** A function on a host. */
  public static RequestStreamHandler function(
      Class<? extends RequestStreamHandler> function, Host host) {
    try {
      return function.getConstructor(Host.class).newInstance(host);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(function + " can't be built on a host", impossible);
    }
  }

  /** The class that the template names. */
  public static Class<? extends RequestStreamHandler> handlerOf(FunctionSpec spec) {
    try {
      return Class.forName(spec.handler()).asSubclass(RequestStreamHandler.class);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("The template names a class that isn't there", missing);
    }
  }

  /** The variables of a function. */
  public Map<String, String> variablesOf(Class<? extends RequestStreamHandler> function) {
    return variablesOf(
        StoreTables.stack().functions().values().stream()
            .filter(spec -> spec.handler().equals(function.getName()))
            .toList());
  }

  private Map<String, String> variablesOf(Collection<FunctionSpec> functions) {
    Map<String, String> variables =
        functions.stream()
            .flatMap(function -> function.environment().entrySet().stream())
            .distinct()
            .collect(Collectors.toMap(Map.Entry::getKey, this::valueHere));
    variables.put(
        Variable.AWS_LAMBDA_FUNCTION_NAME.name(),
        functions.stream().map(FunctionSpec::logicalId).collect(Collectors.joining("-")));
    variables.put(Variable.AWS_LAMBDA_FUNCTION_VERSION.name(), "1");
    variables.put(Variable.AWS_REGION.name(), StoreTables.REGION.id());
    // Its tests pass the time themselves.
    variables.remove(Variable.STRANGER_ANSWER_MILLISECONDS.name());
    return variables;
  }

  private Host hostOn(Map<String, String> variables) {
    variables.replace(Variable.MEDIA_URL.name(), FakeS3.URL);
    // Tests are of a server without mail, but for those of mail.
    variables.put(Variable.MAIL_FROM.name(), "");
    variables.put(Variable.HIDES_UNVERIFIED.name(), "false");
    var random = new SteadyRandom();
    var environment = new Environment(variables);
    return new Host(
            environment,
            new RetryingDynamoDb(dynamoDb, new Backoff(tables.sleeper(), random)),
            () -> sockets,
            clock,
            random)
        .with(() -> s3.bucket(environment));
  }

  /** A host whose operator has it send mail, which lands here. */
  public Host withMail(Host host) {
    return new Host(
        host.environment()
            .with(Variable.MAIL_FROM, "chat@example.com")
            .with(Variable.MAIL_LINK, "https://api.example.com/")
            .with(Variable.HIDES_UNVERIFIED, "true"),
        host.dynamoDb(),
        host.sockets(),
        host.clock(),
        host.random(),
        () -> mail,
        () -> mail);
  }

  /** The template's value; a table's is that of this world. */
  private String valueHere(Map.Entry<String, String> variable) {
    return StoreTables.stack().tables().values().stream()
        .filter(table -> table.name().equals(variable.getValue()))
        .findAny()
        .map(table -> tables.name(table.logicalId()))
        .orElse(variable.getValue());
  }

  /** The name of a table that functions are given by this variable. */
  public String table(Variable variable) {
    return host.get(variable);
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

  /** The account as it was stored before credentials had a table of their own. */
  public Account accountWithHash(String username, String passwordHash) {
    Account account = account(username, Optional.empty());
    dynamoDb.updateItem(
        update ->
            update
                .tableName(table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(account.userId())))
                .updateExpression("SET password_hash = :hash")
                .expressionAttributeValues(Map.of(":hash", AttributeValue.fromS(passwordHash))));
    return account;
  }

  /**
   * Lets the session go on that this account's tokens and sockets here are of; nothing where it
   * does already.
   */
  public Caller session(String userId) {
    var caller = new Caller(userId, sessionIdOf(userId));
    if (sessions.add(userId)) {
      Instant end = clock.instant().plus(Duration.ofDays(30));
      var session =
          new Session(
              userId,
              "key-of-" + userId,
              caller.sessionId(),
              Optional.of("a program"),
              clock.instant(),
              clock.instant(),
              end,
              end,
              Map.of());
      LiveSessionStore.of(host).add(session);
    }
    return caller;
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
        "socket-" + opened.incrementAndGet() + "-" + userId.substring(0, 8) + "=",
        clock.instant(),
        Optional.of(sessionIdOf(userId)));
  }

  private static String sessionIdOf(String userId) {
    return "session-of-" + userId;
  }

  /** A good access token. */
  public String tokenOf(Account account) {
    return tokenOf(account.userId(), Duration.ofMinutes(15));
  }

  /** A good access token. */
  public String tokenOf(String userId) {
    return tokenOf(userId, Duration.ofMinutes(15));
  }

  /** An access token that is good for so long; already expired if that is negative. */
  public String tokenOf(String userId, Duration goodFor) {
    letTokensBeChecked();
    return tokens.computeIfAbsent(
        new Token(userId, clock.instant().getEpochSecond(), goodFor), this::signed);
  }

  private String signed(Token token) {
    Instant issued = Instant.ofEpochSecond(token.issued());
    return JWT.create()
        .withKeyId(keyId)
        .withIssuer(host.get(Variable.TOKEN_ISSUER))
        .withAudience(host.get(Variable.TOKEN_AUDIENCE))
        .withSubject(token.userId())
        .withClaim(AccessTokenVerifier.SESSION_CLAIM, sessionIdOf(token.userId()))
        .withIssuedAt(issued)
        .withExpiresAt(issued.plus(token.goodFor()))
        .sign(Algorithm.ECDSA256(null, (ECPrivateKey) SIGNING_KEY.getPrivate()));
  }

  private synchronized void letTokensBeChecked() {
    if (tokensCanBeChecked) {
      return;
    }
    dynamoDb.putItem(
        put ->
            put.tableName(table(Variable.TOKEN_KEYS_TABLE))
                .item(TokenKeys.rowOf(keyId, SIGNING_KEY.getPublic())));
    tokensCanBeChecked = true;
  }

  /** A REST event without a body. */
  public ObjectNode request(String method, String resource, Account caller) {
    return withToken(ProxyEvent.of(method, resource), tokenOf(caller));
  }

  /** A REST event with this access token. */
  public static ObjectNode withToken(ObjectNode event, String token) {
    event.withObject("/headers").put("Authorization", "Bearer " + token);
    return event;
  }

  /**
   * An event of a socket, as the gateway makes it; a message has no body yet. Where the socket
   * knows no session, it is one of {@link #session}.
   */
  public ObjectNode socketEvent(String eventType, String routeKey, Connection socket) {
    ObjectNode event = GoldenEvent.valueOf("SOCKET_" + eventType).json();
    event.remove("body");
    ObjectNode context = event.withObject("/requestContext");
    context
        .put("routeKey", routeKey)
        .put("connectionId", socket.connectionId())
        .put("connectedAt", socket.connectedAt().toEpochMilli());
    String ownId = session(socket.userId()).sessionId();
    context
        .withObject("/authorizer")
        .put("principalId", socket.userId())
        .put("user_id", socket.userId())
        .put("session_id", socket.sessionId().orElse(ownId));
    return event;
  }

  /** The answer of a function behind the REST API. */
  public Answer call(RequestStreamHandler function, JsonNode event) {
    return lambda.call(function, event);
  }

  /** All that a function writes in answer to an event. */
  public JsonNode answer(RequestStreamHandler function, JsonNode event) {
    return lambda.answer(function, event);
  }

  /** Reads JSON. */
  public static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(text, malformed);
    }
  }

  /**
   * Random but for what samples are drawn with: a world counts each use of a sampled limit from its
   * first, so that a budget is the same in each run.
   */
  private static final class SteadyRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    @Override
    public double nextDouble() {
      return 0;
    }

    /** A message smaller than a step of an inbox's gauge is never drawn. */
    @Override
    public float nextFloat() {
      return Math.nextDown(1f);
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
