package io.quantchat.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;
import java.util.Base64;

/**
 * A message of a stranger's is sent to somebody who is connected, fetched, read again, and
 * acknowledged.
 */
final class RelayRehearsal {

  private RelayRehearsal() {}

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    String sender = stage.newId();
    String recipient = stage.newAccount();
    stage.openSocket(recipient);
    String senderToken = stage.tokenOf(sender);
    String recipientToken = stage.tokenOf(recipient);

    stage.play(stage.request("POST /relay/send", senderToken, message(stage, recipient)));
    JsonNode pending = stage.play(stage.request("GET /relay/pending", recipientToken));
    stage.play(
        stage.request(
            "GET /messages/conversation/{contact_id}", recipientToken, "contact_id", sender));
    String messageId = pending.at("/messages/0/id").textValue();
    stage.play(
        stage.request(
            "POST /relay/acknowledge", recipientToken, Json.object().put("message_id", messageId)));
  }

  private static ObjectNode message(RehearsalStage stage, String recipient) {
    var content = new byte[700];
    stage.random().nextBytes(content);
    return Json.object()
        .put("recipient_id", recipient)
        .put("encrypted_content", Base64.getEncoder().encodeToString(content))
        .set("encrypted_session_key", Json.object().put("encrypted_key", "key").put("iv", "nonce"));
  }
}
