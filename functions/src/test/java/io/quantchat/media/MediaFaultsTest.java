package io.quantchat.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.testing.Answer;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.FakeS3;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that die between two steps, and a bucket that fails. */
class MediaFaultsTest {

  private static final StoreTables TABLES = StoreTables.embedded();
  private static final Upload SMALL = Upload.of(100);
  private static final Upload LARGE = Upload.of((16 << 20) + 1);

  private final World world = new World(TABLES);
  private final MediaFixture media = new MediaFixture(world, host -> host);

  /** The same, but that it dies before any of these operations on the table of attachments. */
  private MediaFixture dyingBefore(String operation) {
    return media.behind(
        (asked, request) -> {
          if (asked.equals(operation) && request.toString().contains(TABLES.name("MediaTable"))) {
            throw new Death();
          }
        });
  }

  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @AfterAll
  static void dropTheTables() {
    TABLES.close();
  }

  @Test
  void anUploadWhoseRowWasNeverWrittenIsOutOfReachAndGivenUpByTheBucket() {
    assertThat(dyingBefore("PutItem").begin(LARGE.toJson()).status()).isEqualTo(500);

    assertThat(world.s3.uploads()).isEqualTo(1);
    media.uploaded(LARGE);
  }

  @Test
  void partsThatBecameAnObjectUnnotedAreFoundByWhoCompletesAgain() {
    JsonNode begun = media.begun(LARGE);
    String id = begun.path("media_id").asText();
    media.putAll(begun, LARGE);
    assertThat(dyingBefore("UpdateItem").complete(id).status()).isEqualTo(500);
    assertThat(media.get(id).status()).isEqualTo(404);

    assertThat(media.renew(id).expect(200).at("/upload/parts")).isEmpty();
    media.complete(id).expect(204);

    assertThat(media.get(id).status()).isEqualTo(200);
    assertThat(world.s3.object("media/" + id).orElseThrow()).isEqualTo(LARGE.bytes());
  }

  @Test
  void anAttachmentWhoseObjectWasDeletedButNotItsRowIsDeletedByWhoTriesAgain() {
    String id = media.uploaded(SMALL);
    assertThat(dyingBefore("DeleteItem").delete(id, SMALL.secret()).status()).isEqualTo(500);
    assertThat(world.s3.object("media/" + id)).isEmpty();

    media.delete(id, SMALL.secret()).expect(204);

    assertThat(media.get(id).status()).isEqualTo(404);
  }

  @Test
  void anUploadThatWasGivenUpButNotDeletedIsDeletedByWhoTriesAgain() {
    String id = media.begun(LARGE).path("media_id").asText();
    world.s3.then(
        "DeleteObject",
        () -> {
          throw new Death();
        });
    assertThat(media.delete(id, LARGE.secret()).status()).isEqualTo(500);

    media.delete(id, LARGE.secret()).expect(204);

    assertThat(world.s3.uploads()).isZero();
    assertThat(media.renew(id).status()).isEqualTo(404);
  }

  @Test
  void anObjectThatALinkBringsBackIsOutOfReach() {
    JsonNode begun = media.begun(SMALL);
    String id = begun.path("media_id").asText();
    media.putAll(begun, SMALL);
    media.delete(id, SMALL.secret()).expect(204);

    media.putAll(begun, SMALL);

    assertThat(media.get(id).status()).isEqualTo(404);
  }

  @Test
  void anObjectThatIsMadeWhileItsRowIsDeletedIsDeletedToo() {
    JsonNode begun = media.begun(LARGE);
    String id = begun.path("media_id").asText();
    media.putAll(begun, LARGE);
    BeforeRequest deletingFirst =
        (asked, request) -> {
          if (asked.equals("UpdateItem")
              && request.toString().contains(TABLES.name("MediaTable"))) {
            media.delete(id, LARGE.secret()).expect(204);
          }
        };

    assertThat(media.behind(deletingFirst).complete(id).status()).isEqualTo(404);

    assertThat(world.s3.object("media/" + id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 409})
  void whatPassesIsTriedAgain(int status) {
    world.s3.then("CreateMultipartUpload", () -> FakeS3.error(status, "SlowDown"));
    world.s3.then(
        "CreateMultipartUpload",
        () -> {
          throw new IOException("reset");
        });
    world.s3.then("CompleteMultipartUpload", () -> FakeS3.error(200, "InternalError"));

    String id = media.uploaded(LARGE);

    assertThat(world.s3.isOver()).isTrue();
    assertThat(media.get(id).status()).isEqualTo(200);
  }

  @Test
  void aCompletionThatWasMadeAndNotAnsweredIsFoundMade() {
    JsonNode begun = media.begun(LARGE);
    String id = begun.path("media_id").asText();
    media.putAll(begun, LARGE);
    var twin = new MediaFixture(world, host -> host);
    world.s3.then(
        "CompleteMultipartUpload",
        () -> {
          twin.complete(id).expect(204);
          throw new IOException("reset");
        });

    media.complete(id).expect(204);

    assertThat(media.get(id).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "CreateMultipartUpload",
    "ListParts",
    "CompleteMultipartUpload",
    "AbortMultipartUpload"
  })
  void aBucketThatFailsForLongIsA503AndNothingIsLost(String operation) {
    JsonNode begun = media.begun(LARGE);
    String id = begun.path("media_id").asText();
    media.putAll(begun, LARGE);
    world.s3.asked();
    for (int i = 0; i < 3; i++) {
      world.s3.then(operation, () -> FakeS3.error(503, "SlowDown"));
    }

    Answer failed = ask(operation, id);

    assertThat(failed.detail(503)).contains("Try again");
    assertThat(failed.headers().path("Retry-After").asText()).isEqualTo("2");
    assertThat(world.s3.asked()).filteredOn(operation::equals).hasSize(3);
    assertThat(ask(operation, id).status()).isBetween(200, 204);
  }

  private Answer ask(String operation, String id) {
    return switch (operation) {
      case "CreateMultipartUpload" -> media.begin(LARGE.toJson());
      case "ListParts" -> media.renew(id);
      case "CompleteMultipartUpload" -> media.complete(id);
      default -> media.delete(id, LARGE.secret());
    };
  }

  @Test
  void aBucketThatRefusesIsAFaultOfOursAndNotTriedAgain() {
    world.s3.then("CreateMultipartUpload", () -> FakeS3.error(403, "AccessDenied"));

    assertThat(media.begin(LARGE.toJson()).status()).isEqualTo(500);
    assertThat(world.s3.asked()).containsExactly("CreateMultipartUpload");
  }

  @Test
  void whatIsPutAtOnceAndGotAsksTheBucketForNothing() {
    String id = media.uploaded(SMALL);
    media.get(id).expect(200);
    assertThat(world.s3.asked()).isEmpty();
  }
}
