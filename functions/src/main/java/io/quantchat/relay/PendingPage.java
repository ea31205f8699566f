package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.AnswerBudget;
import io.quantchat.http.Json;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One page of pending messages while it fills up. It is closed by the first message that has no
 * room, so there is a cursor exactly where there is more.
 */
final class PendingPage {

  /**
   * Bytes of messages in a page whose number of messages was limited: what one query gives at
   * least, so that no second one is paid for. It ends before the item that would take it over 1 MiB
   * (<a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html">Paginating
   * table query results</a>), and an item is smaller than its JSON.
   */
  static final int LIMITED_BYTES = 1024 * 1024 - RelayHandler.LARGEST_REQUEST;

  /**
   * Bytes of messages in any other page: for a client that doesn't know cursors as many as can be,
   * and well within the 6 MB that Lambda answers with.
   */
  static final int UNLIMITED_BYTES = 4 * 1024 * 1024;

  /** The JSON that surrounds the messages. */
  private static final int FRAME_BYTES = 1024;

  private final int most;
  private final AnswerBudget budget;
  private final ArrayNode messages = Json.array();
  private String lastId;
  private boolean full;

  /** An empty page for at most so many messages. */
  PendingPage(OptionalInt limit) {
    most = limit.orElse(Integer.MAX_VALUE);
    budget = new AnswerBudget((limit.isPresent() ? LIMITED_BYTES : UNLIMITED_BYTES) - FRAME_BYTES);
  }

  /** Adds messages in order until one has no room. */
  void addAll(Iterable<Message> next) {
    for (Message message : next) {
      if (!full) {
        add(message);
      }
    }
  }

  /** Whether there is a next page. */
  boolean isFull() {
    return full;
  }

  private void add(Message message) {
    ObjectNode json = message.toJson();
    // The first always fits: else nothing would ever get past a message larger than a page.
    if (messages.size() == most || (!budget.takes(json) && !messages.isEmpty())) {
      full = true;
      return;
    }
    messages.add(json);
    lastId = message.id();
  }

  /** The answer. */
  ObjectNode toJson() {
    ObjectNode json = Json.object().put("success", true).put("count", messages.size());
    json.set("messages", messages);
    return json.put("next_cursor", nextCursor().map(Cursor::toText).orElse(null));
  }

  private Optional<Cursor> nextCursor() {
    return full ? Optional.of(new Cursor(lastId)) : Optional.empty();
  }
}
