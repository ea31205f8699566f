package io.quantchat.lives;

import io.quantchat.relay.Message;
import java.time.Instant;
import java.util.function.IntSupplier;

/** One message, as those know it who sent and got it. */
final class Letter {

  /** For so many steps. */
  private static final int LONGEST_LATE = 60;

  final String id;
  final Person from;
  final Person to;
  final String content;
  final Instant mintedAt;
  private final IntSupplier step;

  /** Whether it waits in the recipient's queue. */
  private Known held = Known.NO;

  /** Whether it ever may have come there. */
  private boolean wasPossible;

  /** Until this step a delete may still be on its way. */
  private int lateUntil;

  private Instant earliestEnd = Instant.MAX;
  private Instant latestEnd = Instant.MIN;

  /**
   * @param step counts the steps of all lives
   */
  Letter(String id, Person from, Person to, String content, Instant mintedAt, IntSupplier step) {
    this.step = step;
    this.id = id;
    this.from = from;
    this.to = to;
    this.content = content;
    this.mintedAt = mintedAt;
  }

  Known held() {
    return held;
  }

  boolean wasPossible() {
    return wasPossible;
  }

  /** A send was answered, and stored it: for sure where the recipient had surely not blocked. */
  void stored(Instant now, Known blocked) {
    if (blocked == Known.YES) {
      return;
    }
    extend(now, blocked == Known.NO);
    held = blocked == Known.NO || held == Known.YES ? there() : Known.MAYBE;
  }

  /** A send was answered, and had been stored before: where it waits, or where blocked ones do. */
  void repeated(Instant now, Known blocked) {
    if (blocked == Known.NO) {
      held = there();
    } else if (blocked == Known.MAYBE && held == Known.NO) {
      extend(now, true);
      held = Known.MAYBE;
    }
  }

  /** A send was answered, without saying whether it had been stored before. */
  void queued(Instant now, Instant latest, Known blocked) {
    if (blocked == Known.NO && !mustBeThere(latest)) {
      extend(now, held == Known.NO);
      held = there();
    } else {
      maybeStored(now, latest, blocked);
    }
  }

  /** A send was not answered. */
  void maybeStored(Instant now, Instant latest, Known blocked) {
    if (blocked != Known.YES && !mustBeThere(latest)) {
      extend(now, held == Known.NO);
      held = Known.MAYBE;
    }
  }

  private void extend(Instant now, boolean anew) {
    wasPossible = true;
    Instant end = now.plus(Message.RETENTION);
    earliestEnd = anew || end.isBefore(earliestEnd) ? end : earliestEnd;
    latestEnd = anew || end.isAfter(latestEnd) ? end : latestEnd;
  }

  /** It was seen in the queue, where a delete that wasn't answered may still come. */
  void seen() {
    held = there();
  }

  private Known there() {
    return step.getAsInt() < lateUntil ? Known.MAYBE : Known.YES;
  }

  /** It was deleted, or looked for in vain. */
  void gone() {
    held = Known.NO;
  }

  /** Deleting it was not answered, and may go on: of several at once one may have failed. */
  void maybeGone() {
    lateUntil = step.getAsInt() + LONGEST_LATE;
    held = held == Known.NO ? Known.NO : Known.MAYBE;
  }

  /**
   * Whether it must be there.
   *
   * @param latest the latest that any clock ever showed: what has expired once may be deleted
   */
  boolean mustBeThere(Instant latest) {
    return held == Known.YES && latest.isBefore(earliestEnd);
  }

  boolean mayBeThere(Instant now) {
    return held != Known.NO && now.isBefore(latestEnd);
  }

  @Override
  public String toString() {
    return "%s %s->%s %s [%s, %s]".formatted(id, from, to, held, earliestEnd, latestEnd);
  }
}
