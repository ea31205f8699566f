package io.quantchat.crypto;

import java.util.UUID;

/**
 * Where a message stands among those of its sender to its recipient.
 *
 * @param epoch a random id: the sender's program begins another one, at 1, when it can't know any
 *     more which numbers it has used
 * @param number from 1, one higher each time
 */
public record StreamPlace(UUID epoch, long number) {

  /**
   * @throws RefusedException MALFORMED
   */
  public StreamPlace {
    RefusedException.require(
        number >= 1 && number <= WireFields.LARGEST_NUMBER, Refusal.MALFORMED, "content.number");
  }
}
