package io.quantchat.client;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.LocalStore;
import io.quantchat.crypto.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Has own messages go out again, under new ids, for a contact that asks for them. Only what was
 * written to that contact, and each a few times: a request is somebody else's.
 */
final class Resealing {

  /** So often a message is sealed again. */
  static final int MOST_TIMES = 3;

  /** Messages that one request brings forth. */
  private static final int MOST_MESSAGES = 1_000;

  private final UUID userId;
  private final LocalStore store;
  private final Outbox.Ids ids;
  private final Surroundings surroundings;

  Resealing(UUID userId, LocalStore store, Outbox.Ids ids, Surroundings surroundings) {
    this.userId = userId;
    this.store = store;
    this.ids = ids;
    this.surroundings = surroundings;
  }

  /**
   * Puts what is asked for into the outbox. Within the transaction that takes the request.
   *
   * @return what goes out again
   */
  List<Reissued> answer(UUID contactId, Content.Again request) {
    if (!request.reason().equals(Content.Reason.MISSING.wireName())) {
      // Theirs that are kept here may be no good any more, and so may what is known of them.
      store.peers().dropPrekeys(contactId);
      store.peers().checked(contactId, Instant.EPOCH);
    }
    Set<UUID> asked = new LinkedHashSet<>();
    // What went out again since is on its way under another id.
    request.ids().stream()
        .filter(id -> store.ownStreams().current(id).equals(id))
        .forEach(asked::add);
    request
        .numbers()
        .ifPresent(
            numbers -> asked.addAll(store.ownStreams().at(contactId, numbers, MOST_MESSAGES)));
    request
        .after()
        .ifPresent(
            after ->
                asked.addAll(store.ownStreams().after(contactId, after.place(), MOST_MESSAGES)));
    var reissued = new ArrayList<Reissued>();
    for (UUID id : asked.stream().limit(MOST_MESSAGES).toList()) {
      find(id)
          .filter(message -> message.contactId().equals(contactId))
          .filter(message -> timesOf(message) < MOST_TIMES)
          .filter(message -> !isOnItsWay(message))
          .flatMap(this::again)
          .ifPresent(message -> reissued.add(new Reissued(id, message)));
    }
    return reissued;
  }

  /** What can't be read any more can't be sent again. */
  private Optional<Message> find(UUID id) {
    try {
      return store.messages().find(userId, id);
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  private boolean isOnItsWay(Message message) {
    return message.state() == MessageState.SENDING && store.outbox().find(message.id()).isPresent();
  }

  private Optional<Message> again(Message message) {
    UUID newId = ids.next(surroundings.now());
    return store
        .reissue(userId, message.id(), newId, surroundings.now())
        .map(
            reissued -> {
              Message counted = reissued.with(Message.SEALED_AGAIN, timesOf(message) + 1);
              store.messages().keepDetails(counted);
              return counted;
            });
  }

  /** How often a message was sealed again. */
  static int timesOf(Message message) {
    return message.details().get(Message.SEALED_AGAIN) instanceof Number times
        ? times.intValue()
        : 0;
  }

  /** A message that goes out again, and the id that it had. */
  record Reissued(UUID oldId, Message message) {}
}
