package io.quantchat.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.testing.Budgeted;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Counts what attachments ask of DynamoDB; see {@link io.quantchat.BudgetsTest}. */
class MediaBudgetTest {

  private static final StoreTables TABLES = StoreTables.embedded();
  private static final Upload SMALL = Upload.of(1_000);
  private static final Upload LARGE = Upload.of((16 << 20) + 1);

  private final World world = new World(TABLES);
  private final MediaFixture media = new MediaFixture(world, host -> host.with(world.counted()));

  /** Whoever asks first has the keys of tokens looked up. */
  @BeforeEach
  void askOnce() {
    media.begun(SMALL);
  }

  @AfterAll
  static void dropTheTables() {
    TABLES.close();
  }

  @Test
  void beginningToUpload(TestInfo test) throws Exception {
    ObjectNode event = media.request("POST", "/media", media.ada);
    holds("media_begin", event.put("body", SMALL.toJson().toString()), test);
  }

  @Test
  void gettingALinkToDownload(TestInfo test) throws Exception {
    holds("media_get", about(media.uploaded(SMALL), "GET", ""), test);
  }

  @Test
  void goingOnWithAnUploadInParts(TestInfo test) throws Exception {
    String id = media.begun(LARGE).path("media_id").asText();
    holds("media_parts", about(id, "POST", "/parts"), test);
  }

  @Test
  void completingAnUploadInParts(TestInfo test) throws Exception {
    JsonNode begun = media.begun(LARGE);
    media.putAll(begun, LARGE);
    holds("media_complete", about(begun.path("media_id").asText(), "POST", "/complete"), test);
  }

  @Test
  void deleting(TestInfo test) throws Exception {
    ObjectNode body = Json.object().put("secret", Upload.base64(SMALL.secret()));
    ObjectNode event = about(media.uploaded(SMALL), "DELETE", "");
    holds("media_delete", event.put("body", body.toString()), test);
  }

  private ObjectNode about(String id, String method, String behind) {
    String resource = "/media/{media_id}" + behind;
    return MediaFixture.about(id, media.request(method, resource, media.ada));
  }

  private void holds(String operation, ObjectNode event, TestInfo test) throws Exception {
    Budgeted.holds(operation, world, media.handler, event, test);
  }
}
