package io.quantchat.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Sha256;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;
import java.util.Base64;

/** Somebody uploads an attachment at once, and another in parts; both are got and deleted. */
final class MediaRehearsal {

  private static final long IN_PARTS = 20L << 20;

  private MediaRehearsal() {}

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    String token = stage.tokenOf(stage.newId());
    var secret = new byte[32];
    stage.random().nextBytes(secret);
    ObjectNode small =
        Json.object()
            .put("size", 1)
            .put("sha256", base64(secret))
            .put("delete_hash", base64(Sha256.of(secret)));
    ObjectNode large = small.deepCopy().put("size", IN_PARTS);
    var parts = large.putArray("parts");
    for (int i = 0; i < Piece.count(IN_PARTS); i++) {
      parts.add(base64(secret));
    }
    play(stage, token, secret, small, "GET /media/{media_id}");
    play(stage, token, secret, large, "POST /media/{media_id}/complete");
  }

  private static void play(
      RehearsalStage stage, String token, byte[] secret, ObjectNode asked, String uploaded)
      throws IOException {
    JsonNode begun = stage.play(addressed(stage.request("POST /media", token, asked)));
    String id = begun.path("media_id").textValue();
    stage.play(about(id, stage.request("POST /media/{media_id}/parts", token)));
    stage.play(about(id, stage.request(uploaded, token)));
    ObjectNode deletion = Json.object().put("secret", base64(secret));
    stage.play(about(id, stage.request("DELETE /media/{media_id}", token, deletion)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static ObjectNode about(String id, ObjectNode event) {
    event.putObject("pathParameters").put("media_id", id);
    return addressed(event);
  }

  private static ObjectNode addressed(ObjectNode event) {
    event.withObject("/headers").put("Host", "rehearsal");
    return event;
  }
}
