package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.WebSocket;
import java.util.Optional;

/**
 * One user of the original browser client: its calls with exactly the fields that it sends, and in
 * its answers only what it reads. It knows no cursors, no tickets and no message ids of its own.
 */
final class OriginalClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api api;
  private Optional<String> token = Optional.empty();
  private String userId = "";
  private Frames frames;
  private WebSocket socket;

  OriginalClient(Api api) {
    this.api = api;
  }

  void login(String email, String password) throws IOException, InterruptedException {
    ObjectNode credentials = JSON.createObjectNode().put("email", email).put("password", password);
    JsonNode session =
        api.call(
                "POST",
                "/auth/login",
                "/auth/login",
                Optional.empty(),
                Optional.of(credentials.toString()))
            .expect(200);
    token = Optional.of(session.get("access_token").textValue());
    userId = session.get("user_id").textValue();
  }

  String userId() {
    return userId;
  }

  Optional<String> token() {
    return token;
  }

  /** Opens the socket, with the access token in the URL. */
  void connect() {
    frames = new Frames(api.contract());
    socket = api.open("token=" + token.orElseThrow(), frames);
  }

  /** The payload of the next frame of a type. */
  JsonNode next(String type) throws InterruptedException {
    return frames.next(type);
  }

  JsonNode contacts() throws IOException, InterruptedException {
    return api.call("GET", "/contacts", "/contacts?user_id=" + userId, token, Optional.empty())
        .expect(200);
  }

  JsonNode conversation(String contactId) throws IOException, InterruptedException {
    return api.call(
            "GET",
            "/messages/conversation/{contact_id}",
            "/messages/conversation/" + contactId + "?current_user_id=" + userId,
            token,
            Optional.empty())
        .expect(200);
  }

  /** Sends what the user typed; it isn't really encrypted there. */
  JsonNode send(String recipientId, String content) throws IOException, InterruptedException {
    ObjectNode message =
        JSON.createObjectNode()
            .put("recipient_id", recipientId)
            .put("encrypted_content", "encrypted:" + content)
            .put("encrypted_session_key", "session-key-placeholder")
            .put("crypto_version", "v1")
            .put("encryption_algorithm", "ECDH-AES256-GCM")
            .put("kdf_algorithm", "HKDF-SHA256");
    return api.call("POST", "/relay/send", "/relay/send", token, Optional.of(message.toString()))
        .expect(201);
  }

  JsonNode pending() throws IOException, InterruptedException {
    return api.call("GET", "/relay/pending", "/relay/pending", token, Optional.empty()).expect(200);
  }

  Api.Answer acknowledge(String messageId) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("message_id", messageId);
    return api.call(
        "POST", "/relay/acknowledge", "/relay/acknowledge", token, Optional.of(body.toString()));
  }

  void typing(String recipientId, boolean isTyping) {
    send(
        "typing",
        JSON.createObjectNode().put("recipient_id", recipientId).put("is_typing", isTyping));
  }

  void confirmReading(String messageId, String senderId) {
    send("read_confirmation", confirmation(messageId, senderId));
  }

  void confirmDelivery(String messageId, String senderId) {
    send("delivery_confirmation", confirmation(messageId, senderId));
  }

  private static ObjectNode confirmation(String messageId, String senderId) {
    return JSON.createObjectNode().put("message_id", messageId).put("sender_id", senderId);
  }

  private void send(String type, ObjectNode payload) {
    String frame = JSON.createObjectNode().put("type", type).set("payload", payload).toString();
    api.contract().clientFrame(frame);
    socket.sendText(frame, true).join();
  }

  /** Closes the socket as a closed browser tab does. */
  void disconnect() {
    socket.sendClose(1001, "").join();
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
