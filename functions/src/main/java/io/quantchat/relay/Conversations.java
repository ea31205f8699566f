package io.quantchat.relay;

import static java.util.Comparator.naturalOrder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Parallel;
import io.quantchat.http.AnswerBudget;
import io.quantchat.http.Json;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.relay.RelayMessageStore.Stretch;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;

/**
 * The messages that the relay still holds between two accounts, as one of them may see them: what
 * the other sent and this one hasn't acknowledged; and, where each has the other as a contact, what
 * this one sent and the other hasn't. What this one sent while blocked looks like any other, or the
 * block could be told from it; what a blocked one sent here is not shown.
 *
 * <p>The other's queue may be full of what others sent, and a stranger could have it read again and
 * again: so it takes two who have each other, and one call reads 1 MiB at most of all queues
 * together.
 */
final class Conversations {

  /** What one call reads of all queues. */
  static final int MOST_BYTES = 1024 * 1024;

  /** What a row takes at most: DynamoDB counts a query's rows, not their bytes. */
  private static final int LARGEST_ROW = RelayHandler.LARGEST_REQUEST + 4096;

  /** Round trips of one call, however small the rows. */
  private static final int MOST_ROUNDS = 8;

  /** What one sent lies in the other's inbox, or is withheld from it. */
  private static final Set<Queue> QUEUES = EnumSet.of(Queue.INBOX, Queue.WITHHELD);

  private static final int FRAME_BYTES = 1024;

  private final RelayMessageStore messages;
  private final ContactStore contacts;
  private final Clock clock;

  /** Conversations in these messages, between who has whom in these contacts. */
  Conversations(RelayMessageStore messages, ContactStore contacts, Clock clock) {
    this.messages = messages;
    this.contacts = contacts;
    this.clock = clock;
  }

  /**
   * A page of a conversation.
   *
   * @param messages what was found, oldest first
   * @param next where older ones may be; empty at the end
   */
  record Page(List<Message> messages, Optional<ConversationCursor> next) {

    ArrayNode toJson() {
      ArrayNode list = Json.array();
      messages.forEach(message -> list.add(message.toConversationJson()));
      return list;
    }
  }

  /** The newest messages between the two behind a cursor. */
  Page between(String userId, String contactId, ConversationCursor from) {
    var look = new Look(userId, contactId, from);
    Future<Boolean> mutual = Parallel.start(look::seesTheirs);
    look.readOwn();
    if (Parallel.await(mutual)) {
      look.readTheirs();
    } else {
      look.sent = Spot.AT_END;
    }
    return look.page();
  }

  /** One call: what it has found, and what it may still read. */
  private final class Look {

    private final String userId;
    private final String contactId;
    private final Instant now = clock.instant();
    private final AnswerBudget answer = new AnswerBudget(PendingPage.UNLIMITED_BYTES - FRAME_BYTES);

    /** One of an id: blocked between two tries, its sender has it in both queues. */
    private final NavigableMap<String, Message> found = new TreeMap<>();

    private Spot own;
    private Spot sent;
    private long bytesLeft = MOST_BYTES;

    Look(String userId, String contactId, ConversationCursor from) {
      this.userId = userId;
      this.contactId = contactId;
      this.own = from.own();
      this.sent = from.sent();
    }

    /** Who talks to oneself has one queue, not two. */
    boolean seesTheirs() {
      if (userId.equals(contactId) || sent.atEnd()) {
        return false;
      }
      Future<Boolean> there = Parallel.start(() -> contacts.has(userId, contactId));
      boolean back = contacts.has(contactId, userId);
      return Parallel.await(there) && back;
    }

    void readOwn() {
      if (own.atEnd()) {
        return;
      }
      Stretch stretch = messages.sentBy(contactId, Queue.INBOX, userId, own.before(), 0, now);
      bytesLeft -= stretch.bytesRead();
      own = Spot.before(add(stretch.messages()) ? stretch.examinedUpTo() : oldestOf(contactId));
    }

    /**
     * A few rows at a time, since the next ones may be as large as can be. Both queues are read in
     * step: a message is found as soon in the one as in the other.
     */
    void readTheirs() {
      if (!own.atEnd() || rowsOf(QUEUES.size()) == 0) {
        return;
      }
      Set<Queue> queues = EnumSet.copyOf(QUEUES);
      Optional<String> before = sent.before();
      for (int round = 0; round < MOST_ROUNDS && rowsOf(queues.size()) > 0; round++) {
        InStep step = step(queues, before);
        bytesLeft -= step.bytesRead();
        if (!add(step.messages())) {
          sent = oldestOf(userId).map(id -> Spot.before(Optional.of(id))).orElse(sent);
          return;
        }
        if (step.examinedUpTo().isEmpty()) {
          sent = Spot.AT_END;
          return;
        }
        before = step.examinedUpTo();
        queues.removeAll(step.done());
      }
      sent = Spot.before(oldestOf(userId));
    }

    private int rowsOf(int queues) {
      return (int) (bytesLeft / queues / LARGEST_ROW);
    }

    private InStep step(Set<Queue> queues, Optional<String> before) {
      int rows = rowsOf(queues.size());
      List<Stretch> stretches =
          Parallel.map(
              queues, queue -> messages.sentBy(userId, queue, contactId, before, rows, now));
      return InStep.of(List.copyOf(queues), stretches);
    }

    /** Adds messages, newest first, until one has no room; says whether all had. */
    private boolean add(List<Message> newestFirst) {
      for (Message message : newestFirst) {
        if (!answer.takes(message.toConversationJson())) {
          return false;
        }
        found.put(message.id(), message);
      }
      return true;
    }

    private Optional<String> oldestOf(String senderId) {
      return found.values().stream()
          .filter(message -> message.senderId().equals(senderId))
          .map(Message::id)
          .findFirst();
    }

    Page page() {
      var next = new ConversationCursor(own, sent);
      return new Page(
          List.copyOf(found.values()), next.isAtEnd() ? Optional.empty() : Optional.of(next));
    }
  }

  /**
   * Queues, read back to the same id.
   *
   * @param messages of all, newest first, each id once
   * @param done queues that hold no more
   */
  private record InStep(
      List<Message> messages, Optional<String> examinedUpTo, Set<Queue> done, long bytesRead) {

    static InStep of(List<Queue> queues, List<Stretch> stretches) {
      Optional<String> reached =
          stretches.stream().flatMap(each -> each.examinedUpTo().stream()).max(naturalOrder());
      var byId = new TreeMap<String, Message>();
      var done = EnumSet.noneOf(Queue.class);
      for (int index = 0; index < stretches.size(); index++) {
        Stretch stretch = stretches.get(index);
        List<Message> within =
            stretch.messages().stream()
                .filter(message -> reached.filter(id -> message.id().compareTo(id) < 0).isEmpty())
                .toList();
        within.forEach(message -> byId.putIfAbsent(message.id(), message));
        if (stretch.examinedUpTo().isEmpty() && within.size() == stretch.messages().size()) {
          done.add(queues.get(index));
        }
      }
      return new InStep(
          List.copyOf(byId.descendingMap().values()),
          reached,
          done,
          stretches.stream().mapToLong(Stretch::bytesRead).sum());
    }
  }
}
