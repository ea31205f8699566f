package io.quantchat.client;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
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

  /** What has left over the socket, and until when its answer is awaited. */
  private final Map<UUID, Instant> awaited = new HashMap<>();

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

  /**
   * Sends what is waiting, each contact's messages in their order.
   *
   * @return whether something is left that another try may help
   */
  boolean run(Optional<Socket> socket) {
    int unreachable = 0;
    var held = new HashSet<UUID>();
    for (Waiting waiting : store.outbox().waiting()) {
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
      } catch (ServerRefusalException e) {
        refused(waiting.messageId(), e.getMessage());
      } catch (ServerUnreachableException e) {
        held.add(waiting.contactId());
        unreachable++;
        if (unreachable == MOST_UNREACHABLE) {
          break;
        }
      }
    }
    return !held.isEmpty() || !awaited.isEmpty();
  }

  private boolean isAwaited(UUID messageId) {
    Instant until = awaited.getOrDefault(messageId, Instant.MIN);
    return surroundings.now().isBefore(until);
  }

  /** What didn't get its answer over a socket that is still there goes the other way. */
  private void send(Waiting waiting, Optional<Socket> socket) {
    UUID messageId = waiting.messageId();
    byte[] request = waiting.request().orElseGet(() -> seal(waiting));
    boolean overdue = awaited.remove(messageId) != null;
    if (!overdue && socket.filter(Socket::isOpen).isPresent()) {
      if (socket.get().sendWhole("send", request)) {
        awaited.put(messageId, surroundings.now().plus(surroundings.answerWait()));
        surroundings.at(Step.LEFT);
        return;
      }
    }
    relay.send(request);
    surroundings.at(Step.ANSWERED);
    sent(messageId);
  }

  private byte[] seal(Waiting waiting) {
    Message message = store.messages().find(userId, waiting.messageId()).orElseThrow();
    var outgoing =
        new OutgoingMessage(
            message.id(), message.created(), message.text().getBytes(StandardCharsets.UTF_8));
    Sealed sealed = seal(waiting.contactId(), outgoing);
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

  /** The relay can't take it now, or the socket is gone: it is sent again. */
  void unanswered(UUID messageId) {
    awaited.remove(messageId);
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
              waiting.ifPresent(
                  found ->
                      failure.ifPresent(
                          detail ->
                              store
                                  .messages()
                                  .find(userId, messageId)
                                  .map(message -> message.with(Message.FAILURE, detail))
                                  .ifPresent(store.messages()::keepDetails)));
              store.outbox().remove(messageId);
              return waiting.flatMap(
                  found -> store.messages().advance(userId, messageId, found.contactId(), state));
            });
    surroundings.at(Step.ANSWER_KEPT);
    moved.ifPresent(listener::moved);
  }
}
