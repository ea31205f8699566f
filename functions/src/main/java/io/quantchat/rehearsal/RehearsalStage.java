package io.quantchat.rehearsal;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.Caller;
import io.quantchat.tokens.TokenKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where a function is rehearsed: tables that nothing is written to, people who don't exist, and a
 * key for their tokens that is known on this stage alone and gone with it.
 */
public final class RehearsalStage {

  /** The gateway's own are 16 characters long and end in {@code =}. */
  private static final int CONNECTION_ID_BYTES = 11;

  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);

  /**
   * Random, but that whatever is done seldom, by a drawn float, is done; and that a sampled limit,
   * which begins at a drawn double, writes its first use.
   */
  private static final class Lots extends SecureRandom {

    private static final long serialVersionUID = 1;

    @Override
    public float nextFloat() {
      return 0;
    }

    @Override
    public double nextDouble() {
      return Math.nextDown(1.0);
    }
  }

  private final Host host;
  private final Host props;
  private final RequestStreamHandler function;
  private final KeyPair signingKey;
  private final String keyId;

  /**
   * A new stage, with a function on it.
   *
   * @param real whose tables and sockets are asked, under a function's name that no alarm counts
   *     failures of, with randomness of the stage's own: no function's generator is used before its
   *     snapshot
   */
  public RehearsalStage(Host real, Function<Host, RequestStreamHandler> function)
      throws GeneralSecurityException {
    Environment environment =
        real.environment().with(Variable.AWS_LAMBDA_FUNCTION_NAME, "rehearsal");
    var tables = new RehearsalTables(real.dynamoDb());
    var bucket = new RehearsalBucket(real.bucket());
    this.host =
        new Host(
            environment,
            tables,
            () -> new RehearsalSockets(real.sockets().get()),
            real.clock(),
            new Lots(),
            () -> (from, mail) -> {},
            () -> event -> {},
            () -> bucket);
    // Not every function knows the table of addresses; one that doesn't looks none up.
    this.props =
        new Host(
            environment.has(Variable.ACCOUNT_EMAILS_TABLE)
                ? environment
                : environment.with(Variable.ACCOUNT_EMAILS_TABLE, "addresses"),
            tables.props(),
            host.sockets(),
            host.clock(),
            host.random());
    this.keyId = newId();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random());
    this.signingKey = generator.generateKeyPair();
    props
        .dynamoDb()
        .putItem(
            put ->
                put.tableName(host.get(Variable.TOKEN_KEYS_TABLE))
                    .item(TokenKeys.rowOf(keyId, signingKey.getPublic())));
    this.function = function.apply(host);
  }

  /**
   * For setting the stage: what is put into the tables of this host is found by the function. No
   * request goes out.
   */
  public Host props() {
    return props;
  }

  /** Randomness of the stage's own. */
  public SecureRandom random() {
    return host.random();
  }

  /** The time, in milliseconds. */
  public Instant now() {
    return Times.toMilliseconds(host.clock().instant());
  }

  /** An id that nobody has. */
  public String newId() {
    return Ids.random(random());
  }

  /**
   * Puts somebody on the stage.
   *
   * @return the account's id
   */
  public String newAccount() {
    return newAccount(Set.of());
  }

  /**
   * Puts somebody on the stage who has blocked others.
   *
   * @return the account's id
   */
  public String newAccount(Set<String> blocked) {
    String userId = newId();
    RehearsedAccount.enter(props, userId, blocked, Presence.NEVER_SEEN, now());
    return userId;
  }

  /**
   * Puts somebody on the stage who is online for a minute, as far as anyone knows.
   *
   * @return the account's id
   */
  public String newOnlineAccount() {
    String userId = newId();
    var online =
        new Presence(
            1,
            Optional.of(now().plus(TOKEN_LIFE)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    RehearsedAccount.enter(props, userId, Set.of(), online, now());
    return userId;
  }

  /** The address of somebody on the stage. */
  public String emailOf(String userId) {
    return RehearsedAccount.emailOf(userId);
  }

  /** A socket of this account that the function knows nothing of yet. */
  public Connection newSocket(String userId) {
    return socketSince(userId, now());
  }

  /** Lets a socket of this account be open for a while, as far as the function knows. */
  public void openSocket(String userId) {
    ConnectionStore.of(props).add(socketSince(userId, now().minus(Connection.LONGEST_HANDSHAKE)));
  }

  private Connection socketSince(String userId, Instant opened) {
    var id = new byte[CONNECTION_ID_BYTES];
    random().nextBytes(id);
    return new Connection(userId, Base64.getUrlEncoder().encodeToString(id), opened);
  }

  /** An access token that is good on this stage, of a session that nobody knows. */
  public String tokenOf(String userId) {
    return tokenOf(new Caller(userId, newId()));
  }

  /** An access token that is good on this stage. */
  public String tokenOf(Caller caller) {
    Instant now = host.clock().instant();
    return JWT.create()
        .withKeyId(keyId)
        .withIssuer(host.get(Variable.TOKEN_ISSUER))
        .withAudience(host.get(Variable.TOKEN_AUDIENCE))
        .withSubject(caller.userId())
        .withClaim(AccessTokenVerifier.SESSION_CLAIM, caller.sessionId())
        .withIssuedAt(now)
        .withExpiresAt(now.plus(TOKEN_LIFE))
        .sign(Algorithm.ECDSA256(null, (ECPrivateKey) signingKey.getPrivate()));
  }

  /**
   * A proxy event without a body; add one, path parameters and the like to it.
   *
   * @param route such as {@code POST /auth/login}
   */
  public ObjectNode request(String route, String accessToken) {
    int space = route.indexOf(' ');
    ObjectNode event =
        Json.object()
            .put("httpMethod", route.substring(0, space))
            .put("resource", route.substring(space + 1));
    event
        .putObject("headers")
        .put("Authorization", "Bearer " + accessToken)
        .put("Content-Type", "application/json");
    return event.putNull("body").put("isBase64Encoded", false);
  }

  /** A proxy event with a body. */
  public ObjectNode request(String route, String accessToken, JsonNode body) {
    return request(route, accessToken).put("body", body.toString());
  }

  /** A proxy event about what its path names. */
  public ObjectNode request(String route, String accessToken, String parameter, String value) {
    ObjectNode event = request(route, accessToken);
    event.putObject("pathParameters").put(parameter, value);
    return event;
  }

  /**
   * Lets the function answer an event.
   *
   * @return its answer's body; for none, an empty object
   * @throws IllegalStateException if the answer is a refusal: the rehearsal went wrong
   */
  public JsonNode play(JsonNode event) throws IOException {
    var out = new ByteArrayOutputStream();
    byte[] in = event.toString().getBytes(StandardCharsets.UTF_8);
    call(new ByteArrayInputStream(in), out);
    JsonNode answer = Json.MAPPER.readTree(out.toByteArray());
    if (answer.path("statusCode").asInt(200) >= 400) {
      throw new IllegalStateException(
          event.path("resource").asText() + " was refused: " + answer.path("body").asText());
    }
    return Json.MAPPER.readTree(answer.path("body").asText("{}"));
  }

  /**
   * By reflection, as Lambda's runtime calls it: what the JDK makes for a method on the first such
   * call, it keeps for all who make it.
   */
  private void call(InputStream in, OutputStream out) throws IOException {
    try {
      function
          .getClass()
          .getMethod("handleRequest", InputStream.class, OutputStream.class, Context.class)
          .invoke(function, in, out, new RehearsalContext());
    } catch (InvocationTargetException thrown) {
      switch (thrown.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case Throwable cause -> throw new IllegalStateException(cause);
      }
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("A function can't be called", impossible);
    }
  }
}
