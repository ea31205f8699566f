package io.quantchat.contacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quantchat.http.AnswerBudget;
import io.quantchat.http.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * All contacts of an account in one answer, as the original client asks for them. Nobody is ever
 * missing: what has no room is left out in this order, the largest first, so that whom nobody could
 * list for the size of a few keeps the few waiting and not all others: keys, then full names, in
 * whose place the username stands. Without both, {@value ContactService#MOST_CONTACTS} of the
 * longest usernames and addresses have room.
 */
final class WholeList {

  /**
   * Bytes of the answer as a JSON string inside of the function's answer, of which Lambda takes
   * 6,291,556 (Lambda quotas, synchronous invocation payload), less its head.
   */
  static final int LARGEST = 6 * 1024 * 1024 - 4096;

  /**
   * What an entry can do without.
   *
   * @param value what it has, if there is room
   * @param bytes how many more that is than what it has else
   */
  private record Extra(ObjectNode entry, String field, JsonNode value, long bytes) {
    void restore() {
      entry.set(field, value);
    }
  }

  private static final Comparator<Extra> LARGEST_FIRST =
      Comparator.comparingLong(Extra::bytes).reversed();

  private final Instant now;
  private final ArrayNode entries = Json.array();
  private final PriorityQueue<Extra> keys = new PriorityQueue<>(LARGEST_FIRST);
  private final PriorityQueue<Extra> names = new PriorityQueue<>(LARGEST_FIRST);
  private long bytes;

  /** An empty list of contacts as they are now. */
  WholeList(Instant now) {
    this.now = now;
  }

  /** Adds a contact behind those before. */
  void add(Peer peer) {
    ObjectNode entry = peer.toJsonWithoutKeys(now).putNull(Peer.KEY);
    entry.putArray(Peer.KEYS);
    JsonNode fullName = entry.get(Peer.FULL_NAME);
    entry.put(Peer.FULL_NAME, peer.account().username());
    entries.add(entry);
    bytes += AnswerBudget.sizeOf(entry);
    if (!fullName.equals(entry.get(Peer.FULL_NAME))) {
      offer(names, entry, Peer.FULL_NAME, fullName);
    }
    peer.account()
        .publicKey()
        .ifPresent(key -> offer(keys, entry, Peer.KEY, TextNode.valueOf(key)));
    ArrayNode list = Peer.keysOf(peer.account());
    if (!list.isEmpty()) {
      offer(keys, entry, Peer.KEYS, list);
    }
    leaveOut();
  }

  private void offer(PriorityQueue<Extra> extras, ObjectNode entry, String field, JsonNode value) {
    long more = AnswerBudget.sizeOf(value) - AnswerBudget.sizeOf(entry.get(field));
    extras.add(new Extra(entry, field, value, more));
    bytes += more;
  }

  private void leaveOut() {
    while (bytes > LARGEST && !(keys.isEmpty() && names.isEmpty())) {
      bytes -= (keys.isEmpty() ? names : keys).remove().bytes();
    }
  }

  /** The answer. */
  ArrayNode toJson() {
    keys.forEach(Extra::restore);
    names.forEach(Extra::restore);
    return entries;
  }
}
