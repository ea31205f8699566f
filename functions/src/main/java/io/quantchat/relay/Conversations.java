package io.quantchat.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Parallel;
import io.quantchat.http.AnswerBudget;
import io.quantchat.http.Json;
import io.quantchat.relay.RelayMessageStore.Queue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The messages that the relay still holds between two accounts, as one of them may see them: what
 * the other sent and this one hasn't acknowledged, and what this one sent and the other hasn't.
 * What this one sent while blocked looks like any other, or the block could be told from it; what a
 * blocked one sent here is not shown.
 */
final class Conversations {

  /** How much of a queue is searched, in MiB: it may be full of what others sent. */
  private static final int MOST_STRETCHES = 8;

  private static final int FRAME_BYTES = 1024;

  private final RelayMessageStore messages;
  private final Clock clock;

  /** Conversations in these messages. */
  Conversations(RelayMessageStore messages, Clock clock) {
    this.messages = messages;
    this.clock = clock;
  }

  /** Messages between the two, oldest first. Where they are more than 4 MiB, the newest of them. */
  ArrayNode between(String userId, String contactId) {
    Instant now = clock.instant();
    List<Function<Optional<String>, RelayMessageStore.Stretch>> searches =
        List.of(
            before -> messages.sentBy(userId, Queue.WITHHELD, contactId, before, now),
            before -> messages.sentBy(userId, Queue.INBOX, contactId, before, now),
            before -> messages.sentBy(contactId, Queue.INBOX, userId, before, now));
    // One of an id: blocked between two tries, its sender has it in both queues.
    var byId = new TreeMap<String, Message>();
    for (List<Message> found : Parallel.map(searches, Conversations::newest)) {
      found.forEach(message -> byId.put(message.id(), message));
    }
    return oldestFirst(byId);
  }

  private static List<Message> newest(
      Function<Optional<String>, RelayMessageStore.Stretch> search) {
    var found = new ArrayList<Message>();
    Optional<String> before = Optional.empty();
    int stretches = 0;
    do {
      RelayMessageStore.Stretch stretch = search.apply(before);
      found.addAll(stretch.messages());
      before = stretch.examinedUpTo();
      stretches++;
    } while (before.isPresent() && stretches < MOST_STRETCHES);
    return found;
  }

  private static ArrayNode oldestFirst(NavigableMap<String, Message> byId) {
    var budget = new AnswerBudget(PendingPage.UNLIMITED_BYTES - FRAME_BYTES);
    var newestFirst = new ArrayList<JsonNode>();
    for (Map.Entry<String, Message> entry : byId.descendingMap().entrySet()) {
      ObjectNode json = entry.getValue().toConversationJson();
      if (!budget.takes(json)) {
        break;
      }
      newestFirst.add(json);
    }
    return Json.array().addAll(newestFirst.reversed());
  }
}
