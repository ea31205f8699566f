package io.quantchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.auth.CheapAuth;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.infra.stack.FunctionSpec;
import io.quantchat.infra.stack.RestApiSpec.Route;
import io.quantchat.keys.KeyOwner;
import io.quantchat.push.Connection;
import io.quantchat.testing.Answer;
import io.quantchat.testing.GoldenEvent;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.Tries;
import io.quantchat.testing.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a caller sends is the caller's fault: it is refused in words, and is neither logged nor
 * counted as a fault of ours. {@code -Dquantchat.odd.inputs} says how often each route and each
 * type of frame is tried with a seed.
 */
class OddInputTest {

  private static final StoreTables TABLES = StoreTables.embedded();
  private static final int ROUNDS = Integer.getInteger("quantchat.odd.inputs", 2);
  private static final List<String> READ_BODIES =
      List.of("/auth/login", "/auth/register", "/contacts", "/relay/send", "/keys/bundle");
  private static final String SOCKET_FUNCTION = "ConnectionsFunction";

  private final World world = new World(TABLES);
  private final Map<String, RequestStreamHandler> functions = new HashMap<>();
  private final Account ada = world.account("ada");
  private final Account ben = world.account("ben");
  private final Connection socket = world.socketOf(ada);

  OddInputTest() {
    world.areContacts(ada, ben);
  }

  @AfterAll
  static void dropTheTables() {
    TABLES.close();
  }

  @AfterEach
  void nothingIsLoggedAsAFaultOfOurs() {
    assertThat(world.lambda.log()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e99999999999", "-1e-99999999999", "1e999999999", "[[{\"n\":1e2147483648}]]"})
  void aFrameWithANumberThatNothingCanCountWithIsNoJson(String number) {
    JsonNode error =
        frame("ping", "{\"type\":\"ping\",\"payload\":{\"n\":" + number + "}}").path("payload");

    assertThat(error.path("status").asInt()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "1e999999999", "{\"n\":-1e-2147483648}"})
  void aBodyWithANumberThatNothingCanCountWithIsNoJson(String number) {
    for (Route route : routes()) {
      ObjectNode event = event(route, new Random(1)).put("body", "{\"n\":" + number + "}");

      Answer answer = world.call(function(route.functionId()), event);

      assertThat(answer.status()).as(route.toString()).isLessThan(500);
      if (READ_BODIES.contains(route.resource()) && !route.method().equals("GET")) {
        assertThat(answer.status()).as(route.toString()).isEqualTo(400);
      }
    }
  }

  @Test
  void aBodyThatIsSaidToBeBase64AndIsNoneIsRefused() {
    ObjectNode event =
        ProxyEvent.of("POST", "/auth/login").put("body", "no base64!").put("isBase64Encoded", true);

    assertThat(world.call(function("AuthFunction"), event).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"exp\":9223372036854775807}",
        "{\"iat\":-9223372036854775808}",
        "{\"exp\":1e99999999999}",
        "{\"sub\":1e99999999999}",
        "{\"nbf\":[[[[1e99999999999]]]]}",
        "{\"aud\":[1,null,{}]}",
        "[]",
        "null",
        ""
      })
  void aTokenThatSaysWhatNoTokenSaysIsRefused(String payload) {
    String token = token("{\"alg\":\"ES256\",\"kid\":\"k\"}", payload);

    Answer answer =
        world.call(
            function("AuthFunction"), World.withToken(ProxyEvent.of("GET", "/users/me"), token));

    assertThat(answer.status()).isEqualTo(401);
  }

  @Tries(4)
  void whateverIsSentIsAnsweredAndNeverOurFault(Random random) {
    var odd = new OddJson(random);
    for (int round = 0; round < ROUNDS; round++) {
      for (Route route : routes()) {
        playRequest(route, odd, random);
      }
      for (String type : StoreTables.stack().socket().routes().keySet()) {
        playFrame(type, odd);
      }
      playHandshake(odd, random);
      world.clock.advance(Duration.ofMinutes(1));
    }
  }

  private void playRequest(Route route, OddJson odd, Random random) {
    ObjectNode event = event(route, random);
    if (random.nextInt(3) == 0) {
      oddParameters(event, odd, random);
    }
    String body = odd.of(body(route, random));
    boolean encoded = random.nextInt(8) == 0;
    event.put("isBase64Encoded", encoded);
    event.put("body", encoded && random.nextBoolean() ? bytesOf(body, random) : body);

    Answer answer = attempt(event, () -> world.call(function(route.functionId()), event));

    assertThat(answer.status()).as("%s", event).isBetween(200, 499);
    assertThat(world.lambda.log()).as("%s", event).isEmpty();
    if (answer.status() >= 400) {
      assertThat(answer.body().path("status").asInt()).as("%s", event).isEqualTo(answer.status());
    }
  }

  private void playFrame(String type, OddJson odd) {
    if (type.equals("$connect") || type.equals("$disconnect")) {
      return;
    }
    ObjectNode good = Json.object().put("type", type);
    String text = odd.of(good.set("payload", fields(new Random(seedOf(type)))));

    JsonNode answer = attempt(good, () -> frame(type, text));

    assertThat(answer.at("/payload/status").asInt(400)).as("%s", text).isBetween(400, 499);
    assertThat(world.lambda.log()).as("%s", text).isEmpty();
  }

  private static long seedOf(String type) {
    return type.hashCode();
  }

  /** To the authorizer, failing with exactly this word is refusing. */
  private void playHandshake(OddJson odd, Random random) {
    ObjectNode event = GoldenEvent.SOCKET_AUTHORIZER.json();
    ObjectNode query = Json.object();
    query.put(random.nextBoolean() ? "token" : "ticket", oddText(odd, random));
    event.set("queryStringParameters", random.nextInt(8) == 0 ? null : query);
    try {
      world.answer(function("SocketAuthorizerFunction"), event);
    } catch (RuntimeException refused) {
      assertThat(refused).as("%s", event).hasMessage("Unauthorized");
    }
  }

  private void oddParameters(ObjectNode event, OddJson odd, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> event.withObject("/headers").put("Authorization", oddText(odd, random));
      case 1 -> World.withToken(event, oddText(odd, random));
      case 2 -> {
        ObjectNode query = Json.object();
        for (String name : List.of("limit", "cursor", "take", "if_version", "user_id")) {
          query.put(name, oddText(odd, random));
        }
        event.set("queryStringParameters", query);
      }
      default ->
          event
              .withObject("/pathParameters")
              .properties()
              .forEach(member -> member.setValue(Json.object().textNode(oddText(odd, random))));
    }
  }

  private String oddText(OddJson odd, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> odd.value();
      case 1 -> "%" + odd.value();
      case 2 -> token("{\"alg\":\"ES256\",\"kid\":" + odd.value() + "}", odd.of(fields(random)));
      case 3 -> Base64.getUrlEncoder().encodeToString(bytes(random, random.nextInt(100)));
      default -> world.tokenOf(ada) + odd.value();
    };
  }

  /** A good request: what is odd is put into it. Each comes from another address. */
  private ObjectNode event(Route route, Random random) {
    ObjectNode event = ProxyEvent.of(route.method(), route.resource());
    event
        .withObject("/requestContext")
        .withObject("/identity")
        .put("sourceIp", "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), 7));
    for (String part : route.resource().split("/", -1)) {
      if (part.startsWith("{")) {
        event.withObject("/pathParameters").put(part.substring(1, part.length() - 1), ben.userId());
      }
    }
    ObjectNode query = Json.object().put("take", "1");
    event.set("queryStringParameters", query);
    return World.withToken(event, world.tokenOf(ada));
  }

  private ObjectNode body(Route route, Random random) {
    var owner = new KeyOwner(ada);
    return switch (route.method() + " " + route.resource()) {
      case "PUT /keys/bundle" -> KeyOwner.json(owner.bundle(1, world.clock.instant()));
      case "POST /keys/prekeys" -> KeyOwner.json(owner.batch(1, world.clock.instant()));
      default -> fields(random);
    };
  }

  /** Every field that some request has: each takes those that it knows. */
  private ObjectNode fields(Random random) {
    ObjectNode fields =
        Json.object()
            .put("email", "odd." + UUID.randomUUID() + "@example.org")
            .put("password", "correct horse battery staple")
            .put("new_password", "correct horse battery staples")
            .put("username", "odd")
            .put("full_name", "Odd One")
            .put("public_key", "key")
            .put("refresh_token", "A".repeat(64))
            .put("token", "A".repeat(43))
            .put("code", "123456")
            .put("session_id", "A".repeat(22))
            .put("is_typing", true)
            .put("is_read", true)
            .put("sender_id", ben.userId())
            .put("recipient_id", ben.userId())
            .put("encrypted_content", "Y29udGVudCBhbmQgbW9yZSBjb250ZW50")
            .put("created_at", world.clock.instant().toString());
    String id = Ids.timeOrdered(world.clock.instant(), random);
    if (random.nextBoolean()) {
      fields.put("message_id", id).put("contact_id", ben.userId());
    } else {
      fields.put("contact_email", ben.email()).putArray("message_ids").add(id).add(id);
    }
    fields.putObject("encrypted_session_key").put("n", 1).put("key", "value").putArray("list");
    fields.putArray("signatures").addObject().put("signature", "c2lnbmF0dXJl");
    fields.putArray("media_refs").add("89a4ce85-c0ee-47f4-aa19-e381e9da010e");
    fields
        .putArray("public_keys")
        .addObject()
        .put("key_id", "1")
        .put("algorithm", "a")
        .put("key_data", "d");
    return fields;
  }

  private JsonNode frame(String type, String text) {
    ObjectNode event = world.socketEvent("MESSAGE", type, socket).put("body", text);
    JsonNode answer = world.answer(function(SOCKET_FUNCTION), event);
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    return answer.has("body") ? World.json(answer.path("body").asText()) : answer;
  }

  private static <T> T attempt(JsonNode event, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException thrown) {
      throw new AssertionError("Threw at " + event, thrown);
    }
  }

  private RequestStreamHandler function(String logicalId) {
    return functions.computeIfAbsent(logicalId, this::build);
  }

  private RequestStreamHandler build(String logicalId) {
    FunctionSpec spec = StoreTables.stack().functions().get(logicalId);
    Class<? extends RequestStreamHandler> handler = World.handlerOf(spec);
    Host host = world.hostOf(handler);
    return logicalId.equals("AuthFunction") ? CheapAuth.on(host) : World.function(handler, host);
  }

  private static List<Route> routes() {
    return StoreTables.stack().rest().routes();
  }

  private static String token(String header, String payload) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(new byte[64]);
  }

  private static String bytesOf(String body, Random random) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
