package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Messages, sent and received: who, when and how far in the clear, the rest sealed. */
public final class MessageStore {

  private static final String TEXT = "text";
  private static final String DETAILS = "details";

  private final Database database;
  private final SealedJson json;

  MessageStore(Database database, SealedJson json) {
    this.database = database;
    this.json = json;
  }

  /**
   * Adds a message; one that is there stays as it is.
   *
   * @return whether it is new
   */
  public boolean add(Message message) {
    return database.write(
            "INSERT OR IGNORE INTO messages VALUES (?, ?, ?, ?, ?, 0, ?)",
            message.senderId(),
            message.id(),
            message.contactId(),
            message.created().toEpochMilli(),
            message.state().rank(),
            content(message))
        == 1;
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
   * @throws DamagedException where it can't be read any more
   */
  public Optional<Message> find(UUID senderId, UUID messageId) {
    return first(this::message, senderId, messageId);
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
        "SELECT * FROM messages WHERE contact_id = ? ORDER BY created_ms, message_id",
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
   * @return the messages that were not read before
   */
  public List<Message> read(UUID contactId) {
    return database.transaction(
        () -> {
          List<Message> unread =
              database.all(
                  """
                  SELECT * FROM messages WHERE contact_id = ? AND sender_id = ? AND state < ?
                  ORDER BY created_ms, message_id
                  """,
                  this::legible,
                  contactId,
                  contactId,
                  MessageState.READ.rank());
          for (Message message : unread) {
            advance(contactId, message.id(), contactId, MessageState.READ);
            oweReceipt(message.in(MessageState.READ));
          }
          return unread.stream().map(message -> message.in(MessageState.READ)).toList();
        });
  }

  /** A receipt for the message's state is to be sent when there is a socket. */
  public void oweReceipt(Message message) {
    database.write(
        "UPDATE messages SET receipt_due = ? WHERE sender_id = ? AND message_id = ?",
        message.state().rank(),
        message.senderId(),
        message.id());
  }

  /** Messages whose senders haven't been told of their state. */
  public List<Message> owedReceipts() {
    return database.all(
        "SELECT * FROM messages WHERE receipt_due > 0 ORDER BY message_id LIMIT 100",
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
}
