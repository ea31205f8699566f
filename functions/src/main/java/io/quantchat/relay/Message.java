package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import io.quantchat.push.Event;
import java.time.Duration;
import java.time.Instant;

/**
 * One message that the relay holds.
 *
 * @param id UUIDv7; unique within the recipient's queue
 * @param createdAt as the sender says, else when it was stored; milliseconds
 * @param expiresAt from this time on it is gone, whether or not its row still exists
 * @param deliveryAttempts how many sockets it was to be pushed to when it was stored
 * @param sendNonce random; tells the request that stored the message from another of the same id
 * @param fromStranger whether the recipient hadn't added the sender when it was stored, nor has
 *     since, as far as that was looked up
 */
public record Message(
    String id,
    String senderId,
    String recipientId,
    Envelope envelope,
    Instant createdAt,
    Instant expiresAt,
    int deliveryAttempts,
    int sendNonce,
    boolean fromStranger) {

  /** Is true in what is handed to a recipient who hasn't added the sender; else it isn't there. */
  private static final String STRANGER = "stranger";

  /** How long the relay holds a message that nobody acknowledges. */
  public static final Duration RETENTION = Duration.ofDays(7);

  /** Whether another message says the same: a repeat of it changes nothing. */
  boolean repeats(Message other) {
    return senderId.equals(other.senderId) && envelope.equals(other.envelope);
  }

  /** The same message of somebody whom the recipient has added meanwhile. */
  Message fromContact() {
    return new Message(
        id,
        senderId,
        recipientId,
        envelope,
        createdAt,
        expiresAt,
        deliveryAttempts,
        sendNonce,
        false);
  }

  /** The message as {@code GET /relay/pending} hands it over. */
  ObjectNode toJson() {
    ObjectNode json =
        Json.object().put("id", id).put("sender_id", senderId).put("recipient_id", recipientId);
    envelope.writeTo(json);
    json.put("has_media", envelope.hasMedia());
    json.set("media_refs", envelope.mediaRefs());
    json.put("delivery_attempts", deliveryAttempts)
        .put("created_at", Times.format(createdAt))
        .put("expires_at", Times.format(expiresAt));
    return marked(json);
  }

  /** The message as a conversation shows it. */
  ObjectNode toConversationJson() {
    ObjectNode json =
        Json.object().put("id", id).put("sender_id", senderId).put("recipient_id", recipientId);
    envelope.writeTo(json);
    json.put("is_read", false).put("created_at", Times.format(createdAt));
    json.set("media_attachments", envelope.mediaAttachments());
    return marked(json);
  }

  private ObjectNode marked(ObjectNode json) {
    return fromStranger ? json.put(STRANGER, true) : json;
  }

  /**
   * The news for the recipient's sockets: the message itself or, where that is more than a socket
   * takes, that there is one to fetch.
   */
  Event toNewMessage() {
    ObjectNode payload = Json.object().put("message_id", id).put("sender_id", senderId);
    envelope.writeTo(payload);
    payload.put("timestamp", Times.format(createdAt)).put("has_media", envelope.hasMedia());
    payload.set("media_attachments", envelope.mediaAttachments());
    Event whole = new Event(Event.Type.NEW_MESSAGE, marked(payload));
    if (whole.toFrame().length <= Event.LARGEST_FRAME) {
      return whole;
    }
    return new Event(
        Event.Type.NEW_MESSAGE,
        marked(
            Json.object()
                .put("message_id", id)
                .put("sender_id", senderId)
                .put("timestamp", Times.format(createdAt))
                .put("fetch", true)));
  }

  /** The news for the sender's other devices. */
  Event toMessageSent() {
    return new Event(
        Event.Type.MESSAGE_SENT,
        Json.object()
            .put("message_id", id)
            .put("recipient_id", recipientId)
            .put("timestamp", Times.format(createdAt)));
  }
}
