package io.quantchat.client;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.OutboxStore.Waiting;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.Socket;
import io.quantchat.crypto.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Messages on their way out. A message is stored, then sealed once when it is first sent; every try
 * sends the same bytes, until the relay has answered.
 */
final class Outbox {

  /** So many tries without an answer, and the rest of the outbox waits, too. */
  private static final int MOST_UNREACHABLE = 3;

  private final UUID userId;
  private final LocalStore store;
  private final RelayApi relay;
  private final Sealing sealing;
  private final Surroundings surroundings;
  private final QuantChatListener listener;

  /** Answers after which the same message would get the same one. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 404, 409, 413, 422);

  private static final String DAMAGED =
      "It can't be read any more, for the store is damaged: write it again.";

  /** Messages that have left over the socket, and until when the answer is awaited. */
  private final Map<UUID, Instant> awaited = new HashMap<>();

  /** The relay has asked to be left alone until then. */
  private Instant quietUntil = Instant.MIN;

  Outbox(
      UUID userId,
      LocalStore store,
      RelayApi relay,
      Sealing sealing,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.relay = relay;
    this.sealing = sealing;
    this.surroundings = surroundings;
    this.listener = listener;
  }

  /** Whether a send that was answered so is in vain. A firewall's 403, for one, passes. */
  static boolean isForGood(int status) {
    return FOR_GOOD.contains(status);
  }

  /** When to try again what is left. */
  Duration nextTry() {
    Duration wait =
        awaited.isEmpty() ? surroundings.backoff().longest() : surroundings.waits().frame();
    Instant now = surroundings.now();
    return quietUntil.isAfter(now.plus(wait)) ? Duration.between(now, quietUntil) : wait;
  }

  /**
   * Sends what is waiting, each contact's messages in their order: over a socket the next one waits
   * for the answer to the last, for the relay takes up frames in any order.
   *
   * @return whether something is left that another try may help
   */
  boolean run(Optional<Socket> socket) {
    int unreachable = 0;
    var held = new HashSet<UUID>();
    for (Waiting waiting : store.outbox().waiting()) {
      if (surroundings.now().isBefore(quietUntil) || unreachable == MOST_UNREACHABLE) {
        return true;
      }
      if (held.contains(waiting.contactId())) {
        continue;
      }
      if (isAwaited(waiting.messageId())) {
        held.add(waiting.contactId());
        continue;
      }
      try {
        send(waiting, socket);
        if (isAwaited(waiting.messageId())) {
          held.add(waiting.contactId());
        }
      } catch (RefusedException e) {
        held.add(waiting.contactId());
        store
            .messages()
            .find(userId, waiting.messageId())
            .ifPresent(message -> listener.held(message, e));
      } catch (ServerRefusalException | DamagedException e) {
        // Of what the message needs, not of the message: the next ones may do without.
        held.add(waiting.contactId());
        listener.failed(e);
      } catch (ServerUnreachableException e) {
        held.add(waiting.contactId());
        unreachable++;
        e.retryAfter().ifPresent(wait -> quietUntil = surroundings.now().plus(wait));
      }
    }
    return !held.isEmpty() || !awaited.isEmpty();
  }

  private boolean isAwaited(UUID messageId) {
    Instant until = awaited.getOrDefault(messageId, Instant.MIN);
    return surroundings.now().isBefore(until);
  }

  private void send(Waiting waiting, Optional<Socket> socket) {
    UUID messageId = waiting.messageId();
    Optional<byte[]> kept;
    Optional<Message> written = Optional.empty();
    try {
      kept = store.outbox().request(messageId);
      if (kept.isEmpty()) {
        written = store.messages().find(userId, messageId);
      }
    } catch (DamagedException e) {
      refused(messageId, DAMAGED);
      return;
    }
    send(waiting, kept.isPresent() ? kept.get() : sealing.seal(written.orElseThrow()), socket);
  }

  /** A message that got no answer over a socket that is still there goes the other way. */
  private void send(Waiting waiting, byte[] request, Optional<Socket> socket) {
    UUID messageId = waiting.messageId();
    boolean overdue = awaited.remove(messageId) != null;
    if (!overdue && socket.filter(Socket::isOpen).isPresent()) {
      if (socket.get().send(request)) {
        awaited.put(messageId, surroundings.now().plus(surroundings.waits().frame()));
        surroundings.at(Step.LEFT);
        return;
      }
    }
    try {
      relay.send(request);
    } catch (ServerRefusalException e) {
      if (!isForGood(e.status())) {
        throw e;
      }
      refused(messageId, e.getMessage());
      return;
    }
    surroundings.at(Step.ANSWERED);
    sent(messageId);
  }

  /** The relay has it. */
  void sent(UUID messageId) {
    settle(messageId, MessageState.SENT, Optional.empty());
  }

  /** The relay won't ever take it. */
  void refused(UUID messageId, String detail) {
    settle(messageId, MessageState.FAILED, Optional.of(detail));
  }

  void disconnected() {
    awaited.clear();
  }

  private void settle(UUID messageId, MessageState state, Optional<String> failure) {
    awaited.remove(messageId);
    Optional<Message> moved =
        store.transaction(
            () -> {
              Optional<Waiting> waiting = store.outbox().find(messageId);
              store.outbox().remove(messageId);
              Optional<Message> after =
                  waiting.flatMap(
                      found ->
                          store.messages().advance(userId, messageId, found.contactId(), state));
              return failure.isPresent()
                  ? after.map(message -> withReason(message, failure.get()))
                  : after;
            });
    surroundings.at(Step.ANSWER_KEPT);
    moved.ifPresent(listener::moved);
  }

  private Message withReason(Message failed, String reason) {
    Message explained = failed.with(Message.FAILURE, reason);
    store.messages().keepDetails(explained);
    return explained;
  }
}
