package io.quantchat.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** A text as the browser client sends it today: its encryption is a placeholder. */
final class SentText {

  static final String SESSION_KEY = "session-key-placeholder";

  private SentText() {}

  static String of(String text) {
    return "encrypted:" + text;
  }

  /** That a message, pending or pushed, is what its sender sent. */
  static void check(JsonNode message, Person sender, String text) throws Difference {
    Difference.check("sender_id", sender.id(), message.path("sender_id").asText());
    Difference.check("encrypted_content", of(text), message.path("encrypted_content").asText());
    Difference.check(
        "encrypted_session_key", SESSION_KEY, message.path("encrypted_session_key").asText());
  }
}
