package io.quantchat.limits;

/**
 * Whether uses were counted.
 *
 * @param left how many are left of the window, where they were not
 */
record Verdict(boolean isLetThrough, long left) {

  static final Verdict LET_THROUGH = new Verdict(true, 0);

  static Verdict refused(long left) {
    return new Verdict(false, Math.max(0, left));
  }
}
