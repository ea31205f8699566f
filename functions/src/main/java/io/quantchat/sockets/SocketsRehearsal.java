package io.quantchat.sockets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.auth.RehearsedSessions;
import io.quantchat.contacts.Contact;
import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.limits.Limit;
import io.quantchat.push.Connection;
import io.quantchat.rehearsal.RehearsalStage;
import java.io.IOException;
import java.util.Set;

/**
 * A socket opens; its owner types and writes to a contact who is connected, and writes to somebody
 * who has blocked the owner; it closes.
 */
final class SocketsRehearsal {

  private final RehearsalStage stage;
  private final Connection socket;
  private final String sessionId;

  private SocketsRehearsal(RehearsalStage stage, Connection socket, String sessionId) {
    this.stage = stage;
    this.socket = socket;
    this.sessionId = sessionId;
  }

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    String owner = stage.newAccount();
    String contact = stage.newAccount();
    var contacts = ContactStore.of(stage.props());
    contacts.add(new Contact(owner, contact, stage.now()));
    contacts.add(new Contact(contact, owner, stage.now()));
    stage.openSocket(contact);
    for (int sockets = 0; sockets < Limit.SOCKETS.most(); sockets++) {
      stage.openSocket(owner);
    }
    String sessionId = RehearsedSessions.begin(stage, owner).sessionId();
    new SocketsRehearsal(stage, stage.newSocket(owner), sessionId).play(contact);
    String earlier = RehearsedSessions.beginEarlier(stage, contact).sessionId();
    var inAnEarlierSession = new SocketsRehearsal(stage, stage.newSocket(contact), earlier);
    stage.play(inAnEarlierSession.event("CONNECT", "$connect"));
    String leaving = stage.newOnlineAccount();
    var last = new SocketsRehearsal(stage, stage.newSocket(leaving), sessionId);
    stage.play(last.event("DISCONNECT", "$disconnect"));
  }

  private void play(String contact) throws IOException {
    stage.play(event("CONNECT", "$connect"));
    message("typing", Json.object().put("recipient_id", contact).put("is_typing", true));
    send(contact);
    send(stage.newAccount(Set.of(socket.userId())));
    message(
        "delivery_confirmation",
        Json.object().put("message_id", stage.newId()).put("sender_id", contact));
    ObjectNode ids = Json.object();
    ids.putArray("message_ids").add(stage.newId());
    message("acknowledge", ids);
    message("ping", Json.object());
    stage.play(event("DISCONNECT", "$disconnect"));
  }

  private void send(String recipient) throws IOException {
    message(
        "send",
        Json.object()
            .put("message_id", Ids.timeOrdered(socket.connectedAt(), stage.random()))
            .put("recipient_id", recipient)
            .put("encrypted_content", "content")
            .put("encrypted_session_key", "key"));
  }

  private void message(String type, ObjectNode payload) throws IOException {
    ObjectNode frame = Json.object().put("type", type).set("payload", payload);
    JsonNode answer = stage.play(event("MESSAGE", type).put("body", frame.toString()));
    if (answer.path("type").asText().equals("error")) {
      throw new IllegalStateException(type + " was refused: " + answer);
    }
  }

  private ObjectNode event(String eventType, String routeKey) {
    ObjectNode event = Json.object();
    event
        .putObject("requestContext")
        .put("eventType", eventType)
        .put("routeKey", routeKey)
        .put("connectionId", socket.connectionId())
        .put("connectedAt", socket.connectedAt().toEpochMilli())
        .putObject("authorizer")
        .put("principalId", socket.userId())
        .put("session_id", sessionId);
    return event;
  }
}
