package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.ServerRefusalException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A frame that comes over the socket. */
public sealed interface Frame {

  /**
   * A message was sent to this account.
   *
   * @param message as it came; without its content where it is to be fetched
   */
  record NewMessage(Map<String, Object> message, boolean isToFetch) implements Frame {

    /** The sender by the relay's word. */
    public Optional<UUID> senderId() {
      return Json.id(message, "sender_id");
    }

    /** Whether the relay says that the account hasn't added the sender. */
    public boolean isFromStranger() {
      return Boolean.TRUE.equals(message.get(Message.STRANGER));
    }
  }

  /** The relay has a message that was sent over the socket. */
  record Queued(UUID messageId) implements Frame {}

  /**
   * The relay didn't take a message that was sent over the socket.
   *
   * @param status of HTTP; 0 where it isn't said
   * @param code the relay's word for programs; empty where there is none
   * @param retryAfter when it may be taken; zero where that isn't said
   */
  record SendRefused(UUID messageId, int status, String detail, String code, Duration retryAfter)
      implements Frame {

    /** Whether it would be taken once it is made anew, with the clock put right. */
    public boolean isForTheClock() {
      return code.equals(ServerRefusalException.CLOCK);
    }
  }

  /** The key directory is running out of this account's one-time prekeys. */
  record PrekeysLow() implements Frame {}

  /** A frame that somebody else's program, or the relay about somebody else, sends. */
  sealed interface Signal extends Frame {}

  /**
   * Somebody's program has a message, or somebody has read it.
   *
   * @param messageId nothing where it can't be read: that somebody is there, it says all the same
   * @param proof as it came, base64; nothing where there is none
   */
  record Receipt(UUID userId, Optional<UUID> messageId, MessageState state, Optional<String> proof)
      implements Signal {}

  record Typing(UUID userId, boolean isTyping) implements Signal {}

  record Presence(UUID userId, boolean isOnline) implements Signal {}

  record ContactAdded(UUID contactId, String username) implements Signal {}

  /** An answer that nobody waits for, an event of tomorrow, or one that can't be read. */
  record Other() implements Frame {}

  /** Reads one. */
  static Frame of(String type, Map<String, Object> payload) {
    return switch (type) {
      case "new_message" -> new NewMessage(payload, Boolean.TRUE.equals(payload.get("fetch")));
      case "message_queued" -> about(payload, "message_id", Queued::new);
      case "error" -> refusal(payload);
      case "prekeys_low" -> new PrekeysLow();
      case "message_delivered" -> receipt(payload, MessageState.DELIVERED);
      case "message_read" -> receipt(payload, MessageState.READ);
      case "typing" ->
          about(
              payload,
              "user_id",
              user -> new Typing(user, Boolean.TRUE.equals(payload.get("is_typing"))));
      case "user_online" -> about(payload, "user_id", user -> new Presence(user, true));
      case "user_offline" -> about(payload, "user_id", user -> new Presence(user, false));
      case "contact_added" ->
          about(
              payload,
              "contact_id",
              user -> new ContactAdded(user, Json.string(payload, "username").orElse("")));
      default -> new Other();
    };
  }

  private static Frame about(
      Map<String, Object> payload, String member, Function<UUID, Frame> frame) {
    return Json.id(payload, member).map(frame).orElseGet(Other::new);
  }

  private static Frame receipt(Map<String, Object> payload, MessageState state) {
    return about(
        payload,
        "user_id",
        user ->
            new Receipt(
                user, Json.id(payload, "message_id"), state, Json.string(payload, "proof")));
  }

  /** Of what was refused, only sends are waited for. */
  private static Frame refusal(Map<String, Object> payload) {
    if (!"send".equals(payload.get("type"))) {
      return new Other();
    }
    int status = payload.get("status") instanceof Integer number ? number : 0;
    String detail = Json.string(payload, "detail").orElse("The relay refuses it.");
    String code = Json.string(payload, "code").orElse("");
    Duration retryAfter =
        payload.get("retry_after") instanceof Integer seconds && seconds > 0
            ? Duration.ofSeconds(seconds)
            : Duration.ZERO;
    return about(
        payload, "message_id", id -> new SendRefused(id, status, detail, code, retryAfter));
  }
}
