package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Times;
import io.quantchat.http.Json;

/**
 * A message that is stored for its recipient.
 *
 * @param message as it was stored first
 * @param isRepeat whether an earlier request had stored it
 */
public record Queued(Message message, boolean isRepeat) {

  /** {@code message_id}, {@code status}, {@code created_at} and {@code expires_at}. */
  public ObjectNode toJson() {
    return Json.object()
        .put("message_id", message.id())
        .put("status", "queued")
        .put("created_at", Times.format(message.createdAt()))
        .put("expires_at", Times.format(message.expiresAt()));
  }
}
