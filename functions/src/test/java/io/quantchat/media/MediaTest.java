package io.quantchat.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Sha256;
import io.quantchat.testing.Answer;
import io.quantchat.testing.FakeS3;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attachments that are put at once. */
@StoreTest
class MediaTest {

  private static final Duration LIFE = Duration.ofDays(7);

  private final StoreTables tables;
  private final MediaFixture media;
  private final Upload upload = Upload.of(5_000);

  MediaTest(StoreTables tables) {
    this.tables = tables;
    this.media = new MediaFixture(tables);
  }

  @Test
  void whatIsUploadedIsGotByAnotherWhoKnowsItsId() {
    String id = media.uploaded(upload);
    Account ben = media.world.account("ben");

    Answer got = media.get(ben, id);

    assertThat(got.expect(200).path("size").asInt()).isEqualTo(5_000);
    assertThat(got.text("sha256")).isEqualTo(Upload.base64(Sha256.of(upload.bytes())));
    assertThat(media.follow(got).body().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(upload.bytes());
  }

  @Test
  void theAnswerSaysWhatToSendAndForHowLong() {
    JsonNode begun = media.begun(upload);

    assertThat(begun.path("media_id").asText()).matches("[A-Za-z0-9_-]{43}");
    assertThat(begun.path("expires_at").asText()).isEqualTo("2026-02-09T10:00:00.123Z");
    assertThat(begun.at("/upload/expires_at").asText()).isEqualTo("2026-02-02T10:15:00.000Z");
    assertThat(begun.at("/upload/multipart").asBoolean()).isFalse();
    JsonNode part = begun.at("/upload/parts/0");
    assertThat(part.path("url").asText())
        .startsWith(
            "https://media.s3.eu-west-1.amazonaws.com/media/" + begun.path("media_id").asText());
    assertThat(part.path("method").asText()).isEqualTo("PUT");
    assertThat(part.path("size").asInt()).isEqualTo(5_000);
    assertThat(part.path("headers"))
        .isEqualTo(
            World.json(
                "{\"content-type\": \"application/octet-stream\", \"x-amz-checksum-sha256\": \""
                    + Upload.base64(Sha256.of(upload.bytes()))
                    + "\"}"));
    assertThat(begun.at("/upload/parts")).hasSize(1);
  }

  @Test
  void aLinkTakesItsBytesAloneAndNoOthers() {
    JsonNode part = media.begun(upload).at("/upload/parts/0");
    byte[] other = upload.bytes().clone();
    other[17] ^= 1;
    byte[] longer = new byte[upload.bytes().length + 1];

    assertThat(media.put(part, other).body()).contains("BadDigest");
    assertThat(media.put(part, longer).body()).contains("SignatureDoesNotMatch");
    var otherHeaders = new HashMap<>(MediaFixture.headers(part));
    otherHeaders.put("x-amz-checksum-sha256", Upload.base64(Sha256.of(other)));
    String url = part.path("url").asText();
    assertThat(media.world.s3.follow("PUT", url, otherHeaders, other).status()).isEqualTo(403);
    var otherType = new HashMap<>(MediaFixture.headers(part));
    otherType.put("content-type", "text/html");
    assertThat(media.world.s3.follow("PUT", url, otherType, upload.bytes()).status())
        .isEqualTo(403);
    assertThat(media.world.s3.follow("GET", url, Map.of(), new byte[0]).status()).isEqualTo(403);
    assertThat(media.put(part, upload.bytes()).status()).isEqualTo(200);
  }

  @Test
  void aLinkToUploadIsGoodForAQuarterOfAnHourAndMadeAnew() {
    JsonNode begun = media.begun(upload);
    media.world.clock.advance(Duration.ofMinutes(15));

    assertThat(media.put(begun.at("/upload/parts/0"), upload.bytes()).status()).isEqualTo(403);
    JsonNode renewed = media.renew(begun.path("media_id").asText()).expect(200);
    assertThat(renewed.path("expires_at")).isEqualTo(begun.path("expires_at"));
    assertThat(media.put(renewed.at("/upload/parts/0"), upload.bytes()).status()).isEqualTo(200);
  }

  @Test
  void aLinkToDownloadIsGoodForFiveMinutesAndAlwaysSaves() {
    String id = media.uploaded(upload);
    Answer got = media.get(id);

    assertThat(got.body().at("/download/expires_at").asText())
        .isEqualTo("2026-02-02T10:05:00.000Z");
    assertThat(got.body().at("/download/method").asText()).isEqualTo("GET");
    assertThat(got.body().at("/download/url").asText())
        .contains("response-content-type=application%2Foctet-stream")
        .contains("response-content-disposition=attachment")
        .contains("response-cache-control=no-store");
    String shown = got.body().at("/download/url").asText().replace("=attachment", "=inline");
    assertThat(media.world.s3.follow("GET", shown, Map.of(), new byte[0]).status()).isEqualTo(403);
    media.world.clock.advance(Duration.ofMinutes(5));
    assertThat(media.follow(got).status()).isEqualTo(403);
  }

  @Test
  void anAttachmentIsGoneAfterExactlySevenDays() {
    String id = media.uploaded(upload);
    media.world.clock.advance(LIFE.minusMillis(1));
    FakeS3.Reply last = media.follow(media.get(id));
    JsonNode lastLink = media.get(id).body();
    media.world.clock.advance(Duration.ofMillis(1));

    assertThat(last.status()).isEqualTo(200);
    assertThat(lastLink.at("/download/expires_at").asText()).startsWith("2026-02-09T10:00:01");
    assertThat(media.get(id).status()).isEqualTo(404);
    assertThat(media.renew(id).status()).isEqualTo(404);
    assertThat(media.complete(id).status()).isEqualTo(404);
    assertThat(media.delete(id, upload.secret()).status()).isEqualTo(404);
  }

  @Test
  void aLinkToDownloadEndsWithTheAttachment() {
    String id = media.uploaded(upload);
    media.world.clock.advance(LIFE.minusSeconds(100));

    assertThat(media.get(id).expect(200).at("/download/expires_at").asText())
        .isEqualTo("2026-02-09T10:00:00.000Z");
  }

  @Test
  void whoHasTheSecretDeletesAndNobodyElse() {
    String id = media.uploaded(upload);

    assertThat(media.delete(id, new byte[32]).status()).isEqualTo(403);
    assertThat(media.get(id).status()).isEqualTo(200);
    assertThat(media.delete(id, upload.secret()).status()).isEqualTo(204);
    assertThat(media.get(id).status()).isEqualTo(404);
    assertThat(media.delete(id, upload.secret()).status()).isEqualTo(404);
    assertThat(media.world.s3.object("media/" + id)).isEmpty();
  }

  @Test
  void whatIsPutAtOnceNeedsNoCompletion() {
    String id = media.uploaded(upload);

    assertThat(media.complete(id).detail(409)).contains("whole");
  }

  @Test
  void nothingTellsWhoUploaded() {
    String id = media.uploaded(upload);
    String table = tables.name("MediaTable");

    var item =
        tables
            .client()
            .getItem(get -> get.tableName(table).key(Map.of("media_id", AttributeValue.fromS(id))))
            .item();

    assertThat(item.toString()).doesNotContain(media.ada.userId());
    assertThat(item.keySet())
        .containsExactlyInAnyOrder(
            "media_id", "size", "sha256", "delete_hash", "exact_expiry", "expires_at");
  }

  @Test
  void whereTheBucketIsOnTheApisOwnHostLinksArePathsSignedForIt() {
    var world = new World(tables);
    var here =
        new MediaFixture(
            world,
            host -> {
              var environment =
                  host.environment()
                      .with(Variable.MEDIA_URL, "/quantchat-media")
                      .with(Variable.MEDIA_ENDPOINT, "http://127.0.0.1:8080/quantchat-media");
              return host.with(() -> world.s3.bucket(environment));
            });
    var event = here.request("POST", "/media", here.ada).put("body", upload.toJson().toString());
    event.withObject("/headers").put("Host", "chat.example.com:8443");

    JsonNode part = here.call(event).expect(201).at("/upload/parts/0");

    String url = part.path("url").asText();
    assertThat(url).startsWith("/quantchat-media/media/");
    assertThat(follow(world, "http://chat.example.com:8443" + url, part).status()).isEqualTo(200);
    assertThat(follow(world, "http://other.example.com:8443" + url, part).status()).isEqualTo(403);
  }

  private FakeS3.Reply follow(World world, String url, JsonNode part) {
    return world.s3.follow("PUT", url, MediaFixture.headers(part), upload.bytes());
  }
}
