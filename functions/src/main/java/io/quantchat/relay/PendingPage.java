package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.AnswerBudget;
import io.quantchat.http.Json;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * One page of pending messages while it fills up. It is closed by the first message that has no
 * room. Whoever fills it says where it ends too early; there is a cursor wherever there may be
 * more.
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
  private final NavigableMap<String, Message> messages = new TreeMap<>();
  private Optional<String> goesOnBehind = Optional.empty();
  private boolean full;

  /** An empty page for at most so many messages. */
  PendingPage(OptionalInt limit) {
    most = limit.orElse(Integer.MAX_VALUE);
    budget = new AnswerBudget((limit.isPresent() ? LIMITED_BYTES : UNLIMITED_BYTES) - FRAME_BYTES);
  }

  /**
   * Adds messages in order until one has no room.
   *
   * @param behind where the first of them was looked for; empty for the inbox's beginning
   */
  void addAll(Optional<String> behind, Iterable<Message> next) {
    Optional<String> last = behind;
    for (Message message : next) {
      if (!full && !add(message)) {
        full = true;
        last.ifPresent(this::endsBefore);
      }
      last = Optional.of(message.id());
    }
  }

  /** Whether no more fits. */
  boolean isFull() {
    return full;
  }

  /** Something may lie behind this id that isn't in the page. */
  void endsBefore(String id) {
    goesOnBehind = Optional.of(goesOnBehind.filter(other -> other.compareTo(id) < 0).orElse(id));
  }

  private boolean add(Message message) {
    if (messages.containsKey(message.id())) {
      return true;
    }
    // The first always fits: else nothing would ever get past a message larger than a page.
    boolean fits = messages.size() < most && (budget.takes(message.toJson()) || messages.isEmpty());
    if (fits) {
      messages.put(message.id(), message);
    }
    return fits;
  }

  /** The messages, oldest first. */
  Collection<Message> messages() {
    return messages.values();
  }

  /**
   * The answer.
   *
   * @param shown the page's messages as they are to be seen
   */
  ObjectNode toJson(Collection<Message> shown) {
    ObjectNode json = Json.object().put("success", true).put("count", shown.size());
    ArrayNode list = json.putArray("messages");
    shown.forEach(message -> list.add(message.toJson()));
    return json.put("next_cursor", goesOnBehind.map(id -> new Cursor(id).toText()).orElse(null));
  }
}
