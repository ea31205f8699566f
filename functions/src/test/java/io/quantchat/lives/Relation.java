package io.quantchat.lives;

/**
 * One has another as a contact, or has blocked it. A read that isn't consistent may show for some
 * writes what was before.
 */
final class Relation {

  /** More than a stale read looks back. */
  static final long SEEN_BY_ALL = 60;

  private Known state = Known.NO;
  private long changedAt = -SEEN_BY_ALL;

  /** What every consistent read shows. */
  Known state() {
    return state;
  }

  /**
   * What every read shows.
   *
   * @param writes how many the store has done
   */
  Known seenByAll(long writes) {
    return writes - changedAt > SEEN_BY_ALL ? state : Known.MAYBE;
  }

  void becomes(Known newState, long writes) {
    if (state != newState) {
      state = newState;
      changedAt = writes;
    }
  }
}
