package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Host;
import io.quantchat.http.AnswerBudget;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.relay.RelayMessageStore.Queue;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * All that waits for an account, as its owner gets it with all else that is held: what it will be
 * handed, and what is kept back from it, since it has blocked the senders.
 */
public final class HeldMessages {

  /** Bytes of messages in a page: what else is exported has room beside them within 6 MB. */
  static final int LARGEST_PAGE = 3 * 1024 * 1024;

  /** Queries of one page and queue, each of 1 MiB: it may be full of what has expired. */
  private static final int MOST_STRETCHES = 4;

  /** The first letter of a cursor says in which queue it goes on. */
  private static final String IN_INBOX = "i";

  private static final String IN_WITHHELD = "w";

  private final RelayMessageStore messages;
  private final Clock clock;

  /** The messages in a host's table. */
  public static HeldMessages of(Host host) {
    return new HeldMessages(RelayMessageStore.of(host), host.clock());
  }

  private HeldMessages(RelayMessageStore messages, Clock clock) {
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * One page, oldest first within each queue: {@code messages}, and the {@code next_cursor}, {@code
   * null} at the end.
   *
   * @param cursor of the page before
   * @throws Problem of kind INVALID for what is no such cursor
   */
  public ObjectNode page(String userId, Optional<String> cursor) {
    Instant now = clock.instant();
    var page = new Page(userId, now);
    String text = cursor.orElse(IN_INBOX);
    Optional<String> place = placeOf(text);
    Optional<String> next = Optional.empty();
    if (text.startsWith(IN_INBOX)) {
      next = page.fill(Queue.INBOX, IN_INBOX, place);
      place = Optional.empty();
    }
    if (next.isEmpty()) {
      next = page.fill(Queue.WITHHELD, IN_WITHHELD, place);
    }
    ObjectNode json = Json.object();
    json.set("messages", page.list);
    return json.put("next_cursor", next.orElse(null));
  }

  /** Where a cursor goes on; empty at a queue's beginning. */
  private static Optional<String> placeOf(String cursor) {
    boolean isOne = cursor.startsWith(IN_INBOX) || cursor.startsWith(IN_WITHHELD);
    if (isOne && cursor.length() == 1) {
      return Optional.empty();
    }
    Optional<Cursor> place = isOne ? Cursor.parse(cursor.substring(1)) : Optional.empty();
    return Optional.of(
        place
            .map(Cursor::afterId)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "cursor",
                        "must be the next_cursor of an earlier answer; leave it out to start")));
  }

  private static String cursor(String letter, Optional<String> place) {
    return letter + place.map(id -> new Cursor(id).toText()).orElse("");
  }

  /** A page while it fills up. */
  private final class Page {
    private final String userId;
    private final Instant now;
    private final AnswerBudget budget = new AnswerBudget(LARGEST_PAGE);
    private final ArrayNode list = Json.array();

    Page(String userId, Instant now) {
      this.userId = userId;
      this.now = now;
    }

    /** Adds a queue's messages; gives the cursor where some have no room. */
    Optional<String> fill(Queue queue, String letter, Optional<String> after) {
      Optional<String> place = after;
      for (int stretches = 0; stretches < MOST_STRETCHES; stretches++) {
        RelayMessageStore.Stretch stretch = messages.held(queue, userId, place, now);
        for (Message message : stretch.messages()) {
          ObjectNode json = message.toJson().put("withheld", queue == Queue.WITHHELD);
          // The first always fits: a message is smaller than a page.
          if (!budget.takes(json)) {
            return Optional.of(cursor(letter, place));
          }
          list.add(json);
          place = Optional.of(message.id());
        }
        place = stretch.examinedUpTo();
        if (place.isEmpty()) {
          return Optional.empty();
        }
      }
      return Optional.of(cursor(letter, place));
    }
  }
}
