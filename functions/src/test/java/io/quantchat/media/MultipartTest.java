package io.quantchat.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Parallel;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Attachments that are uploaded in parts. */
@StoreTest
class MultipartTest {

  private static final Upload UPLOAD = Upload.of((16 << 20) + 5);

  private final MediaFixture media;

  MultipartTest(StoreTables tables) {
    this.media = new MediaFixture(tables);
  }

  @Test
  void partsAreUploadedCompletedAndGotAsOne() {
    JsonNode begun = media.begun(UPLOAD);
    String id = begun.path("media_id").asText();
    assertThat(begun.at("/upload/multipart").asBoolean()).isTrue();
    assertThat(begun.at("/upload/parts")).hasSize(3);
    assertThat(begun.at("/upload/parts/2/offset").asLong()).isEqualTo(16 << 20);
    assertThat(begun.at("/upload/parts/2/size").asLong()).isEqualTo(5);
    media.putAll(begun, UPLOAD);
    assertThat(media.get(id).status()).isEqualTo(404);

    media.complete(id).expect(204);

    assertThat(media.get(id).expect(200).path("size").asInt()).isEqualTo(UPLOAD.bytes().length);
    assertThat(media.world.s3.object("media/" + id).orElseThrow()).isEqualTo(UPLOAD.bytes());
  }

  @Test
  void whoGoesOnIsGivenLinksOfThePartsThatAreMissing() {
    JsonNode begun = media.begun(UPLOAD);
    String id = begun.path("media_id").asText();
    media.put(begun.at("/upload/parts/1"), UPLOAD.parts().get(1));
    media.world.clock.advance(Duration.ofMinutes(16));

    Answer early = media.complete(id);
    JsonNode renewed = media.renew(id).expect(200);

    assertThat(early.expect(409).path("missing").toString()).isEqualTo("[1,3]");
    assertThat(numbers(renewed)).containsExactly(1, 3);
    media.putAll(renewed, UPLOAD);
    assertThat(numbers(media.renew(id).expect(200))).isEmpty();
    media.complete(id).expect(204);
    assertThat(numbers(media.renew(id).expect(200))).isEmpty();
    media.complete(id).expect(204);
  }

  @Test
  void aPartGoesIntoItsOwnPlaceAlone() {
    JsonNode begun = media.begun(UPLOAD);

    assertThat(media.put(begun.at("/upload/parts/0"), UPLOAD.parts().get(1)).body())
        .contains("BadDigest");
    String first = begun.at("/upload/parts/0/url").asText();
    assertThat(
            media
                .world
                .s3
                .follow(
                    "PUT",
                    first.replace("partNumber=1", "partNumber=2"),
                    MediaFixture.headers(begun.at("/upload/parts/0")),
                    UPLOAD.parts().get(0))
                .status())
        .isEqualTo(403);
  }

  @Test
  void anUploadThatTheBucketGaveUpIsGone() {
    String id = media.begun(UPLOAD).path("media_id").asText();
    media.world.s3.giveUploadsUp();

    assertThat(media.renew(id).detail(410)).contains("begin another");
    assertThat(media.complete(id).status()).isEqualTo(410);
    assertThat(media.delete(id, UPLOAD.secret()).status()).isEqualTo(204);
  }

  @Test
  void deletingGivesAnUploadUp() {
    JsonNode begun = media.begun(UPLOAD);
    String id = begun.path("media_id").asText();
    media.put(begun.at("/upload/parts/0"), UPLOAD.parts().getFirst());

    media.delete(id, UPLOAD.secret()).expect(204);

    assertThat(media.world.s3.uploads()).isZero();
    assertThat(media.put(begun.at("/upload/parts/1"), UPLOAD.parts().get(1)).status())
        .isEqualTo(404);
    assertThat(media.renew(id).status()).isEqualTo(404);
  }

  @Test
  void aHundredWhoCompleteAndRenewAtOnceAllSucceed() {
    JsonNode begun = media.begun(UPLOAD);
    String id = begun.path("media_id").asText();
    media.putAll(begun, UPLOAD);

    List<Integer> statuses =
        Parallel.map(
            IntStream.range(0, 100).boxed().toList(),
            i -> (i % 2 == 0 ? media.complete(id) : media.renew(id)).status());

    assertThat(statuses).containsOnly(200, 204);
    assertThat(media.world.s3.object("media/" + id).orElseThrow()).isEqualTo(UPLOAD.bytes());
    assertThat(media.get(id).status()).isEqualTo(200);
  }

  @Test
  void ofThoseWhoCompleteAndDeleteAtOnceNobodyLeavesWhatCanBeGot() {
    JsonNode begun = media.begun(UPLOAD);
    String id = begun.path("media_id").asText();
    media.putAll(begun, UPLOAD);

    List<Integer> statuses =
        Parallel.map(
            IntStream.range(0, 20).boxed().toList(),
            i -> (i % 2 == 0 ? media.complete(id) : media.delete(id, UPLOAD.secret())).status());

    assertThat(statuses).contains(204).isSubsetOf(204, 404, 410);
    assertThat(media.get(id).status()).isEqualTo(404);
    assertThat(media.world.s3.uploads()).isZero();
  }

  private static List<Integer> numbers(JsonNode answer) {
    return StreamSupport.stream(answer.at("/upload/parts").spliterator(), false)
        .map(part -> part.path("number").asInt())
        .toList();
  }
}
