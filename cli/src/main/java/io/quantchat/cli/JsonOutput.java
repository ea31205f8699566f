package io.quantchat.cli;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.LoginSession;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.Quarantined;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON for programs, a value a line. In ASCII alone: the same whatever a locale says, and harmless
 * to a terminal that it is printed on.
 */
final class JsonOutput {

  private JsonOutput() {}

  static String of(Object value) {
    return Json.ascii(value).replace("\u007f", "\\u007f");
  }

  static Map<String, Object> contact(Contact contact) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("contact_id", contact.id().toString());
    shown.put("email", contact.email());
    shown.put("username", contact.username());
    shown.put("full_name", contact.fullName());
    shown.put("online", contact.online());
    shown.put("blocked", contact.blocked());
    return shown;
  }

  static Map<String, Object> session(LoginSession session) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("session_id", session.id().toString());
    shown.put("program", session.program().orElse(null));
    shown.put("created_at", session.created().toString());
    shown.put("last_used_at", session.lastUsed().toString());
    shown.put("current", session.isCurrent());
    return shown;
  }

  static Map<String, Object> message(Message message) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("message_id", message.id().toString());
    shown.put("contact_id", message.contactId().toString());
    shown.put("from_me", !message.isIncoming());
    shown.put("created_at", message.created().toString());
    shown.put("arrived_at", message.arrived().toString());
    shown.put("state", message.state().wireName());
    shown.put("text", message.text());
    shown.put("details", message.details());
    return shown;
  }

  /** A message with its files, where it has any. */
  static Map<String, Object> message(Message message, Attached attached) {
    Map<String, Object> shown = message(message);
    List<MessageFile> files = attached.of(message);
    if (!files.isEmpty()) {
      shown.put("files", files.stream().map(JsonOutput::file).toList());
    }
    return shown;
  }

  static Map<String, Object> file(MessageFile file) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("number", file.number());
    shown.put("name", file.name());
    shown.put("type", file.type());
    shown.put("size", file.size());
    file.pixels()
        .ifPresent(
            pixels -> {
              shown.put("width", pixels.width());
              shown.put("height", pixels.height());
            });
    file.blurhash().ifPresent(blurhash -> shown.put("blurhash", blurhash));
    shown.put("state", file.state().wireName());
    shown.put("done", file.done());
    shown.put("total", file.total());
    file.until().ifPresent(until -> shown.put("until", until.toString()));
    file.fault().ifPresent(fault -> shown.put("detail", fault));
    return shown;
  }

  static Map<String, Object> quarantined(Quarantined message) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("message_id", message.messageId());
    shown.put("sender_id", message.senderId());
    shown.put("first_seen", message.firstSeen().toString());
    shown.put("reason", message.reason());
    shown.put("detail", message.detail());
    return shown;
  }
}
