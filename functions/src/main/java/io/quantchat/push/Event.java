package io.quantchat.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;

/**
 * Something a client is told over its socket.
 *
 * @param type what happened
 * @param payload its fields
 */
public record Event(Type type, ObjectNode payload) {

  /** The largest message that API Gateway posts to a socket, in bytes (API Gateway quotas). */
  public static final int LARGEST_FRAME = 128 * 1024;

  /** Every event that a client may get. */
  public enum Type {
    NEW_MESSAGE("new_message"),
    MESSAGE_QUEUED("message_queued"),
    MESSAGE_SENT("message_sent"),
    MESSAGE_DELIVERED("message_delivered"),
    MESSAGE_READ("message_read"),
    TYPING("typing"),
    CONTACT_ADDED("contact_added"),
    PREKEYS_LOW("prekeys_low"),
    USER_ONLINE("user_online"),
    USER_OFFLINE("user_offline"),
    ACKNOWLEDGED("acknowledged"),
    PONG("pong"),
    ERROR("error");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** The value of the frame's {@code type}. */
    public String wireName() {
      return wireName;
    }
  }

  /** The frame: {@code {"type": ..., "payload": {...}}} in UTF-8. */
  public byte[] toFrame() {
    try {
      return Json.MAPPER.writeValueAsBytes(
          Json.object().put("type", type.wireName()).<ObjectNode>set("payload", payload));
    } catch (JsonProcessingException unwritable) {
      throw new IllegalStateException("A tree of JSON can always be written", unwritable);
    }
  }
}
