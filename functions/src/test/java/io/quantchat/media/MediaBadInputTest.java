package io.quantchat.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaBadInputTest {

  private static final StoreTables TABLES = StoreTables.embedded();
  private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String NO_ID = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final long LARGEST = (100L << 20) + 65_536;

  private final MediaFixture media = new MediaFixture(TABLES);

  @AfterAll
  static void dropTheTables() {
    TABLES.close();
  }

  private static ObjectNode body() {
    return Upload.of(10).toJson();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "0",
        "-1",
        "1.5",
        "1e3",
        "\"10\"",
        "true",
        "[]",
        "{}",
        "9223372036854775808",
        "18446744073709551617"
      })
  void aSizeIsAWholeNumberOfBytes(String size) {
    ObjectNode body = body();
    body.set("size", World.json(size));

    assertThat(media.begin(body).expect(422).at("/errors/0/field").asText()).isEqualTo("size");
  }

  @ParameterizedTest
  @CsvSource({
    "sha256, null",
    "sha256, ''",
    "sha256, AAAA",
    "sha256, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "sha256, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
    "sha256, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_=",
    "delete_hash, null",
    "delete_hash, 0000000000000000000000000000000000000000000000000000000000000000",
  })
  void aHashIsThirtyTwoBytesInBase64(String field, String value) {
    ObjectNode body = body();
    body.put(field, "null".equals(value) ? null : value);

    assertThat(media.begin(body).expect(422).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    assertThat(media.begin(World.json("{\"size\": \"1\"}")).expect(422).path("errors")).hasSize(3);
  }

  @Test
  void partsAreForLargeOnesAlone() {
    ObjectNode body = body().put("size", 16 << 20);
    body.putArray("parts").add(HASH).add(HASH);
    assertThat(media.begin(body).detail(422)).contains("parts: must be absent");
    body.put("size", (16 << 20) + 1);
    assertThat(media.begin(body).detail(422)).contains("3 parts");
    body.withArray("/parts").add(HASH);
    assertThat(media.begin(body).status()).isEqualTo(201);
    body.withArray("/parts").add(HASH);
    assertThat(media.begin(body).status()).isEqualTo(422);
    body.putArray("parts").add(HASH).add(HASH).add("AAAA");
    assertThat(media.begin(body).status()).isEqualTo(422);
    body.put("parts", HASH);
    assertThat(media.begin(body).status()).isEqualTo(422);
    body.remove("parts");
    assertThat(media.begin(body).status()).isEqualTo(422);
  }

  @Test
  void theLargestIsTakenAndNothingLarger() {
    ObjectNode body = body().put("size", LARGEST);
    for (int i = 0; i < 13; i++) {
      body.withArray("/parts").add(HASH);
    }

    assertThat(media.begin(body).expect(201).at("/upload/parts")).hasSize(13);
    assertThat(media.begin(body.put("size", LARGEST + 1)).status()).isEqualTo(413);
    assertThat(media.begin(body.put("size", Long.MAX_VALUE)).status()).isEqualTo(413);
  }

  @Test
  void whatIsRefusedCountsForNothingAndLeavesNothing() {
    media.begin(body().put("size", LARGEST + 1)).expect(413);
    media.begin(body().put("sha256", "")).expect(422);

    assertThat(media.world.s3.asked()).isEmpty();
    assertThat(media.world.s3.uploads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "../../../../../../../../../../../../../../x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/A",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA A",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
      })
  void anIdThatIsNoneIsRefused(String id) {
    assertThat(media.get(id).status()).isEqualTo(422);
    assertThat(media.renew(id).status()).isEqualTo(422);
    assertThat(media.complete(id).status()).isEqualTo(422);
    assertThat(media.delete(id, new byte[32]).status()).isEqualTo(422);
  }

  @Test
  void anIdThatNobodyHasIsNotFound() {
    assertThat(media.get(NO_ID).status()).isEqualTo(404);
    assertThat(media.renew(NO_ID).status()).isEqualTo(404);
    assertThat(media.complete(NO_ID).status()).isEqualTo(404);
    assertThat(media.delete(NO_ID, new byte[32]).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"secret\": null}", "{\"secret\": \"AAAA\"}", "[]", "{", ""})
  void aSecretThatIsNoneIsRefused(String body) {
    String id = media.uploaded(Upload.of(10));

    Answer refused = media.call(MediaFixture.about(id, media.deletion()).put("body", body));

    assertThat(refused.status()).isIn(400, 422);
    assertThat(media.get(id).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "user@a", "a:b", "a:123456", "[::1", "a?b", "ä"})
  void aHostThatNoLinkCanBeSignedForIsRefused(String host) {
    ObjectNode event = media.request("POST", "/media", media.ada).put("body", body().toString());
    event.withObject("/headers").put("Host", host);

    assertThat(media.call(event).status()).isEqualTo(400);
  }

  @Test
  void withoutATokenThereIsNothing() {
    String id = media.uploaded(Upload.of(10));
    for (String route :
        new String[] {
          "POST /media",
          "GET /media/{media_id}",
          "DELETE /media/{media_id}",
          "POST /media/{media_id}/parts",
          "POST /media/{media_id}/complete"
        }) {
      String[] both = route.split(" ", 2);
      ObjectNode event = MediaFixture.about(id, media.request(both[0], both[1], media.ada));
      event.withObject("/headers").remove("Authorization");
      JsonNode refused = media.call(event.put("body", body().toString())).expect(401);
      assertThat(refused.path("title").asText()).isEqualTo("Unauthorized");
    }
  }
}
