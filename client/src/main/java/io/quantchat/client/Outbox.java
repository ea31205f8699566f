package io.quantchat.client;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.DamagedException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.OutboxStore.Waiting;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.ServerRefusalException;
import io.quantchat.client.wire.ServerUnreachableException;
import io.quantchat.client.wire.Socket;
import io.quantchat.client.wire.Wire;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.MessageSealer;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.OutgoingMessage;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.Sealed;
import java.nio.charset.StandardCharsets;
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

  /** Refusals of the prekey, not of the peer: another prekey may do. */
  private static final Set<Refusal> OF_THE_PREKEY =
      Set.of(
          Refusal.REUSED_PREKEY,
          Refusal.EXPIRED_PREKEY,
          Refusal.BAD_PROOF,
          Refusal.BAD_SIGNATURE,
          Refusal.MISSING_SIGNATURE,
          Refusal.UNEXPECTED_SIGNATURE,
          Refusal.WRONG_KEY,
          Refusal.WRONG_USER);

  /** So many tries without an answer, and the rest of the outbox waits, too. */
  private static final int MOST_UNREACHABLE = 3;

  private final UUID userId;
  private final LocalStore store;
  private final RelayApi relay;
  private final Peers peers;
  private final MessageSealer sealer;
  private final Surroundings surroundings;
  private final QuantChatListener listener;

  /** Answers after which the same message would get the same one. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 404, 409, 413, 422);

  private static final String DAMAGED =
      "It can't be read any more, for the store is damaged: write it again.";

  /** What has left over the socket, and until when its answer is awaited. */
  private final Map<UUID, Instant> awaited = new HashMap<>();

  /** The relay has asked to be left alone until then. */
  private Instant quietUntil = Instant.MIN;

  Outbox(
      UUID userId,
      LocalStore store,
      RelayApi relay,
      Peers peers,
      IdentityKeys identity,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.relay = relay;
    this.peers = peers;
    this.surroundings = surroundings;
    this.listener = listener;
    this.sealer =
        new MessageSealer(
            userId,
            identity,
            Capabilities.ofThisProgram(),
            store.peers()::isSpent,
            surroundings.clock(),
            surroundings.random());
  }

  /** Whether a send that was answered so is in vain. A firewall's 403, for one, passes. */
  static boolean isForGood(int status) {
    return FOR_GOOD.contains(status);
  }

  /** When to try again what is left. */
  Duration nextTry() {
    Duration wait =
        awaited.isEmpty() ? surroundings.backoff().longest() : surroundings.answerWait();
    Instant now = surroundings.now();
    return quietUntil.isAfter(now.plus(wait)) ? Duration.between(now, quietUntil) : wait;
  }

  /**
   * Sends what is waiting, each contact's messages in their order.
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
      if (held.contains(waiting.contactId()) || isAwaited(waiting.messageId())) {
        continue;
      }
      try {
        send(waiting, socket);
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
    send(waiting, kept.isPresent() ? kept.get() : seal(written.orElseThrow()), socket);
  }

  /** What didn't get its answer over a socket that is still there goes the other way. */
  private void send(Waiting waiting, byte[] request, Optional<Socket> socket) {
    UUID messageId = waiting.messageId();
    boolean overdue = awaited.remove(messageId) != null;
    if (!overdue && socket.filter(Socket::isOpen).isPresent()) {
      if (socket.get().sendWhole("send", request)) {
        awaited.put(messageId, surroundings.now().plus(surroundings.answerWait()));
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

  private byte[] seal(Message message) {
    var outgoing =
        new OutgoingMessage(
            message.id(), message.created(), message.text().getBytes(StandardCharsets.UTF_8));
    Sealed sealed = seal(message.contactId(), outgoing);
    byte[] request = Wire.write(sealed.envelope().toMap());
    surroundings.at(Step.SEALED);
    store.transaction(
        () -> {
          store.outbox().keepRequest(message.id(), request);
          store.peers().keep(sealed.peer());
          sealed.envelope().sessionKey().prekeys().oneTime().ifPresent(store.peers()::spend);
          store
              .messages()
              .keepDetails(Details.of(message, sealed.envelope().suite(), sealed.mode()));
          return null;
        });
    surroundings.at(Step.SEAL_KEPT);
    return request;
  }

  private Sealed seal(UUID contactId, OutgoingMessage outgoing) {
    boolean mayTake = true;
    while (true) {
      Peers.Supply supply = peers.supply(contactId, mayTake);
      Optional<OfferedPrekey> prekey = supply.prekey();
      try {
        return sealer.seal(supply.peer(), prekey, outgoing);
      } catch (RefusedException e) {
        if (prekey.isEmpty() || !OF_THE_PREKEY.contains(e.refusal())) {
          throw e;
        }
        // What a server that cheats hands out is passed over; it is asked once only.
        store.peers().spend(prekey.get().prekey().id());
        mayTake = false;
      }
    }
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
