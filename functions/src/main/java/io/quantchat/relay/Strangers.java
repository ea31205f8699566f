package io.quantchat.relay;

import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Parallel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Senders whom a recipient has not added. */
final class Strangers {

  /**
   * How many senders of one answer are looked up: beyond that, a message is a stranger's if it was
   * one's when it was stored.
   */
  static final int MOST_LOOKED_UP = 100;

  private final ContactStore contacts;

  /** By these contacts. */
  Strangers(ContactStore contacts) {
    this.contacts = contacts;
  }

  /** Whether a sender is one to a recipient. Nobody is to oneself. */
  boolean isOne(String senderId, String recipientId) {
    return !senderId.equals(recipientId) && !contacts.has(recipientId, senderId);
  }

  /**
   * Messages as they are now: one of somebody whom the reader has added meanwhile is a stranger's
   * no more, and what the reader sent itself never says whether the other has added it. Reads
   * nothing where there is no message of a stranger.
   */
  List<Message> stillSo(String userId, Collection<Message> messages) {
    List<String> senders =
        messages.stream()
            .filter(message -> message.fromStranger() && message.recipientId().equals(userId))
            .map(Message::senderId)
            .distinct()
            .limit(MOST_LOOKED_UP)
            .toList();
    Map<String, Boolean> areStill =
        Parallel.map(senders, sender -> Map.entry(sender, isOne(sender, userId))).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Function<Message, Message> now =
        message ->
            message.recipientId().equals(userId) && areStill.getOrDefault(message.senderId(), true)
                ? message
                : message.fromContact();
    return messages.stream()
        .map(message -> message.fromStranger() ? now.apply(message) : message)
        .toList();
  }
}
