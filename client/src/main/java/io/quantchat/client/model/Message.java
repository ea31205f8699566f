package io.quantchat.client.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One message of a conversation, sent or received.
 *
 * @param id UUIDv7, minted by the sender
 * @param contactId the other person
 * @param created milliseconds; what the sender says
 * @param arrived milliseconds; when it came in, or was written, by the clock here; what an import
 *     can't know is as its sender says
 * @param details how it was encrypted ({@code crypto_version}, {@code mode}, ...), why it failed;
 *     of an imported one what its file claims: JSON values
 */
public record Message(
    UUID id,
    UUID senderId,
    UUID contactId,
    Instant created,
    Instant arrived,
    MessageState state,
    String text,
    Map<String, Object> details) {

  /** The detail that says why a message failed. */
  public static final String FAILURE = "failure";

  /**
   * The detail of a message that came without a one-time prekey although so many were on offer: its
   * sender was kept from taking one, or the server withholds them.
   */
  public static final String ON_OFFER = "one_time_keys_on_offer";

  /**
   * The detail that says that the recipient hasn't proved how far this message is: it is the
   * server's word alone.
   */
  public static final String UNPROVEN = "unproven";

  /**
   * The detail that says that this message came while its sender was no contact, as the relay says.
   */
  public static final String STRANGER = "stranger";

  /** The detail that says that this message can't be read any more; its text is empty. */
  public static final String DAMAGED = "damaged";

  /**
   * The detail that says how often this message was sealed again, for the recipient's program could
   * not open it or has lost it.
   */
  public static final String SEALED_AGAIN = "sealed_again";

  /** The detail that says how many files this message has. */
  public static final String FILES = "files";

  /**
   * The detail that says that another message came under the same number: its sender's program went
   * on from a copy.
   */
  public static final String REPEATED_NUMBER = "repeated_number";

  /**
   * The detail of an imported message that holds all that the file said of it, its {@code state}
   * with the rest. These are claims: nothing that goes by details sees them.
   */
  public static final String CLAIMED = "claimed";

  /**
   * Details of one way out: of a message that goes out again under a new id nothing of them is true
   * any more.
   */
  public static final Set<String> OF_ITS_WAY =
      Set.of(FAILURE, UNPROVEN, "crypto_version", "encryption_algorithm", "kdf_algorithm", "mode");

  public Message {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** A message of which nobody here knows when it arrived: then when its sender says. */
  public Message(
      UUID id,
      UUID senderId,
      UUID contactId,
      Instant created,
      MessageState state,
      String text,
      Map<String, Object> details) {
    this(id, senderId, contactId, created, created, state, text, details);
  }

  /** Whether the contact sent it. */
  public boolean isIncoming() {
    return senderId.equals(contactId);
  }

  /** Whether a file brought it: it was neither sent nor received here. */
  public boolean isImported() {
    return state == MessageState.IMPORTED;
  }

  /** The same message with one more detail. */
  public Message with(String detail, Object value) {
    var more = new LinkedHashMap<>(details);
    more.put(detail, value);
    return new Message(id, senderId, contactId, created, arrived, state, text, more);
  }

  /** The same message without one of its details. */
  public Message without(String detail) {
    var fewer = new LinkedHashMap<>(details);
    fewer.remove(detail);
    return new Message(id, senderId, contactId, created, arrived, state, text, fewer);
  }

  /** The same message in another state. */
  public Message in(MessageState other) {
    return new Message(id, senderId, contactId, created, arrived, other, text, details);
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "Message[" + id + ", " + state + "]";
  }
}
