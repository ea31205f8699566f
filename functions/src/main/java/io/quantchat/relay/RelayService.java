package io.quantchat.relay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.contacts.ContactStore;
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
import io.quantchat.push.ConnectionStore.Look;
import io.quantchat.push.Pushes;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.relay.RelayMessageStore.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

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
  private final Notices notices;
  private final Admission admission;
  private final EvenAnswers evenAnswers;
  private final Conversations conversations;
  private final Strangers strangers;
  private final Clock clock;
  private final RandomGenerator random;
  private final Duration lookHolds;

  /** The relay of a host, which tells sockets by these pushes. */
  public static RelayService of(Host host, Pushes pushes) {
    return new RelayService(host, pushes);
  }

  private RelayService(Host host, Pushes pushes) {
    Environment environment = host.environment();
    accounts = AccountStore.of(host);
    messages = RelayMessageStore.of(host);
    connections = ConnectionStore.of(host);
    ContactStore contacts = ContactStore.of(host);
    clock = host.clock();
    random = host.random();
    notices = new Notices(connections, pushes);
    admission = Admission.of(host, messages);
    evenAnswers =
        new EvenAnswers(
            milliseconds(environment, Variable.STRANGER_ANSWER_MILLISECONDS, Duration.ZERO),
            EvenAnswers.Ticks.OF_THIS_MACHINE);
    conversations = new Conversations(messages, contacts, clock);
    strangers = new Strangers(contacts);
    lookHolds = milliseconds(environment, Variable.LOOK_HOLDS_MILLISECONDS, LOOK_HOLDS);
  }

  private static Duration milliseconds(
      Environment environment, Variable variable, Duration otherwise) {
    return environment.has(variable) ? Duration.ofMillis(environment.getInt(variable)) : otherwise;
  }

  /**
   * Stores a message and tells the recipient's and the sender's sockets. A repeat (the same id from
   * the same sender with the same envelope) stores nothing and tells nobody.
   *
   * <p>To a sender whom the recipient has blocked, all looks as it does to one whom the recipient,
   * offline, has deleted from the contacts, in time, cost and limits as well: the message is stored
   * where nothing delivers it. A block that could be noticed would be an invitation to come back
   * under another name.
   *
   * @throws Problem NOT_FOUND if there is no such recipient; CONFLICT if the recipient's queue
   *     holds another message of this id; TOO_MANY if the recipient's inbox is full, or a stranger
   *     may write no more to the recipient for now
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
    long begun = evenAnswers.begin();
    String recipientId = draft.recipientId();
    Instant looked = clock.instant();
    Future<Optional<Account>> account = Parallel.start(() -> findRecipient(recipientId));
    Future<Look> theirs = Parallel.start(() -> connections.look(recipientId, Read.CONSISTENT));
    Future<Boolean> stranger = Parallel.start(() -> strangers.isOne(senderId, recipientId));
    Future<List<Connection>> senders = Parallel.start(() -> connections.openOfCaller(senderId));
    Account recipient =
        Parallel.await(account)
            .orElseThrow(
                () ->
                    Problem.of(
                        Problem.Kind.NOT_FOUND,
                        "There is no account with this recipient_id: look the contact up again."));
    Look look = Parallel.await(theirs);
    List<Connection> own =
        Parallel.await(senders).stream()
            .filter(connection -> !overSocket.equals(Optional.of(connection.connectionId())))
            .toList();
    boolean isBlocked = recipient.hasBlocked(senderId);
    boolean isStranger = Parallel.await(stranger) || isBlocked;

    Instant now = clock.instant();
    Queue queue = isBlocked ? Queue.WITHHELD : Queue.INBOX;
    List<Connection> seen = queue == Queue.INBOX ? look.open() : List.of();
    Row row =
        RelayMessageStore.rowOf(queue, messageOf(senderId, draft, now, seen.size(), isStranger));
    Optional<Message> held = admit(row, draft, look, now);
    if (held.isPresent()) {
      if (!held.get().repeats(row.message())) {
        throw Problem.of(
            Problem.Kind.CONFLICT,
            "Another message was sent under this message_id: send this one under a new id.");
      }
      return new Queued(held.get(), true);
    }
    Duration took = Duration.between(looked, clock.instant());
    boolean looksAgain =
        queue == Queue.INBOX && (lookHolds.isZero() || took.compareTo(lookHolds) > 0);
    notices.tell(row.message(), seen, own, looksAgain);
    if (isStranger) {
      evenAnswers.hold(begun);
    }
    return new Queued(row.message(), false);
  }

  /**
   * Stores a message, if its queue takes it.
   *
   * @return the message of this id that was held already
   * @throws Problem TOO_MANY where the queue takes no more for now
   */
  private Optional<Message> admit(Row row, Draft draft, Look look, Instant now) {
    try {
      admission.ask(row, look, now);
    } catch (Problem refused) {
      // The answer to an earlier try may have got lost: what is stored isn't refused.
      return held(row, draft, now)
          .filter(earlier -> earlier.repeats(row.message()))
          .map(Optional::of)
          .orElseThrow(() -> refused);
    }
    Future<Boolean> counted = admission.count(row, now);
    Optional<Message> held =
        row.queue() == Queue.WITHHELD ? withhold(row, draft, now) : store(row, now);
    var _ = Parallel.await(counted);
    if (held.isPresent()) {
      admission.takeBack(row);
    }
    return held;
  }

  private Optional<Message> held(Row row, Draft draft, Instant now) {
    return draft
        .messageId()
        .flatMap(
            id ->
                messages
                    .find(row.queue(), draft.recipientId(), id, now)
                    .or(() -> messages.find(draft.recipientId(), id, now)));
  }

  /** One page of what waits for an account, oldest first. */
  ObjectNode pending(String userId, OptionalInt limit, Optional<Cursor> cursor) {
    Instant now = clock.instant();
    PendingPage page =
        limit.isEmpty() && cursor.isEmpty()
            ? InboxWalk.whole(messages, userId, now)
            : InboxWalk.inOrder(messages, userId, limit, cursor, now);
    return page.toJson(strangers.stillSo(userId, page.messages()));
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

  /** The newest messages that the relay holds between two accounts, as the first may see them. */
  Conversations.Page conversation(String userId, String contactId, ConversationCursor from) {
    Conversations.Page page = conversations.between(userId, contactId, from);
    return new Conversations.Page(strangers.stillSo(userId, page.messages()), page.next());
  }

  /** An account may be so new that only a consistent read sees it. */
  private Optional<Account> findRecipient(String recipientId) {
    return accounts
        .find(recipientId, Read.EVENTUAL)
        .or(() -> accounts.find(recipientId, Read.CONSISTENT));
  }

  private Message messageOf(
      String senderId, Draft draft, Instant now, int deliveryAttempts, boolean isStranger) {
    Instant storedAt = Times.toMilliseconds(now);
    return new Message(
        draft.messageId().orElseGet(() -> Ids.timeOrdered(now, random)),
        senderId,
        draft.recipientId(),
        draft.envelope(),
        draft.createdAt().orElse(storedAt),
        storedAt.plus(Message.RETENTION),
        deliveryAttempts,
        random.nextInt(Integer.MAX_VALUE),
        isStranger);
  }

  /** Stores in the inbox; gives the message that another request had stored, if one had. */
  private Optional<Message> store(Row row, Instant now) {
    return unlessOwn(messages.putIfAbsent(row, now), row.message());
  }

  /**
   * Stores where nothing delivers. A message that got into the inbox before the block is what its
   * repeat is compared with, so the inbox is asked meanwhile.
   */
  private Optional<Message> withhold(Row row, Draft draft, Instant now) {
    Future<Optional<Message>> inInbox =
        Parallel.start(
            () -> draft.messageId().flatMap(id -> messages.find(draft.recipientId(), id, now)));
    Optional<Message> withheld = store(row, now);
    return Parallel.await(inInbox).or(() -> withheld);
  }

  /**
   * A put that was stored but whose answer got lost is tried again, and then finds what it stored
   * itself: that is no repeat, and nobody has been told yet.
   */
  private static Optional<Message> unlessOwn(Optional<Message> held, Message message) {
    return held.filter(other -> other.sendNonce() != message.sendNonce());
  }
}
