package io.quantchat.client;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.FileException;
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
 * sends the same bytes, until the relay has answered. One that the relay refuses for the clock's
 * sake waits until the clock is right, and is sealed anew under a new id.
 */
final class Outbox {

  /** So many tries without an answer, and the rest of the outbox waits, too. */
  private static final int MOST_UNREACHABLE = 3;

  private final UUID userId;
  private final LocalStore store;
  private final RelayApi relay;
  private final Sealing sealing;
  private final Ids ids;
  private final ClockWatch clock;
  private final Surroundings surroundings;
  private final QuantChatListener listener;

  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;

  /** Answers after which the same message would get the same one. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 404, 409, 413, 422);

  /** For so long the server is to have a message's files when it goes out; of 7 days. */
  private static final Duration FILES_LEFT = Duration.ofDays(6);

  private static final String DAMAGED =
      "It can't be read any more, for the store is damaged: write it again.";

  private static final String TOO_LATE =
      "It couldn't be sent within the last 7 days, and doesn't go out by itself any more: send it"
          + " again, if it still holds.";

  private static final String GONE =
      "There is no such account any more, so nobody gets it: ask them for another address of"
          + " theirs.";

  /** Messages that have left over the socket, and for how long the answer is awaited. */
  private final Map<UUID, Pause> awaited = new HashMap<>();

  /** Messages whose bytes the relay has refused for the clock's sake. */
  private final Set<UUID> misdated = new HashSet<>();

  /** New ids of such messages: the relay that refuses one of them again means something else. */
  private final Set<UUID> redated = new HashSet<>();

  /** By contact, the newest id that was sealed. */
  private final Map<UUID, UUID> newest = new HashMap<>();

  /** By contact, for how long the relay takes nothing more for it. */
  private final Map<UUID, Pause> turnedAway = new HashMap<>();

  /** The relay has asked to be left alone for so long. */
  private Pause quiet = Pause.OVER;

  Outbox(
      UUID userId,
      LocalStore store,
      RelayApi relay,
      Sealing sealing,
      Ids ids,
      ClockWatch clock,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.userId = userId;
    this.store = store;
    this.relay = relay;
    this.sealing = sealing;
    this.ids = ids;
    this.clock = clock;
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
    Duration asked = quiet.left();
    return asked.compareTo(wait) > 0 ? asked : wait;
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
      if (!quiet.isOver() || unreachable == MOST_UNREACHABLE) {
        return true;
      }
      if (held.contains(waiting.contactId())) {
        continue;
      }
      if (isAwaited(waiting.messageId())
          || !turnedAway.getOrDefault(waiting.contactId(), Pause.OVER).isOver()) {
        held.add(waiting.contactId());
        continue;
      }
      try {
        if (!send(waiting, socket)) {
          held.add(waiting.contactId());
        }
      } catch (RefusedException e) {
        held.add(waiting.contactId());
        store
            .messages()
            .find(userId, waiting.messageId())
            .ifPresent(message -> listener.held(message, e));
      } catch (ServerRefusalException e) {
        // Of what the message needs, not of the message: the next ones may do without.
        held.add(waiting.contactId());
        turnAway(waiting.contactId(), e);
      } catch (DamagedException e) {
        held.add(waiting.contactId());
        listener.failed(e);
      } catch (ServerUnreachableException e) {
        held.add(waiting.contactId());
        unreachable++;
        e.retryAfter().ifPresent(wait -> quiet = surroundings.pause(wait));
      }
    }
    return !held.isEmpty() || !awaited.isEmpty();
  }

  /** Nothing more goes to this contact until the relay may take it; the user is told why. */
  private void turnAway(UUID contactId, ServerRefusalException refusal) {
    refusal.retryAfter().ifPresent(wait -> turnedAway.put(contactId, surroundings.pause(wait)));
    listener.failed(refusal);
  }

  /** The relay doesn't take it now: it stays, and is sent again. */
  void notNow(UUID messageId, ServerRefusalException refusal) {
    awaited.remove(messageId);
    if (ServerRefusalException.isOfTheRecipient(refusal.code())) {
      store.outbox().find(messageId).ifPresent(waiting -> turnAway(waiting.contactId(), refusal));
    } else {
      refusal.retryAfter().ifPresent(wait -> quiet = surroundings.pause(wait));
    }
  }

  private boolean isAwaited(UUID messageId) {
    return !awaited.getOrDefault(messageId, Pause.OVER).isOver();
  }

  /** Whether the contact's next message may go now. */
  private boolean send(Waiting waiting, Optional<Socket> socket) {
    UUID messageId = waiting.messageId();
    try {
      Optional<byte[]> kept =
          misdated.contains(messageId) ? Optional.empty() : store.outbox().request(messageId);
      if (kept.isPresent()) {
        return leave(waiting, kept.get(), socket);
      }
      if (!clock.allowsSealing()) {
        return false;
      }
      Optional<byte[]> control = store.outbox().control(messageId);
      if (control.isPresent()) {
        return sendControl(waiting, control.get(), socket);
      }
      Message message = dated(waiting);
      if (!areFilesUp(message.id())) {
        return false;
      }
      Waiting current = store.outbox().find(message.id()).orElseThrow();
      byte[] request = sealing.seal(message, written(current, message));
      newest.put(waiting.contactId(), message.id());
      return leave(current, request, socket);
    } catch (FileException e) {
      refused(messageId, e.getMessage());
      return true;
    } catch (DamagedException e) {
      refused(messageId, DAMAGED);
      return true;
    }
  }

  /** The message goes once all of its files are on the server, and for as long as it is there. */
  private boolean areFilesUp(UUID messageId) {
    store.files().requireUntil(userId, messageId, surroundings.now().plus(FILES_LEFT));
    return store.files().areUp(userId, messageId);
  }

  /**
   * Sends what is for a contact's program. What can't be read by it is of no use, and goes nowhere.
   *
   * @return whether the contact's next message may go now
   */
  private boolean sendControl(Waiting waiting, byte[] control, Optional<Socket> socket) {
    Waiting current = misdated.remove(waiting.messageId()) ? redated(waiting, control) : waiting;
    Optional<byte[]> sealed = sealing.sealControl(current, control);
    if (sealed.isPresent()) {
      return leave(current, sealed.get(), socket);
    }
    store.outbox().remove(current.messageId());
    return true;
  }

  private Waiting redated(Waiting waiting, byte[] control) {
    UUID newId = ids.next(surroundings.now());
    store.transaction(
        () -> {
          store.outbox().remove(waiting.messageId());
          store.outbox().addControl(newId, waiting.contactId(), control);
        });
    redated.add(newId);
    return store.outbox().find(newId).orElseThrow();
  }

  /**
   * The message as it can go out: under a new id where the relay has refused the time of the one it
   * had, or would hand it over before one that was written earlier.
   */
  private Message dated(Waiting waiting) {
    Message message = store.messages().find(userId, waiting.messageId()).orElseThrow();
    boolean isMisdated =
        misdated.remove(message.id())
            || !clock.isTaken(message.created())
            || !clock.isTaken(MessageIds.timeOf(message.id()));
    if (isMisdated && !waitedForTooLong(waiting, message)) {
      Message next = reissue(message, surroundings.now());
      redated.add(next.id());
      return next;
    }
    UUID before = newest.get(waiting.contactId());
    return before != null && MessageIds.isBefore(message.id(), before)
        ? reissue(message, message.created())
        : message;
  }

  /**
   * Sends an own message once more, under a new id.
   *
   * @param created what its recipient is told of when it was written
   */
  Message reissue(Message message, Instant created) {
    UUID newId = idBehind(Optional.ofNullable(newest.get(message.contactId())));
    Message next = store.reissue(userId, message.id(), newId, created).orElseThrow();
    awaited.remove(message.id());
    listener.reissued(message.id(), next);
    return next;
  }

  /** An id under which the relay hands a message over after the last one, if it can be. */
  private UUID idBehind(Optional<UUID> last) {
    UUID id = ids.next(surroundings.now());
    return last.filter(before -> MessageIds.isBefore(id, before))
        .map(before -> MessageIds.timeOf(before).plusMillis(1))
        .filter(clock::isTaken)
        .map(ids::next)
        .orElse(id);
  }

  /** When it was written, as far as the clock can have been right then. */
  private static Instant written(Waiting waiting, Message message) {
    Instant arrived = message.arrived();
    boolean isWrong =
        arrived.isAfter(message.created())
            || waiting
                .known()
                .filter(known -> arrived.isBefore(known.minus(ClockWatch.TOLERANCE)))
                .isPresent();
    return isWrong ? message.created() : arrived;
  }

  /** Whether it is too old, and not only by a clock that was behind when it was written. */
  private boolean waitedForTooLong(Waiting waiting, Message message) {
    return !clock.isWithinLongestWait(message.created())
        && waiting.known().filter(clock::isWithinLongestWait).isEmpty();
  }

  /**
   * A message that got no answer over a socket that is still there goes the other way.
   *
   * @return whether the contact's next message may go now
   */
  private boolean leave(Waiting waiting, byte[] request, Optional<Socket> socket) {
    UUID messageId = waiting.messageId();
    boolean overdue = awaited.remove(messageId) != null;
    if (!overdue && socket.filter(Socket::isOpen).isPresent()) {
      if (socket.get().send(request)) {
        awaited.put(messageId, surroundings.pause(surroundings.waits().frame()));
        surroundings.at(Step.LEFT);
        return false;
      }
    }
    try {
      relay.send(request);
    } catch (ServerRefusalException e) {
      if (!isForGood(e.status())) {
        throw e;
      }
      return !refused(messageId, e.status(), e.getMessage(), e.isForTheClock());
    }
    surroundings.at(Step.ANSWERED);
    sent(messageId);
    return true;
  }

  /** The relay has it. */
  void sent(UUID messageId) {
    settle(messageId, MessageState.SENT, Optional.empty());
  }

  /**
   * The relay won't take it as it is.
   *
   * @return whether it will be tried again, made anew
   */
  boolean refused(UUID messageId, int status, String detail, boolean isForTheClock) {
    Optional<Waiting> waiting = store.outbox().find(messageId);
    boolean isCurable =
        clock.serverNow().isPresent()
            && !redated.contains(messageId)
            && (isForTheClock || isMisdated(messageId, status));
    if (waiting.isEmpty() || !isCurable) {
      refused(messageId, status == NOT_FOUND ? GONE : detail);
      return false;
    }
    if (isLost(waiting.get())) {
      refused(messageId, TOO_LATE);
      return false;
    }
    awaited.remove(messageId);
    misdated.add(messageId);
    return true;
  }

  /** A relay that doesn't say that it is for the clock's sake names the field alone. */
  private boolean isMisdated(UUID messageId, int status) {
    return status == UNPROCESSABLE && !clock.isTaken(MessageIds.timeOf(messageId));
  }

  private boolean isLost(Waiting waiting) {
    return store
        .messages()
        .find(userId, waiting.messageId())
        .filter(message -> waitedForTooLong(waiting, message))
        .isPresent();
  }

  /** It won't ever be sent. */
  void refused(UUID messageId, String detail) {
    settle(messageId, MessageState.FAILED, Optional.of(detail));
  }

  void disconnected() {
    awaited.clear();
  }

  private void settle(UUID messageId, MessageState state, Optional<String> failure) {
    awaited.remove(messageId);
    misdated.remove(messageId);
    redated.remove(messageId);
    Optional<Message> moved =
        store.transaction(
            () -> {
              Optional<Waiting> waiting = store.outbox().find(messageId);
              store.outbox().remove(messageId);
              if (state == MessageState.FAILED) {
                store.ownStreams().neverComes(messageId);
              }
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
    if (!failed.details().containsKey(Message.DAMAGED)) {
      store.messages().keepDetails(explained);
    }
    return explained;
  }

  /** Mints message ids. */
  interface Ids {
    UUID next(Instant now);
  }
}
