package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import java.util.List;

/**
 * The outcome of one acknowledged id.
 *
 * @param found whether the message was in the inbox, and now is gone
 */
public record Acknowledgement(String messageId, boolean found) {

  /** The result as it goes out over REST and sockets alike. */
  ObjectNode toJson() {
    return Json.object()
        .put("message_id", messageId)
        .put("status", found ? "acknowledged" : "not_found");
  }

  /** Results in their order. */
  public static ArrayNode toJson(List<Acknowledgement> results) {
    ArrayNode list = Json.array();
    results.forEach(result -> list.add(result.toJson()));
    return list;
  }
}
