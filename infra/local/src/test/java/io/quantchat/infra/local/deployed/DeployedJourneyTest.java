package io.quantchat.infra.local.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Sha256;
import io.quantchat.infra.local.gateway.Json;
import io.quantchat.infra.local.journey.Accounts;
import io.quantchat.infra.local.journey.Api;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people write to each other through a stack that {@code ./quantchat deploy} made. */
@Tag("localstack")
@ExtendWith(OnLocalStack.class)
class DeployedJourneyTest {
  private static final String PASSWORD = "correct horse battery staple";

  /** How long a function may sign with the key that was rolled away. */
  private static final Duration ROLLED_EVERYWHERE = Duration.ofSeconds(75);

  private static DeployedStack stack;
  private static Api api;

  private Accounts.User ada;
  private Accounts.User ben;

  @BeforeAll
  static void start(DeployedStack deployed, Api deployedApi) {
    stack = deployed;
    api = deployedApi;
  }

  @BeforeEach
  void register() throws Exception {
    Accounts accounts = new Accounts(api);
    ada = accounts.register("ada-" + UUID.randomUUID() + "@example.com", PASSWORD);
    ben = accounts.register("ben-" + UUID.randomUUID() + "@example.com", PASSWORD);
    accounts.addByEmail(ada, ben.email());
  }

  @Test
  void aMessageWaitsForItsRecipientUntilItIsAcknowledged() throws Exception {
    String id = send(ada, ben, "Hello!");

    String bensToken = login(ben);
    JsonNode pending = get("/relay/pending", bensToken);
    assertThat(pending.get("count").intValue()).isEqualTo(1);
    JsonNode message = pending.get("messages").get(0);
    assertThat(message.get("id").textValue()).isEqualTo(id);
    assertThat(message.get("sender_id").textValue()).isEqualTo(ada.id());
    assertThat(message.get("encrypted_content").textValue()).isEqualTo("Hello!");
    assertThat(
            Duration.between(
                Instant.parse(message.get("created_at").textValue()),
                Instant.parse(message.get("expires_at").textValue())))
        .isEqualTo(Duration.ofDays(7));

    ObjectNode acknowledgement = Json.MAPPER.createObjectNode().put("message_id", id);
    assertThat(post("/relay/acknowledge", bensToken, acknowledgement, 200).get("status"))
        .hasToString("\"acknowledged\"");
    assertThat(get("/relay/pending", bensToken).get("count").intValue()).isZero();
    post("/relay/acknowledge", bensToken, acknowledgement, 404);
  }

  @Test
  void anAttachmentGoesThroughTheBucketByLinks() throws Exception {
    byte[] bytes = "ciphertext".getBytes(StandardCharsets.UTF_8);
    String hash = Base64.getEncoder().encodeToString(Sha256.of(bytes));
    byte[] secret = new byte[32];
    ObjectNode upload =
        Json.MAPPER
            .createObjectNode()
            .put("size", bytes.length)
            .put("sha256", hash)
            .put("delete_hash", Base64.getEncoder().encodeToString(Sha256.of(secret)));
    JsonNode begun = post("/media", ada.accessToken(), upload, 201);
    String media = "/media/" + begun.get("media_id").textValue();
    JsonNode part = begun.at("/upload/parts/0");
    var put =
        HttpRequest.newBuilder(URI.create(part.get("url").textValue()))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
    part.get("headers")
        .properties()
        .forEach(header -> put.header(header.getKey(), header.getValue().textValue()));

    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(put.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      JsonNode found =
          api.call("GET", "/media/{media_id}", media, ben.token(), Optional.empty()).expect(200);
      URI link = URI.create(found.at("/download/url").textValue());
      var got = http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
      assertThat(got.body()).isEqualTo(bytes);
      assertThat(got.headers().firstValue("content-disposition")).contains("attachment");
      String body = "{\"secret\": \"" + Base64.getEncoder().encodeToString(secret) + "\"}";
      api.call("DELETE", "/media/{media_id}", media, ben.token(), Optional.of(body)).expect(204);
      assertThat(
              http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.discarding())
                  .statusCode())
          .isIn(403, 404);
    }
  }

  @Test
  void nobodyReadsOrAcknowledgesWhatIsAnothers() throws Exception {
    String id = send(ada, ben, "For Ben alone");

    assertThat(get("/relay/pending", ada.accessToken()).get("count").intValue()).isZero();
    post(
        "/relay/acknowledge",
        ada.accessToken(),
        Json.MAPPER.createObjectNode().put("message_id", id),
        404);
    assertThat(get("/relay/pending", ben.accessToken()).get("count").intValue()).isEqualTo(1);
  }

  @Test
  void rollingTheKeyLogsNobodyOut() throws Exception {
    String before = keyOf(ada.accessToken());

    Command.Outcome rolled = stack.rollKey();

    String key = rolled.orThrow().strip();
    assertThat(UUID.fromString(key)).hasToString(key).isNotEqualTo(UUID.fromString(before));
    get("/users/me", ada.accessToken());
    get("/contacts", ada.accessToken());
    String token = loginSignedBy(key);
    get("/users/me", token);
    get("/contacts", token);
    get("/relay/pending", token);
    get("/relay/pending", ada.accessToken());
  }

  @Test
  void deployingWhatIsThereAlreadyChangesNothing() throws Exception {
    String address = stack.restUrl().toString();

    Command.Outcome again = stack.deployAgain();

    assertThat(again.orThrow()).isEqualToIgnoringNewLines("RestUrl    " + address);
    get("/users/me", ada.accessToken());
  }

  private String loginSignedBy(String key) throws Exception {
    long deadline = System.nanoTime() + ROLLED_EVERYWHERE.toNanos();
    String token = login(ada);
    while (!keyOf(token).equals(key) && System.nanoTime() < deadline) {
      TimeUnit.SECONDS.sleep(1);
      token = login(ada);
    }
    assertThat(keyOf(token)).isEqualTo(key);
    return token;
  }

  private static String login(Accounts.User who) throws Exception {
    String credentials =
        Json.MAPPER
            .createObjectNode()
            .put("email", who.email())
            .put("password", PASSWORD)
            .toString();
    return api.call(
            "POST", "/auth/login", "/auth/login", Optional.empty(), Optional.of(credentials))
        .expect(200)
        .get("access_token")
        .textValue();
  }

  /** Which key signed a token (RFC 7515, section 4.1.4). */
  private static String keyOf(String token) throws Exception {
    byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    return Json.MAPPER.readTree(new String(header, StandardCharsets.UTF_8)).get("kid").textValue();
  }

  private static String send(Accounts.User sender, Accounts.User recipient, String content)
      throws Exception {
    ObjectNode message =
        Json.MAPPER
            .createObjectNode()
            .put("recipient_id", recipient.id())
            .put("encrypted_content", content)
            .put("encrypted_session_key", "key");
    return post("/relay/send", sender.accessToken(), message, 201).get("message_id").textValue();
  }

  private static JsonNode get(String route, String token) throws Exception {
    return api.call("GET", route, route, Optional.of(token), Optional.empty()).expect(200);
  }

  private static JsonNode post(String route, String token, JsonNode body, int status)
      throws Exception {
    return api.call("POST", route, route, Optional.of(token), Optional.of(body.toString()))
        .expect(status);
  }
}
