package io.quantchat.client;

import io.quantchat.client.model.Message;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.TheirStreamStore.Heard;
import io.quantchat.crypto.Content;
import io.quantchat.crypto.MessageKey;
import io.quantchat.crypto.StreamPlace;
import java.util.UUID;

/** Takes account of the numbers of what comes in. Within the transaction that stores it. */
final class Streams {

  private final LocalStore store;
  private boolean newGap;

  Streams(LocalStore store) {
    this.store = store;
  }

  /**
   * Notes a message, and what it is instead of.
   *
   * @return whether it is the first form of it to come; another one isn't shown
   */
  boolean isFirst(MessageKey key, Content.Text text) {
    boolean first = true;
    for (Content.Replaced replaced : text.replaces()) {
      var before = new MessageKey(key.senderId(), replaced.messageId());
      if (store.received().contains(before)) {
        first = false;
      } else {
        store.received().remember(before);
      }
      store.asked().remove(before);
      replaced.place().ifPresent(place -> took(key.senderId(), place));
    }
    return first;
  }

  /** Whether there was a gap that wasn't before, since this was last asked. */
  boolean hasNewGap() {
    boolean since = newGap;
    newGap = false;
    return since;
  }

  /** Notes a message's own number, and tells of it in its details where it came before. */
  Message numbered(Message message, Content.Text text) {
    StreamPlace place = text.place();
    Heard heard = heard(message.senderId(), place);
    Heard after = heard.with(place.number()).without(text.noMore());
    newGap |= after.missing().count() > heard.missing().count();
    store.theirStreams().keep(after);
    return heard.has(place.number()) ? message.with(Message.REPEATED_NUMBER, true) : message;
  }

  private void took(UUID senderId, StreamPlace place) {
    store.theirStreams().keep(heard(senderId, place).with(place.number()));
  }

  private Heard heard(UUID senderId, StreamPlace place) {
    return store
        .theirStreams()
        .find(senderId, place.epoch())
        .orElseGet(() -> Heard.nothing(senderId, place.epoch()));
  }
}
