package io.quantchat.client.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One message of a conversation, sent or received.
 *
 * @param id UUIDv7, minted by the sender
 * @param contactId the other person
 * @param created milliseconds; what the sender says
 * @param details how it was encrypted ({@code crypto_version}, {@code mode}, ...), why it failed,
 *     and whatever an import brought along: JSON values
 */
public record Message(
    UUID id,
    UUID senderId,
    UUID contactId,
    Instant created,
    MessageState state,
    String text,
    Map<String, Object> details) {

  /** The detail that says why a message failed. */
  public static final String FAILURE = "failure";

  /** The detail that says that this message can't be read any more; its text is empty. */
  public static final String DAMAGED = "damaged";

  public Message {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** Whether the contact sent it. */
  public boolean isIncoming() {
    return senderId.equals(contactId);
  }

  /** The same message with one more detail. */
  public Message with(String detail, Object value) {
    var more = new LinkedHashMap<>(details);
    more.put(detail, value);
    return new Message(id, senderId, contactId, created, state, text, more);
  }

  /** The same message in another state. */
  public Message in(MessageState other) {
    return new Message(id, senderId, contactId, created, other, text, details);
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "Message[" + id + ", " + state + "]";
  }
}
