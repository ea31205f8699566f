package io.quantchat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.Quarantined;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON for programs, a value a line. In ASCII alone: the same whatever a locale says, and harmless
 * to a terminal that it is printed on.
 */
final class JsonOutput {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonOutput() {}

  static String of(Object value) {
    try {
      return JSON.writeValueAsString(value).replace("\u007f", "\\u007f");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON can be made of it", e);
    }
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

  static Map<String, Object> message(Message message) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("message_id", message.id().toString());
    shown.put("contact_id", message.contactId().toString());
    shown.put("from_me", !message.isIncoming());
    shown.put("created_at", message.created().toString());
    shown.put("state", message.state().wireName());
    shown.put("text", message.text());
    shown.put("details", message.details());
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
