package io.quantchat.crypto;

import java.time.Instant;
import java.util.UUID;

/**
 * A message as somebody writes it.
 *
 * @param messageId fresh, UUIDv7: the same for every try to send it
 * @param created when it was written, milliseconds
 * @param plaintext a {@link Content}: at most {@link #LONGEST_TEXT} bytes
 */
public record OutgoingMessage(
    UUID messageId, Instant created, byte[] plaintext, MediaRefs mediaRefs) {

  /** Bytes of the longest text: with all around it, it fits into a request. */
  public static final int LONGEST_TEXT = Padding.LONGEST_TEXT;

  /** One without attachments. */
  public OutgoingMessage(UUID messageId, Instant created, byte[] plaintext) {
    this(messageId, created, plaintext, MediaRefs.NONE);
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "OutgoingMessage[" + messageId + "]";
  }
}
