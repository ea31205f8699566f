package io.quantchat.crypto;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that was opened, and what goes with it.
 *
 * @param message what is remembered, so that it isn't taken twice
 * @param created what its sender says
 * @param spentPrekey the one-time prekey whose private parts are deleted now
 * @param plaintext gone when settling is done
 * @param sender remembers the suite: a weaker one later is a downgrade
 * @param receiptKey proves this end's receipts; wiped when settling is done
 */
public record Received(
    MessageKey message,
    Instant created,
    Suite suite,
    Mode mode,
    Optional<KeyId> spentPrekey,
    byte[] plaintext,
    MediaRefs mediaRefs,
    Peer sender,
    ReceiptKey receiptKey) {

  /**
   * What is inside. A text's files must be those that {@link #mediaRefs} says.
   *
   * @throws RefusedException WRONG_MEDIA, or what {@link Content#decode} and {@link
   *     MediaRefs#files} say
   */
  public Content content() {
    Content content = Content.decode(plaintext);
    if (content instanceof Content.Text text) {
      mediaRefs.requireOf(text.files());
    }
    return content;
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "Received[" + message + "]";
  }
}
