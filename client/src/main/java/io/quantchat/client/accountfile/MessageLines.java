package io.quantchat.client.accountfile;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.FileEntry;
import io.quantchat.client.store.MessageStore.Placed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A message and its line. */
final class MessageLines {

  private static final int MOST_FILES = 10;

  /** What becomes of a message that was still to be sent. */
  private static final String ON_ITS_WAY =
      "It was on its way when the account file was made: see whether they have it, then send it"
          + " again.";

  private MessageLines() {}

  static Map<String, Object> of(Placed placed, List<FileEntry> files) {
    Message message = placed.message();
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", "message");
    line.put("sender_id", message.senderId().toString());
    line.put("message_id", message.id().toString());
    line.put("contact_id", message.contactId().toString());
    line.put("created", message.created().toEpochMilli());
    line.put("arrived", message.arrived().toEpochMilli());
    line.put("place", placed.place());
    line.put("state", message.state().wireName());
    line.put("text", message.text());
    line.put("details", message.without(Message.FILES).details());
    if (placed.receiptDue() > 0) {
      line.put("receipt_due", MessageState.ofRank(placed.receiptDue()).wireName());
    }
    if (!files.isEmpty()) {
      line.put("files", files.stream().map(FileLines::of).toList());
    }
    return line;
  }

  static Placed read(Fields line, UUID userId) {
    UUID senderId = line.id("sender_id");
    UUID contactId = line.id("contact_id");
    boolean isIncoming = senderId.equals(contactId);
    MessageState state = state(line, "state");
    boolean canBe = !isIncoming || state.rank() >= MessageState.DELIVERED.rank();
    if (contactId.equals(userId) || (!isIncoming && !senderId.equals(userId)) || !canBe) {
      throw line.senseless();
    }
    var message =
        new Message(
            line.id("message_id"),
            senderId,
            contactId,
            line.time("created"),
            line.time("arrived"),
            state,
            line.text("text"),
            details(line));
    return new Placed(
        state == MessageState.SENDING ? stopped(message) : message,
        line.place("place"),
        receiptDue(line, isIncoming));
  }

  private static Map<String, Object> details(Fields line) {
    var details = new LinkedHashMap<>(line.object("details"));
    details.remove(Message.FILES);
    int files = line.objects("files").size();
    if (files > 0) {
      details.put(Message.FILES, files);
    }
    return details;
  }

  /** Nobody here knows whether it left. */
  private static Message stopped(Message message) {
    return message.in(MessageState.FAILED).with(Message.FAILURE, ON_ITS_WAY);
  }

  private static long receiptDue(Fields line, boolean isIncoming) {
    if (!line.has("receipt_due")) {
      return 0;
    }
    MessageState due = state(line, "receipt_due");
    if (!isIncoming || (due != MessageState.DELIVERED && due != MessageState.READ)) {
      throw line.senseless();
    }
    return due.rank();
  }

  private static MessageState state(Fields line, String name) {
    return line.made(() -> MessageState.named(line.text(name)));
  }

  static List<FileEntry> files(Fields line) {
    List<Fields> files = line.objects("files");
    if (files.size() > MOST_FILES) {
      throw line.senseless();
    }
    return files.stream().map(FileLines::read).toList();
  }
}
