package io.quantchat.relay;

import java.util.Optional;

/**
 * How far back a queue was read, newest first.
 *
 * @param before the id to go on before; nothing where it wasn't looked at, or is at its end
 * @param atEnd whether there is no more
 */
record Spot(Optional<String> before, boolean atEnd) {

  /** Nothing of the queue was read. */
  static final Spot AT_NEWEST = new Spot(Optional.empty(), false);

  /** All of the queue was read. */
  static final Spot AT_END = new Spot(Optional.empty(), true);

  /** To go on before this id; at the end where there is none. */
  static Spot before(Optional<String> id) {
    return id.isPresent() ? new Spot(id, false) : AT_END;
  }
}
