package io.quantchat.relay;

import io.quantchat.relay.RelayMessageStore.Stretch;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Looks for the messages of one page. What one call reads is bounded, whatever lies in the inbox:
 * rows that have expired are left until DynamoDB reaps them, which it may do days late, and there
 * may be megabytes of them before the first message. So a page may hold few messages, or none, and
 * have a cursor.
 */
final class InboxWalk {

  /** Queries of one call, each of 1 MiB at most: what fills the largest page, and one more. */
  static final int MOST_STRETCHES = 5;

  /** Queries of a call that says how many messages it wants. */
  static final int MOST_STRETCHES_LIMITED = 2;

  private final RelayMessageStore messages;
  private final String userId;
  private final Instant now;
  private final PendingPage page;
  private int left;

  /** The rows of the next query; 0 for 1 MiB of them. */
  private int mostExamined;

  private InboxWalk(RelayMessageStore messages, String userId, OptionalInt limit, Instant now) {
    this.messages = messages;
    this.userId = userId;
    this.now = now;
    this.page = new PendingPage(limit);
    this.left = limit.isPresent() ? MOST_STRETCHES_LIMITED : MOST_STRETCHES;
    // One more than the page takes, to know whether there is more. Should expired rows have taken
    // their place, then as many as one query gives: an inbox may hold thousands until they are
    // reaped.
    this.mostExamined = limit.isPresent() ? limit.getAsInt() + 1 : 0;
  }

  /** The page behind a cursor, or the first one of so many messages: in order. */
  static PendingPage inOrder(
      RelayMessageStore messages,
      String userId,
      OptionalInt limit,
      Optional<Cursor> cursor,
      Instant now) {
    var walk = new InboxWalk(messages, userId, limit, now);
    walk.goOn(cursor.map(Cursor::afterId), stretch -> false).ifPresent(walk.page::endsBefore);
    return walk.page;
  }

  /**
   * The page of a client that may know of no cursors, and must see in one answer what is there.
   * Where expired rows lie before it, they are passed over, and looked through last, for what work
   * is left: among them is at most what waited at its sender's for long.
   */
  static PendingPage whole(RelayMessageStore messages, String userId, Instant now) {
    var walk = new InboxWalk(messages, userId, OptionalInt.empty(), now);
    String fresh = RelayMessageStore.earliestFresh(now);
    Predicate<Stretch> isFresh = stretch -> isAt(stretch, fresh);
    Optional<String> passed =
        walk.goOn(Optional.empty(), stretch -> stretch.leftOut() > 0 && !isAt(stretch, fresh));
    if (passed.isPresent() && walk.left > 0) {
      walk.goOn(Optional.of(fresh), stretch -> false).ifPresent(walk.page::endsBefore);
      if (!walk.page.isFull()) {
        passed = walk.goOn(passed, isFresh).filter(id -> id.compareTo(fresh) < 0);
      }
    }
    passed.ifPresent(walk.page::endsBefore);
    return walk.page;
  }

  private static boolean isAt(Stretch stretch, String id) {
    return stretch.examinedUpTo().filter(last -> last.compareTo(id) < 0).isEmpty();
  }

  /**
   * Reads on until the page is full, the inbox ends, or enough was read.
   *
   * @param isEnough whether to read no further than this stretch
   * @return where there may be more; empty at the inbox's end, and where the page says so itself
   */
  private Optional<String> goOn(Optional<String> from, Predicate<Stretch> isEnough) {
    Optional<String> after = from;
    while (left > 0 && !page.isFull()) {
      Stretch stretch = messages.pending(userId, after, mostExamined, now);
      left--;
      mostExamined = 0;
      page.addAll(after, stretch.messages());
      after = stretch.examinedUpTo();
      if (after.isEmpty() || isEnough.test(stretch)) {
        break;
      }
    }
    return page.isFull() ? Optional.empty() : after;
  }
}
