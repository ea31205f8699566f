package io.quantchat.client;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.LoginRequiredException;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.ServerRefusalException;
import io.quantchat.client.wire.ServerUnreachableException;
import io.quantchat.client.wire.Socket;
import io.quantchat.client.wire.Wire;
import io.quantchat.crypto.RefusedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** One account at work: what comes in and goes out, in which order. On the worker's thread. */
final class Engine implements Link.Handler {

  private static final Duration UPKEEP = Duration.ofHours(1);
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final UUID userId;
  private final LocalStore store;
  private final RelayApi relay;
  private final Worker worker;
  private final Surroundings surroundings;
  private final QuantChatListener listener;
  private final OwnKeys ownKeys;
  private final Peers peers;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Link link;
  private final Backoff retries;

  private Instant nextUpkeep = Instant.MIN;
  private boolean resumeDue;
  private boolean pumpDue;

  Engine(
      UUID userId,
      LocalStore store,
      RelayApi relay,
      HttpClient http,
      URI socketUrl,
      Worker worker,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.relay = relay;
    this.worker = worker;
    this.surroundings = surroundings;
    this.listener = listener;
    this.ownKeys = new OwnKeys(userId, store, relay.keys(), surroundings);
    this.peers = new Peers(store, relay.keys(), surroundings, listener);
    this.outbox =
        new Outbox(userId, store, relay, peers, ownKeys.identity(), surroundings, listener);
    this.inbox = new Inbox(userId, store, relay, peers, surroundings, listener);
    this.link = new Link(worker, http, socketUrl, relay, surroundings, this);
    this.retries = new Backoff(surroundings.backoff(), surroundings.random());
  }

  OwnKeys ownKeys() {
    return ownKeys;
  }

  Peers peers() {
    return peers;
  }

  Link link() {
    return link;
  }

  /**
   * Everything once, over REST: keys, what is to go out, what has come in.
   *
   * @return whether something is left that another try may help
   */
  boolean sync() {
    boolean unpublished = !tried(ownKeys::upkeep);
    boolean unsent = outbox.run(Optional.empty());
    boolean untaken = inbox.catchUp(relay::acknowledge);
    return unpublished || unsent || untaken;
  }

  /** There is a message to send: it goes out now where a connection is wanted. */
  void written() {
    if (link.isWanted()) {
      pump();
    }
  }

  /** The user has agreed to something that messages waited for. */
  void unblocked() {
    if (link.isWanted()) {
      resume();
    }
  }

  /** Sends what is waiting, and again later while something is. */
  void pump() {
    if (outbox.run(link.socket()) && !pumpDue) {
      pumpDue = true;
      Duration wait =
          link.socket().isPresent() ? surroundings.answerWait() : surroundings.backoff().longest();
      worker.after(
          wait,
          () -> {
            pumpDue = false;
            pump();
          });
    }
  }

  /** What a gap may have held up; a part that can't be done now doesn't hold up the others. */
  private void resume() {
    boolean left = !tried(this::keepUp);
    left |= !tried(this::pump);
    left |= !tried(this::catchUp);
    sendReceipts();
    if (left) {
      resumeLater();
    } else {
      retries.reset();
    }
  }

  private void keepUp() {
    if (!surroundings.now().isBefore(nextUpkeep)) {
      ownKeys.upkeep();
      nextUpkeep = surroundings.now().plus(UPKEEP);
    }
  }

  private void catchUp() {
    if (inbox.catchUp(this::acknowledge)) {
      resumeLater();
    }
  }

  /** Whether a part was done, or need not be tried again; it never hinders another. */
  private boolean tried(Runnable part) {
    try {
      part.run();
      return true;
    } catch (ServerUnreachableException e) {
      return false;
    } catch (ServerRefusalException | RefusedException e) {
      listener.failed(e);
      return false;
    } catch (LoginRequiredException e) {
      listener.loginRequired();
      return true;
    }
  }

  private void resumeLater() {
    if (!resumeDue) {
      resumeDue = true;
      worker.after(
          retries.next(),
          () -> {
            resumeDue = false;
            if (link.socket().isPresent()) {
              resume();
            }
          });
    }
  }

  private void acknowledge(List<UUID> messageIds) {
    Optional<Socket> socket = link.socket();
    if (socket.isPresent()) {
      List<String> ids = messageIds.stream().map(UUID::toString).toList();
      socket.get().send("acknowledge", Map.of("message_ids", ids));
    } else {
      relay.acknowledge(messageIds);
    }
  }

  /** Tells senders how far their messages are, where there is a socket to tell it over. */
  void sendReceipts() {
    link.socket()
        .ifPresent(
            socket -> {
              for (Message message : store.messages().owedReceipts()) {
                socket.send(
                    message.state() == MessageState.READ
                        ? "read_confirmation"
                        : "delivery_confirmation",
                    Map.of(
                        "message_id", message.id().toString(),
                        "sender_id", message.senderId().toString()));
                store.messages().receiptSent(message);
              }
            });
  }

  @Override
  public void opened() {
    listener.connection(true);
    resume();
  }

  @Override
  public void beat() {
    resume();
  }

  @Override
  public void lost() {
    outbox.disconnected();
    listener.connection(false);
    tried(this::pump);
  }

  @Override
  public void loginRequired() {
    listener.loginRequired();
  }

  @Override
  public void frame(String type, Map<String, Object> payload) {
    switch (type) {
      case "new_message" -> pushed(payload);
      case "message_queued" -> id(payload, "message_id").ifPresent(outbox::sent);
      case "error" -> refused(payload);
      case "message_delivered" -> receipt(payload, MessageState.DELIVERED);
      case "message_read" -> receipt(payload, MessageState.READ);
      case "typing" ->
          id(payload, "user_id")
              .ifPresent(
                  who -> listener.typing(who, Boolean.TRUE.equals(payload.get("is_typing"))));
      case "user_online" -> id(payload, "user_id").ifPresent(who -> listener.presence(who, true));
      case "user_offline" -> id(payload, "user_id").ifPresent(who -> listener.presence(who, false));
      case "contact_added" ->
          id(payload, "contact_id")
              .ifPresent(
                  who -> listener.contactAdded(who, Wire.text(payload, "username").orElse("")));
      case "prekeys_low" -> runOrResume(ownKeys::replenish);
      default -> {
        // An answer that nobody waits for, or an event of tomorrow.
      }
    }
  }

  private void runOrResume(Runnable part) {
    if (!tried(part)) {
      nextUpkeep = Instant.MIN;
      resumeLater();
    }
  }

  private void pushed(Map<String, Object> message) {
    if (Boolean.TRUE.equals(message.get("fetch"))) {
      runOrResume(this::catchUp);
      sendReceipts();
      return;
    }
    runOrResume(
        () ->
            inbox
                .arrived(message)
                .ifPresent(
                    id -> {
                      acknowledge(List.of(id));
                      surroundings.at(Step.ACKNOWLEDGED);
                    }));
    sendReceipts();
  }

  /** A send that was refused for good fails; one that can't be taken now is sent again. */
  private void refused(Map<String, Object> payload) {
    Optional<UUID> messageId = id(payload, "message_id");
    if (messageId.isEmpty() || !"send".equals(payload.get("type"))) {
      return;
    }
    int status = payload.get("status") instanceof Integer number ? number : 0;
    boolean forGood = status >= 400 && status < 500 && status != 401 && status != 429;
    if (forGood) {
      outbox.refused(messageId.get(), Wire.text(payload, "detail").orElse("The relay refuses it."));
    } else {
      resumeLater();
    }
  }

  private void receipt(Map<String, Object> payload, MessageState state) {
    Optional<UUID> messageId = id(payload, "message_id");
    Optional<UUID> contactId = id(payload, "user_id");
    if (messageId.isPresent() && contactId.isPresent()) {
      store
          .messages()
          .advance(userId, messageId.get(), contactId.get(), state)
          .ifPresent(listener::moved);
    }
  }

  private static Optional<UUID> id(Map<String, Object> payload, String name) {
    return Wire.text(payload, name)
        .filter(text -> UUID_FORM.matcher(text).matches())
        .map(UUID::fromString);
  }
}
