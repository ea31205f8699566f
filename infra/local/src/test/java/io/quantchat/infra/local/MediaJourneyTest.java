package io.quantchat.infra.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Sha256;
import io.quantchat.infra.local.contract.ContractCheck;
import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.journey.Accounts;
import io.quantchat.infra.local.journey.Api;
import io.quantchat.infra.stack.Tables;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attachments through the whole runner: by links that its functions made, into its own bucket. */
class MediaJourneyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PIECE = 8 << 20;
  private static final byte[] SECRET = "the secret of who may delete it!".getBytes(UTF_8);
  private static final String MEDIA = "/media/{media_id}";

  /** That of the machine, and as far ahead as it is told to be. */
  private static final class MovedClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("UTC alone.");
    }
  }

  @TempDir Path data;

  private final MovedClock clock = new MovedClock();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> log = new ArrayList<>();
  private LocalGateway gateway;
  private Api api;
  private Accounts.User ada;

  @BeforeEach
  void start() throws Exception {
    run();
    ada = new Accounts(api).register("ada@example.org", "correct horse battery staple");
  }

  @AfterEach
  void stop() {
    gateway.close();
    http.close();
  }

  private void run() throws Exception {
    gateway =
        LocalGateway.start(
            new Options(
                Listening.onLocalhost(0),
                new Place.Folder(data),
                Optional.empty(),
                Path.of(System.getProperty("quantchat.template")),
                RunnerProcess.WITHOUT_LIMITS,
                Tables.Reaping.NEVER,
                line -> {
                  synchronized (log) {
                    log.add(line);
                  }
                }),
            UnaryOperator.identity(),
            clock);
    api = Api.withoutSocket(gateway.restUrl(), new ContractCheck());
  }

  private void restart() throws Exception {
    gateway.close();
    run();
  }

  private void logIn() throws Exception {
    String body =
        JSON.createObjectNode()
            .put("email", ada.email())
            .put("password", "correct horse battery staple")
            .toString();
    JsonNode session =
        api.call("POST", "/auth/login", "/auth/login", Optional.empty(), Optional.of(body))
            .expect(200);
    ada =
        new Accounts.User(
            ada.id(),
            ada.email(),
            session.get("access_token").textValue(),
            session.get("refresh_token").textValue());
  }

  @Test
  void aPictureIsPutGotAndDeletedByItsSecret() throws Exception {
    byte[] picture = bytes(1_000_000);
    JsonNode begun = begin(picture);
    String path = "/media/" + begun.get("media_id").textValue();

    HttpResponse<byte[]> put = put(begun.at("/upload/parts/0"), picture);
    JsonNode found = call("GET", MEDIA, path).expect(200);
    HttpResponse<byte[]> got = get(found, "bytes=0-");
    HttpResponse<byte[]> range = get(found, "bytes=999990-");
    HttpResponse<byte[]> another = put(begun.at("/upload/parts/0"), bytes(1_000_000));

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(picture);
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(picture, 999_990, 1_000_000));
    assertThat(got.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(got.headers().firstValue("content-disposition")).hasValue("attachment");
    assertThat(got.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(another.statusCode()).isEqualTo(400);

    ObjectNode secret =
        JSON.createObjectNode().put("secret", Base64.getEncoder().encodeToString(SECRET));
    assertThat(api.call("DELETE", MEDIA, path, ada.token(), Optional.of(secret.toString())))
        .extracting(Api.Answer::status)
        .isEqualTo(204);
    assertThat(call("GET", MEDIA, path).status()).isEqualTo(404);
    assertThat(get(found, "bytes=0-").statusCode()).isEqualTo(403);
    assertThat(objects()).isEmpty();
  }

  @Test
  void aFileInPartsIsGoneOnWithAfterARestart() throws Exception {
    byte[] file = bytes(2 * PIECE + 1_000);
    JsonNode begun = begin(file);
    String path = "/media/" + begun.get("media_id").textValue();
    JsonNode parts = begun.at("/upload/parts");
    assertThat(parts).hasSize(3);
    assertThat(put(parts.get(1), part(file, 2)).statusCode()).isEqualTo(200);

    restart();

    assertThat(put(parts.get(0), part(file, 1)).statusCode())
        .as("a link of the process before")
        .isEqualTo(403);
    assertThat(call("POST", MEDIA + "/complete", path + "/complete").status()).isEqualTo(409);
    JsonNode left = call("POST", MEDIA + "/parts", path + "/parts").expect(200).at("/upload/parts");
    assertThat(left).extracting(part -> part.get("number").intValue()).containsExactly(1, 3);
    for (JsonNode part : left) {
      assertThat(put(part, part(file, part.get("number").intValue())).statusCode()).isEqualTo(200);
    }
    assertThat(call("GET", MEDIA, path).status()).as("not completed").isEqualTo(404);
    assertThat(call("POST", MEDIA + "/complete", path + "/complete").status()).isEqualTo(204);
    assertThat(call("POST", MEDIA + "/complete", path + "/complete").status()).isEqualTo(204);
    restart();

    assertThat(get(call("GET", MEDIA, path).expect(200), "bytes=0-").body()).isEqualTo(file);
    assertThat(objects()).hasSize(1);
  }

  @Test
  void linksAndAttachmentsEndByTheClock() throws Exception {
    byte[] picture = bytes(1_000);
    JsonNode begun = begin(picture);
    String path = "/media/" + begun.get("media_id").textValue();
    clock.ahead = Duration.ofMinutes(16);
    logIn();

    assertThat(put(begun.at("/upload/parts/0"), picture).statusCode()).isEqualTo(403);
    JsonNode again = call("POST", MEDIA + "/parts", path + "/parts").expect(200);
    assertThat(put(again.at("/upload/parts/0"), picture).statusCode()).isEqualTo(200);
    JsonNode found = call("GET", MEDIA, path).expect(200);
    assertThat(get(found, "bytes=0-").body()).isEqualTo(picture);
    clock.ahead = Duration.ofMinutes(22);
    assertThat(get(found, "bytes=0-").statusCode()).isEqualTo(403);

    clock.ahead = Duration.ofDays(7).minusMinutes(5);
    logIn();
    JsonNode late = call("GET", MEDIA, path).expect(200);
    clock.ahead = Duration.ofDays(7);
    assertThat(call("GET", MEDIA, path).status()).isEqualTo(404);
    assertThat(get(late, "bytes=0-").statusCode()).isEqualTo(403);

    clock.ahead = Duration.ofDays(7).plusMinutes(17);
    restart();
    awaitNoObject();
  }

  @Test
  void noLinkIsInTheLog() throws Exception {
    byte[] picture = bytes(1_000);
    JsonNode begun = begin(picture);
    assertThat(put(begun.at("/upload/parts/0"), picture).statusCode()).isEqualTo(200);
    String path = "/media/" + begun.get("media_id").textValue();
    assertThat(get(call("GET", MEDIA, path).expect(200), "bytes=0-").body()).isEqualTo(picture);
    gateway.close();

    synchronized (log) {
      assertThat(log)
          .anyMatch(line -> line.startsWith("PUT /quantchat-media/media/"))
          .noneMatch(line -> line.contains("Signature") || line.contains("?"));
    }
  }

  private JsonNode begin(byte[] file) throws Exception {
    ObjectNode asked =
        JSON.createObjectNode()
            .put("size", file.length)
            .put("sha256", sha256(file))
            .put("delete_hash", sha256(SECRET));
    if (file.length > 2 * PIECE) {
      for (int number = 1; (number - 1) * PIECE < file.length; number++) {
        asked.withArray("parts").add(sha256(part(file, number)));
      }
    }
    return api.call("POST", "/media", "/media", ada.token(), Optional.of(asked.toString()))
        .expect(201);
  }

  private static byte[] part(byte[] file, int number) {
    return Arrays.copyOfRange(file, (number - 1) * PIECE, Math.min(number * PIECE, file.length));
  }

  private Api.Answer call(String method, String resource, String path) throws Exception {
    return api.call(method, resource, path, ada.token(), Optional.empty());
  }

  private HttpResponse<byte[]> put(JsonNode link, byte[] bytes) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.restUrl().resolve(link.get("url").textValue()))
            .timeout(Patience.LONGEST)
            .method(link.get("method").textValue(), BodyPublishers.ofByteArray(bytes));
    link.get("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().textValue()));
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(JsonNode found, String range) throws Exception {
    URI url = gateway.restUrl().resolve(found.at("/download/url").textValue());
    return http.send(
        HttpRequest.newBuilder(url).timeout(Patience.LONGEST).header("Range", range).build(),
        BodyHandlers.ofByteArray());
  }

  private List<Path> objects() throws Exception {
    try (Stream<Path> all = Files.walk(data.resolve("objects"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void awaitNoObject() throws Exception {
    long end = System.nanoTime() + Patience.LONGEST.toNanos();
    while (!objects().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(objects()).isEmpty();
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random().nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    return Base64.getEncoder().encodeToString(Sha256.of(bytes));
  }
}
