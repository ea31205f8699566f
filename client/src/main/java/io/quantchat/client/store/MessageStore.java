package io.quantchat.client.store;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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
    return moved == 0 ? Optional.empty() : find(senderId, messageId);
  }

  public Optional<Message> find(UUID senderId, UUID messageId) {
    return database.first(
        "SELECT * FROM messages WHERE sender_id = ? AND message_id = ?",
        this::message,
        senderId,
        messageId);
  }

  /** A conversation, oldest first. */
  public List<Message> conversation(UUID contactId) {
    return database.all(
        "SELECT * FROM messages WHERE contact_id = ? ORDER BY created_ms, message_id",
        this::message,
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
                  this::message,
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
        this::message);
  }

  /** The receipt went out; unless the message has moved on meanwhile, none is owed any more. */
  public void receiptSent(Message message) {
    database.write(
        """
        UPDATE messages SET receipt_due = 0
        WHERE sender_id = ? AND message_id = ? AND receipt_due <= ?
        """,
        message.senderId(),
        message.id(),
        message.state().rank());
  }

  private byte[] content(Message message) {
    return json.seal(
        place(message.senderId(), message.id()),
        Map.of(TEXT, message.text(), DETAILS, message.details()));
  }

  private Message message(Row row) {
    UUID senderId = row.id("sender_id");
    UUID messageId = row.id("message_id");
    Map<String, Object> content = json.open(place(senderId, messageId), row.bytes("content"));
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

  private static String place(UUID senderId, UUID messageId) {
    return "messages/" + senderId + "/" + messageId;
  }
}
