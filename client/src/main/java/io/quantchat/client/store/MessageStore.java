package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.crypto.MessageKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Messages, sent and received: who, when and how far in the clear, the rest sealed.
 *
 * <p>A conversation is in the order in which its messages came in or were written here, whatever
 * the clocks said: each has a place, microseconds since 1970 by the clock here, and always one
 * behind all that are there. What an import brings stands where its time says.
 */
public final class MessageStore {

  private static final String TEXT = "text";
  private static final String DETAILS = "details";
  private static final String STATE = "state";

  /** Messages of one millisecond have this much room between them. */
  private static final long PLACES_A_MILLISECOND = 1_000;

  /** Places of all times that can be written down, up to the year 9999, fit. Milliseconds. */
  private static final long LAST_MILLISECOND =
      Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final Database database;
  private final SealedJson json;

  MessageStore(Database database, SealedJson json) {
    this.database = database;
    this.json = json;
  }

  /**
   * Adds a message that has just come in or been written, behind all that are there; one that is
   * there stays as it is, unless an export brought it: what is authentic takes its place.
   *
   * @return whether it is new
   */
  public boolean add(Message message) {
    return database.transaction(
        () -> {
          eraseImported(message);
          return add(
              message, Math.max(place(message.arrived()), lastPlace(message.contactId()) + 1));
        });
  }

  /**
   * Adds a message of an export, where its time says; one that is there stays as it is. It is
   * IMPORTED for ever, and all details that it comes with are claims.
   *
   * @return whether it is new
   */
  public boolean addImported(Message message) {
    return add(asClaimed(message), place(message.arrived()));
  }

  /** The one place in which something becomes imported: no file can say that it isn't. */
  private static Message asClaimed(Message message) {
    var claimed = new LinkedHashMap<String, Object>();
    claimed.put(STATE, message.state().wireName());
    claimed.putAll(message.details());
    return new Message(
        message.id(),
        message.senderId(),
        message.contactId(),
        message.created(),
        message.arrived(),
        MessageState.IMPORTED,
        message.text(),
        Map.of(Message.CLAIMED, claimed));
  }

  private boolean add(Message message, long place) {
    return database.write(
            """
            INSERT OR IGNORE INTO messages (sender_id, message_id, contact_id, created_ms, state,
              receipt_due, content, arrived_ms, place)
            VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)
            """,
            message.senderId(),
            message.id(),
            message.contactId(),
            message.created().toEpochMilli(),
            message.state().rank(),
            content(message),
            message.arrived().toEpochMilli(),
            place)
        == 1;
  }

  /**
   * Adds a message of an account file, in its place. One that is there stays as it is, unless an
   * export brought it: what is authentic takes its place.
   *
   * @return whether it is new
   */
  public boolean bring(Placed brought) {
    Message message = brought.message();
    return database.transaction(
        () -> {
          if (!message.isImported()) {
            eraseImported(message);
          }
          boolean isNew = add(message, brought.place());
          if (isNew && brought.receiptDue() > 0) {
            oweReceipt(message, brought.receiptDue());
          }
          return isNew;
        });
  }

  private void eraseImported(Message message) {
    database.eraseFormer(
        "DELETE FROM messages WHERE sender_id = ? AND message_id = ? AND state = ?",
        message.senderId(),
        message.id(),
        MessageState.IMPORTED.rank());
  }

  /**
   * Messages of a conversation behind one of them, in their order.
   *
   * @param before nothing for the first ones
   */
  public List<Placed> after(UUID contactId, Optional<Placed> before, int most) {
    return database.all(
        """
        SELECT * FROM messages WHERE contact_id = ? AND (place, message_id, sender_id) > (?, ?, ?)
        ORDER BY place, message_id, sender_id LIMIT ?
        """,
        row -> new Placed(legible(row), row.number("place"), Math.abs(row.number("receipt_due"))),
        contactId,
        before.map(Placed::place).orElse(-1L),
        before.map(last -> last.message().id().toString()).orElse(""),
        before.map(last -> last.message().senderId().toString()).orElse(""),
        (long) most);
  }

  private static long place(Instant arrived) {
    return Math.clamp(arrived.toEpochMilli(), 0, LAST_MILLISECOND) * PLACES_A_MILLISECOND;
  }

  private long lastPlace(UUID contactId) {
    return database
        .first(
            "SELECT coalesce(max(place), 0) AS last FROM messages WHERE contact_id = ?",
            row -> row.number("last"),
            contactId)
        .orElse(0L);
  }

  /**
   * Gives an own message another id, under which it goes out again. It keeps its place; what is
   * known of how it was encrypted and why it failed is of the one before, and goes.
   *
   * @param created what the recipient is told
   * @return the message as it is now, SENDING; nothing where there is none of the old id
   */
  Optional<Message> reissue(UUID senderId, UUID oldId, UUID newId, Instant created) {
    // What a file brought was never sent from here: nobody is to have it signed and sent.
    Optional<Message> old = find(senderId, oldId).filter(message -> !message.isImported());
    return old.map(
        message -> {
          Message next =
              new Message(
                  newId,
                  senderId,
                  message.contactId(),
                  created,
                  message.arrived(),
                  MessageState.SENDING,
                  message.text(),
                  ofTheTextAlone(message.details()));
          database.write(
              """
              UPDATE messages SET message_id = ?, created_ms = ?, state = ?, content = ?
              WHERE sender_id = ? AND message_id = ?
              """,
              newId,
              created.toEpochMilli(),
              next.state().rank(),
              content(next),
              senderId,
              oldId);
          return next;
        });
  }

  private static Map<String, Object> ofTheTextAlone(Map<String, Object> details) {
    var kept = new LinkedHashMap<>(details);
    kept.keySet().removeAll(Message.OF_ITS_WAY);
    return kept;
  }

  /** Replaces what is sealed of a message; its state stays. */
  public void keepDetails(Message message) {
    database.write(
        "UPDATE messages SET content = ? WHERE sender_id = ? AND message_id = ?",
        content(message),
        message.senderId(),
        message.id());
  }

  /**
   * Moves a message forward, never back.
   *
   * @param contactId whose message it must be: a receipt for another's does nothing
   * @return the message as it is now; nothing where it hasn't moved
   */
  public Optional<Message> advance(
      UUID senderId, UUID messageId, UUID contactId, MessageState state) {
    int moved =
        database.write(
            """
            UPDATE messages SET state = ?
            WHERE sender_id = ? AND message_id = ? AND contact_id = ? AND state < ?
            """,
            state.rank(),
            senderId,
            messageId,
            contactId,
            state.rank());
    return moved == 0 ? Optional.empty() : first(this::legible, senderId, messageId);
  }

  /**
   * Moves an own message forward, as its recipient says or is said to say.
   *
   * @param proven whether it is they who say it: the server's word alone moves nothing that wasn't
   *     sent, and is marked with {@link Message#UNPROVEN}
   * @return the message as it is now; nothing where nothing has changed
   */
  public Optional<Message> advanceByReceipt(
      UUID senderId, UUID messageId, UUID contactId, MessageState state, boolean proven) {
    return database.transaction(
        () ->
            first(this::legible, senderId, messageId)
                .filter(message -> message.contactId().equals(contactId))
                .filter(message -> isNews(message, state, proven))
                .map(message -> advanceByReceipt(message, state, proven)));
  }

  private static boolean isNews(Message message, MessageState state, boolean proven) {
    MessageState before = message.state();
    boolean isFurther = before.rank() < state.rank();
    return proven
        ? isFurther || (before == state && message.details().containsKey(Message.UNPROVEN))
        : isFurther && before.rank() >= MessageState.SENT.rank();
  }

  private Message advanceByReceipt(Message message, MessageState state, boolean proven) {
    advance(message.senderId(), message.id(), message.contactId(), state);
    Message moved = message.in(state);
    Message marked =
        proven
            ? moved.without(Message.UNPROVEN).without(Message.FAILURE)
            : moved.with(Message.UNPROVEN, true);
    if (!message.details().containsKey(Message.DAMAGED)) {
      keepDetails(marked);
    }
    return marked;
  }

  /**
   * @throws DamagedException where it can't be read any more
   */
  public Optional<Message> find(UUID senderId, UUID messageId) {
    return first(this::message, senderId, messageId);
  }

  /** Whether it is there, and no export brought it. */
  public boolean contains(MessageKey message) {
    return database
        .first(
            "SELECT 1 AS there FROM messages WHERE sender_id = ? AND message_id = ? AND state <> ?",
            row -> row.number("there"),
            message.senderId(),
            message.messageId(),
            MessageState.IMPORTED.rank())
        .isPresent();
  }

  private Optional<Message> first(Function<Row, Message> reader, UUID senderId, UUID messageId) {
    return database.first(
        "SELECT * FROM messages WHERE sender_id = ? AND message_id = ?",
        reader,
        senderId,
        messageId);
  }

  /**
   * A conversation, oldest first. A message that can't be read any more has no text, and the detail
   * {@link Message#DAMAGED}.
   */
  public List<Message> conversation(UUID contactId) {
    return database.all(
        "SELECT * FROM messages WHERE contact_id = ? ORDER BY place, message_id",
        this::legible,
        contactId);
  }

  /** The people with whom there are messages. */
  public List<UUID> correspondents() {
    return database.all(
        "SELECT DISTINCT contact_id FROM messages ORDER BY contact_id",
        row -> row.id("contact_id"));
  }

  /**
   * Marks what a contact sent as read; their receipts are due.
   *
   * @param seen of which messages
   * @return the messages that were not read before
   */
  public List<Message> read(UUID contactId, Predicate<Message> seen) {
    return database.transaction(
        () -> {
          List<Message> unread =
              database.all(
                  """
                  SELECT * FROM messages WHERE contact_id = ? AND sender_id = ? AND state < ?
                  ORDER BY place, message_id
                  """,
                  this::legible,
                  contactId,
                  contactId,
                  MessageState.READ.rank());
          unread.removeIf(seen.negate());
          for (Message message : unread) {
            advance(contactId, message.id(), contactId, MessageState.READ);
            oweReceipt(message.in(MessageState.READ));
          }
          return unread.stream().map(message -> message.in(MessageState.READ)).toList();
        });
  }

  /** A receipt for the message's state is to be sent when there is a socket. */
  public void oweReceipt(Message message) {
    oweReceipt(message, message.state().rank());
  }

  private void oweReceipt(Message message, long rank) {
    database.write(
        "UPDATE messages SET receipt_due = ? WHERE sender_id = ? AND message_id = ?",
        rank,
        message.senderId(),
        message.id());
  }

  /** Messages whose senders haven't been told of their state. */
  public List<Message> owedReceipts() {
    return database.all(
        "SELECT * FROM messages WHERE receipt_due > 0 ORDER BY contact_id, place LIMIT 100",
        this::legible);
  }

  /**
   * The receipt went out; unless the message has moved on meanwhile, none is owed any more.
   *
   * @param heard whether its sender was there; else it may have been missed, and is kept in mind
   */
  public void receiptSent(Message message, boolean heard) {
    database.write(
        """
        UPDATE messages SET receipt_due = ?
        WHERE sender_id = ? AND message_id = ? AND receipt_due <= ?
        """,
        heard ? 0L : -message.state().rank(),
        message.senderId(),
        message.id(),
        message.state().rank());
  }

  /** Whether somebody may have missed a receipt. */
  public boolean mayHaveMissedReceipts() {
    return database
        .first("SELECT 1 AS there FROM messages WHERE receipt_due < 0", row -> row.number("there"))
        .isPresent();
  }

  /** Receipts that somebody may have missed are owed again. */
  public void oweMissedReceipts(UUID senderId) {
    database.write(
        """
        UPDATE messages SET receipt_due = -receipt_due
        WHERE contact_id = ? AND sender_id = ? AND receipt_due < 0
        """,
        senderId,
        senderId);
  }

  /**
   * Deletes all messages with a contact, also those that wait to be sent to them. Which were
   * received is kept in mind: none of them comes in again. They are in none of the files
   * afterwards.
   *
   * @return how many there were
   */
  public int deleteConversation(UUID contactId) {
    return database.transaction(
        () -> {
          database.erase("DELETE FROM outbox WHERE contact_id = ?", contactId);
          database.erase(
              """
              DELETE FROM receipt_keys WHERE EXISTS (
                SELECT 1 FROM messages m WHERE m.sender_id = receipt_keys.sender_id
                AND m.message_id = receipt_keys.message_id AND m.contact_id = ?)
              """,
              contactId);
          database.erase("DELETE FROM files WHERE contact_id = ?", contactId);
          return database.erase("DELETE FROM messages WHERE contact_id = ?", contactId);
        });
  }

  private byte[] content(Message message) {
    return json.seal(
        place(message.senderId(), message.id()),
        Map.of(TEXT, message.text(), DETAILS, message.details()));
  }

  private Message message(Row row) {
    return message(row, json.open(place(row), row.bytes("content")));
  }

  /** One damaged message is no reason not to show the others. */
  private Message legible(Row row) {
    try {
      return message(row);
    } catch (DamagedException e) {
      return message(row, Map.of(TEXT, "", DETAILS, Map.of(Message.DAMAGED, e.getMessage())));
    }
  }

  private static Message message(Row row, Map<String, Object> content) {
    UUID senderId = row.id("sender_id");
    UUID messageId = row.id("message_id");
    return new Message(
        messageId,
        senderId,
        row.id("contact_id"),
        Instant.ofEpochMilli(row.number("created_ms")),
        Instant.ofEpochMilli(row.number("arrived_ms")),
        MessageState.ofRank(row.number("state")),
        (String) content.get(TEXT),
        details(content.get(DETAILS)));
  }

  @SuppressWarnings("unchecked") // As content() wrote it.
  private static Map<String, Object> details(Object details) {
    return (Map<String, Object>) details;
  }

  private static String place(Row row) {
    return place(row.id("sender_id"), row.id("message_id"));
  }

  private static String place(UUID senderId, UUID messageId) {
    return "messages/" + senderId + "/" + messageId;
  }

  /**
   * A message and where it stands.
   *
   * @param place microseconds since 1970; later messages of a conversation have higher ones
   * @param receiptDue the rank of the state that its sender is to be told, or may have missed; 0
   *     where there is nothing to tell
   */
  public record Placed(Message message, long place, long receiptDue) {}
}
