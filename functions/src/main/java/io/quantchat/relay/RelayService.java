package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Pushes;
import io.quantchat.relay.RelayMessageStore.Queue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Stores messages, pushes them, hands them over and forgets them.
 *
 * <p>A message is stored before anyone is told of it, its sender included: a function that dies in
 * between leaves a message that is handed over by the next fetch, never a push without a message.
 */
public final class RelayService {

  /**
   * How long after the look at the recipient's sockets a message may be stored without another
   * look.
   *
   * <p>A client fetches what is pending once its socket is open. One that opened after the look,
   * and fetched before the message was stored, hears of it by neither way, until it connects again.
   * It takes a handshake's answer and a request to do that, longer than looking and storing
   * normally take together; where these took longer, there is a second look. What is left is a
   * client that does both within this time: for that one the message waits, it isn't lost. On one
   * machine it can, and looking costs nothing: {@link Variable#LOOK_HOLDS_MILLISECONDS} is 0 there,
   * and there is a second look each time.
   */
  static final Duration LOOK_HOLDS = Duration.ofMillis(25);

  private final AccountStore accounts;
  private final RelayMessageStore messages;
  private final ConnectionStore connections;
  private final Pushes pushes;
  private final Conversations conversations;
  private final Clock clock;
  private final RandomGenerator random;
  private final Duration lookHolds;

  /** The relay of a host, which tells sockets by these pushes. */
  public static RelayService of(Host host, Pushes pushes) {
    return new RelayService(
        AccountStore.of(host),
        RelayMessageStore.of(host),
        ConnectionStore.of(host),
        pushes,
        host.clock(),
        host.random(),
        lookHolds(host.environment()));
  }

  private static Duration lookHolds(Environment environment) {
    return environment.has(Variable.LOOK_HOLDS_MILLISECONDS)
        ? Duration.ofMillis(environment.getInt(Variable.LOOK_HOLDS_MILLISECONDS))
        : LOOK_HOLDS;
  }

  private RelayService(
      AccountStore accounts,
      RelayMessageStore messages,
      ConnectionStore connections,
      Pushes pushes,
      Clock clock,
      RandomGenerator random,
      Duration lookHolds) {
    this.accounts = accounts;
    this.messages = messages;
    this.connections = connections;
    this.pushes = pushes;
    this.conversations = new Conversations(messages, clock);
    this.clock = clock;
    this.random = random;
    this.lookHolds = lookHolds;
  }

  /**
   * Stores a message and tells the recipient's and the sender's sockets. A repeat (the same id from
   * the same sender with the same envelope) stores nothing and tells nobody.
   *
   * <p>To a sender whom the recipient has blocked, all looks the same, in time and cost as well:
   * the message is stored where nothing delivers it. A block that could be noticed would be an
   * invitation to come back under another name.
   *
   * @throws Problem NOT_FOUND if there is no such recipient; CONFLICT if the recipient's queue
   *     holds another message of this id
   */
  Queued send(String senderId, Draft draft) {
    return send(senderId, draft, Optional.empty());
  }

  /**
   * The same for a message that came over a socket, which learns of it by its answer and not by a
   * push.
   *
   * @param overSocket the id of that connection
   */
  public Queued send(String senderId, Draft draft, String overSocket) {
    return send(senderId, draft, Optional.of(overSocket));
  }

  private Queued send(String senderId, Draft draft, Optional<String> overSocket) {
    String recipientId = draft.recipientId();
    Instant looked = clock.instant();
    Future<Optional<Account>> account = Parallel.start(() -> findRecipient(recipientId));
    Future<List<Connection>> recipients =
        Parallel.start(() -> connections.openOf(recipientId, Read.CONSISTENT));
    Future<List<Connection>> senders =
        Parallel.start(() -> connections.openOf(senderId, Read.EVENTUAL));
    Account recipient =
        Parallel.await(account)
            .orElseThrow(
                () ->
                    Problem.of(
                        Problem.Kind.NOT_FOUND,
                        "There is no account with this recipient_id: look the contact up again."));
    List<Connection> seen = Parallel.await(recipients);
    List<Connection> own =
        Parallel.await(senders).stream()
            .filter(connection -> !overSocket.equals(Optional.of(connection.connectionId())))
            .toList();

    Instant now = clock.instant();
    boolean blocked = recipient.hasBlocked(senderId);
    Message message = messageOf(senderId, draft, now, blocked ? 0 : seen.size());
    Optional<Message> held = blocked ? withhold(draft, message, now) : store(message, now);
    if (held.isPresent()) {
      if (!held.get().repeats(message)) {
        throw Problem.of(
            Problem.Kind.CONFLICT,
            "Another message was sent under this message_id: send this one under a new id.");
      }
      return new Queued(held.get(), true);
    }
    Duration took = Duration.between(looked, clock.instant());
    boolean looksAgain = !blocked && (lookHolds.isZero() || took.compareTo(lookHolds) > 0);
    tell(message, blocked ? List.of() : seen, own, looksAgain);
    return new Queued(message, false);
  }

  /** One page of what waits for an account, oldest first. */
  ObjectNode pending(String userId, OptionalInt limit, Optional<Cursor> cursor) {
    Instant now = clock.instant();
    var page = new PendingPage(limit);
    // One more than the page takes, to know whether there is more. Should expired rows have taken
    // their place, then as many as one query gives: a queue may hold thousands until they are
    // reaped.
    int mostExamined = limit.isPresent() ? limit.getAsInt() + 1 : 0;
    Optional<String> after = cursor.map(Cursor::afterId);
    do {
      RelayMessageStore.Stretch stretch = messages.pending(userId, after, mostExamined, now);
      page.addAll(stretch.messages());
      after = stretch.examinedUpTo();
      mostExamined = 0;
    } while (after.isPresent() && !page.isFull());
    return page.toJson();
  }

  /**
   * Deletes messages that their recipient has. Needs no more than the right to delete items.
   *
   * @param userId who acknowledges; another's messages are not found
   * @param messageIds ids in their canonical form
   * @return what became of each, in the order of the ids
   */
  public List<Acknowledgement> acknowledge(String userId, List<String> messageIds) {
    Instant now = clock.instant();
    return Parallel.map(
        messageIds, id -> new Acknowledgement(id, messages.delete(userId, id, now)));
  }

  /**
   * The messages that the relay holds between two accounts, as the first of them may see it, oldest
   * first.
   */
  ArrayNode conversation(String userId, String contactId) {
    return conversations.between(userId, contactId);
  }

  /** An account may be so new that only a consistent read sees it. */
  private Optional<Account> findRecipient(String recipientId) {
    return accounts
        .find(recipientId, Read.EVENTUAL)
        .or(() -> accounts.find(recipientId, Read.CONSISTENT));
  }

  private Message messageOf(String senderId, Draft draft, Instant now, int deliveryAttempts) {
    Instant storedAt = Times.toMilliseconds(now);
    return new Message(
        draft.messageId().orElseGet(() -> Ids.timeOrdered(now, random)),
        senderId,
        draft.recipientId(),
        draft.envelope(),
        draft.createdAt().orElse(storedAt),
        storedAt.plus(Message.RETENTION),
        deliveryAttempts,
        random.nextInt(Integer.MAX_VALUE));
  }

  /** Stores in the inbox; gives the message that another request had stored, if one had. */
  private Optional<Message> store(Message message, Instant now) {
    return unlessOwn(messages.putIfAbsent(Queue.INBOX, message, now), message);
  }

  /**
   * Stores where nothing delivers. A message that got into the inbox before the block is what its
   * repeat is compared with, so the inbox is asked meanwhile.
   */
  private Optional<Message> withhold(Draft draft, Message message, Instant now) {
    Future<Optional<Message>> inInbox =
        Parallel.start(
            () -> draft.messageId().flatMap(id -> messages.find(message.recipientId(), id, now)));
    Optional<Message> withheld =
        unlessOwn(messages.putIfAbsent(Queue.WITHHELD, message, now), message);
    return Parallel.await(inInbox).or(() -> withheld);
  }

  /**
   * A put that was stored but whose answer got lost is tried again, and then finds what it stored
   * itself: that is no repeat, and nobody has been told yet.
   */
  private static Optional<Message> unlessOwn(Optional<Message> held, Message message) {
    return held.filter(other -> other.sendNonce() != message.sendNonce());
  }

  private void tell(
      Message message, List<Connection> seen, List<Connection> own, boolean looksAgain) {
    var tasks = new ArrayList<Supplier<Integer>>();
    if (!seen.isEmpty()) {
      tasks.add(() -> pushes.post(seen, message.toNewMessage()));
    }
    if (!own.isEmpty()) {
      tasks.add(() -> pushes.post(own, message.toMessageSent()));
    }
    if (looksAgain) {
      tasks.add(
          () -> pushes.post(openedSince(seen, message.recipientId()), message.toNewMessage()));
    }
    Parallel.map(tasks, Supplier::get);
  }

  private List<Connection> openedSince(List<Connection> seen, String recipientId) {
    try {
      return connections.openOf(recipientId, Read.CONSISTENT).stream()
          .filter(connection -> !seen.contains(connection))
          .toList();
    } catch (SdkException unavailable) {
      // The message is stored, and the answer must say so; a push is only a hint.
      return List.of();
    }
  }
}
