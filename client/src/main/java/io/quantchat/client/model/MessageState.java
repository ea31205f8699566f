package io.quantchat.client.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * How far a message is. States only move forward, in this order; a message that was thought to have
 * failed and turns out to have arrived moves on, too. One that was received is DELIVERED, then
 * READ. What a file brought moves nowhere: nothing is known here of its way.
 */
public enum MessageState {
  /** Kept here; it goes out as soon as it can. */
  SENDING(0),
  /** It will not be sent: its detail {@code failure} says why. */
  FAILED(1),
  /** The relay has it. */
  SENT(2),
  /** The recipient's program has it. */
  DELIVERED(3),
  READ(4),
  /**
   * A file brought it: it never went out or came in here, and nobody vouches for it but the file.
   * Only the real message of its id, where that comes in, takes its place.
   */
  IMPORTED(5);

  private final int rank;

  MessageState(int rank) {
    this.rank = rank;
  }

  /** How far that is: what it is stored as. */
  public long rank() {
    return rank;
  }

  /**
   * @throws IllegalArgumentException for another name
   */
  public static MessageState named(String wireName) {
    return Arrays.stream(values())
        .filter(state -> state.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("A message can't be in this state"));
  }

  /**
   * @throws IllegalArgumentException for another rank
   */
  public static MessageState ofRank(long rank) {
    return Arrays.stream(values())
        .filter(state -> state.rank == rank)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("A message can't be in this state"));
  }

  /** Its name in exports. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
