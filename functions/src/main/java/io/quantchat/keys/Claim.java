package io.quantchat.keys;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A claim on the next prekeys of a batch.
 *
 * @param before the batch as it was before the claim, and as it still is if there was none
 * @param count how many prekeys were claimed; 0 where there were fewer than were asked for
 */
record Claim(Batch before, int count) {

  /** Whose alone they are now. */
  List<Place> places() {
    return IntStream.range(before.handedOut(), before.handedOut() + count)
        .mapToObj(index -> new Place(before.name(), index))
        .toList();
  }

  Batch after() {
    return before.withHandedOut(before.handedOut() + count);
  }
}
