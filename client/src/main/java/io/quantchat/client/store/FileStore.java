package io.quantchat.client.store;

import io.quantchat.client.model.FileState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Files of messages: their keys and how far they are. The sealed files themselves are beside the
 * store, each by its id.
 *
 * <p>A row is written after its file is on the disk, and deleted before that is: what dies in
 * between leaves a file without a row, which the next opening deletes. No key is in any of the
 * store's files once its row is deleted.
 */
public final class FileStore {

  private final Database database;
  private final SealedJson json;

  FileStore(Database database, SealedJson json) {
    this.database = database;
    this.json = json;
  }

  /** What is still to be done for a file. */
  public enum Due {
    NOTHING(0),
    UPLOAD(1),
    FETCH(2),
    DELETION(3);

    private final long code;

    Due(long code) {
      this.code = code;
    }

    private static Due of(FileEntry.Way way) {
      return switch (way.state()) {
        case WAITING, UPLOADING -> UPLOAD;
        case ON_SERVER, FETCHING -> FETCH;
        default -> way.deletionDue() ? DELETION : NOTHING;
      };
    }
  }

  /** Adds a message's files, in their order, in the place of what there was of that id. */
  public void add(UUID senderId, UUID messageId, UUID contactId, List<Sealed> files) {
    database.transaction(
        () -> {
          erase(senderId, messageId);
          int number = 1;
          for (Sealed file : files) {
            database.write(
                """
                INSERT INTO files (file_id, sender_id, message_id, contact_id, number, due, entry)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                file.id(),
                senderId,
                messageId,
                contactId,
                (long) number++,
                Due.of(file.entry().way()).code,
                json.seal(place(file.id()), file.entry().toMap()));
          }
        });
  }

  /** They are in none of the files afterwards. */
  private void erase(UUID senderId, UUID messageId) {
    database.eraseFormer(
        "DELETE FROM files WHERE sender_id = ? AND message_id = ?", senderId, messageId);
  }

  /** A message's files, in their order. */
  public List<Kept> of(UUID senderId, UUID messageId) {
    return database.all(
        "SELECT * FROM files WHERE sender_id = ? AND message_id = ? ORDER BY number",
        this::kept,
        senderId,
        messageId);
  }

  public Optional<Kept> find(UUID fileId) {
    return database.first("SELECT * FROM files WHERE file_id = ?", this::kept, fileId);
  }

  /** Files of messages that wait to be sent, in the messages' order. */
  public List<Kept> toUpload() {
    return database.all(
        """
        SELECT f.* FROM files f JOIN outbox o ON o.message_id = f.message_id
        WHERE f.due = ? AND f.sender_id <> f.contact_id ORDER BY o.position, f.number
        """,
        this::kept,
        Due.UPLOAD.code);
  }

  /** Files for which something is to be done, those that came first, first. */
  public List<Kept> due(Due what) {
    return database.all(
        "SELECT * FROM files WHERE due = ? ORDER BY message_id, number", this::kept, what.code);
  }

  /** Whether all files of a message are on the server. */
  public boolean areUp(UUID senderId, UUID messageId) {
    return database
        .first(
            """
            SELECT 1 AS there FROM files
            WHERE sender_id = ? AND message_id = ? AND due = %d LIMIT 1
            """
                .formatted(Due.UPLOAD.code),
            row -> row.number("there"),
            senderId,
            messageId)
        .isEmpty();
  }

  /** What the server forgets too soon for the message's recipient goes up anew. */
  public void requireUntil(UUID senderId, UUID messageId, Instant least) {
    of(senderId, messageId).stream()
        .filter(file -> file.entry().way().state() == FileState.SENT)
        .filter(file -> file.entry().way().until().filter(least::isAfter).isPresent())
        .forEach(file -> move(file.id(), way -> FileEntry.Way.waiting()));
  }

  /**
   * Notes how far a file is.
   *
   * @return the file as it is now; nothing where it was deleted meanwhile
   */
  public Optional<Kept> move(UUID fileId, UnaryOperator<FileEntry.Way> to) {
    return change(
        fileId, entry -> new FileEntry(entry.about(), entry.sealed(), to.apply(entry.way())));
  }

  /** Notes something else of a file. */
  public Optional<Kept> change(UUID fileId, UnaryOperator<FileEntry> to) {
    return database.transaction(
        () ->
            find(fileId)
                .map(
                    file -> {
                      FileEntry next = to.apply(file.entry());
                      database.write(
                          "UPDATE files SET due = ?, entry = ? WHERE file_id = ?",
                          Due.of(next.way()).code,
                          json.seal(place(fileId), next.toMap()),
                          fileId);
                      return file.with(next);
                    }));
  }

  /**
   * A message goes out again under a new id. What may have been fetched, and so deleted, goes up
   * anew.
   */
  void reissue(UUID senderId, UUID oldId, UUID newId, boolean mayHaveLeft) {
    if (mayHaveLeft) {
      of(senderId, oldId).stream()
          .filter(file -> file.entry().way().state() == FileState.SENT)
          .forEach(file -> move(file.id(), way -> FileEntry.Way.waiting()));
    }
    database.write(
        "UPDATE files SET message_id = ? WHERE sender_id = ? AND message_id = ?",
        newId,
        senderId,
        oldId);
  }

  /** The ids of all files. */
  public Set<UUID> ids() {
    return new HashSet<>(database.all("SELECT file_id FROM files", row -> row.id("file_id")));
  }

  private Kept kept(Row row) {
    UUID fileId = row.id("file_id");
    return new Kept(
        fileId,
        row.id("sender_id"),
        row.id("message_id"),
        row.id("contact_id"),
        Math.toIntExact(row.number("number")),
        FileEntry.of(json.open(place(fileId), row.bytes("entry"))));
  }

  private static String place(UUID fileId) {
    return "files/" + fileId;
  }

  /** A file that is sealed, and to be a message's. */
  public record Sealed(UUID id, FileEntry entry) {}

  /**
   * A file of a message.
   *
   * @param number its place among those of the message, from 1 on
   */
  public record Kept(
      UUID id, UUID senderId, UUID messageId, UUID contactId, int number, FileEntry entry) {

    Kept with(FileEntry next) {
      return new Kept(id, senderId, messageId, contactId, number, next);
    }

    public boolean isIncoming() {
      return senderId.equals(contactId);
    }
  }
}
