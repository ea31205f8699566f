package io.quantchat.client;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.Quarantined;
import io.quantchat.crypto.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Is told what happens, after it was stored, by one thread, one thing after the other. Who listens
 * must be quick; a message told here is in its conversation, whatever becomes of this call.
 */
public interface QuantChatListener {

  /** A message has come in. */
  default void received(Message message) {}

  /** A sent message has moved forward. */
  default void moved(Message message) {}

  /**
   * A message of one's own goes out again, under a new id: the one of the old id is this one. The
   * text and the place in the conversation are the same.
   */
  default void reissued(UUID oldId, Message message) {}

  /**
   * A file of a message has moved on; told now and then while it is on its way, and when it is
   * there. Without its thumbnail.
   */
  default void fileMoved(UUID contactId, UUID messageId, MessageFile file) {}

  /** A message waits, and with it all later ones to the same contact, until that changes. */
  default void held(Message message, RefusedException reason) {}

  /** A message that came in was refused and kept for a look. */
  default void refused(Quarantined message) {}

  /**
   * A message has come in without a one-time prekey, so that who steals the keys within 15 days can
   * read it, although the key directory had some. Either its sender may take no more for now, for
   * having taken many or because many were taken by others; or the server withholds them.
   *
   * @param onOffer how many the directory had at least
   */
  default void withheld(Message message, long onOffer) {}

  /**
   * Messages of a contact's are missing: they were sent, for later ones have come and say so. They
   * may still come, and are asked for.
   *
   * @param count how many; 0 when all have come
   */
  default void missing(UUID contactId, long count) {}

  /**
   * The store came back from a copy, or another program goes on with a copy of it. What was sent
   * and received since that copy isn't here; keys that the other may have used are replaced.
   *
   * @param asked who is asked to send again what came since
   * @param notAsked whose programs can't do that: what they sent since is lost here
   */
  default void restored(List<UUID> asked, List<UUID> notAsked) {}

  /** A contact has another identity than the pinned one. Nothing is sent until it is accepted. */
  default void identityChanged(UUID contactId) {}

  /**
   * The clock of this computer isn't right; told once, until it is or is off by another time.
   *
   * @param ahead how far it is ahead of the server's, negative where it is behind
   */
  default void clockOff(Duration ahead) {}

  default void typing(UUID contactId, boolean typing) {}

  default void presence(UUID contactId, boolean online) {}

  /** Somebody has added this account as a contact. */
  default void contactAdded(UUID contactId, String username) {}

  /** The socket was opened, or is gone; then it is opened anew by itself. */
  default void connection(boolean open) {}

  /**
   * The socket couldn't be opened, or was gone before anything came over it; it is tried again by
   * itself, at longer and longer intervals.
   */
  default void notConnected(RuntimeException reason) {}

  /** The session has ended: nothing goes in or out until the next login. */
  default void loginRequired() {}

  /** Something went wrong that shouldn't: a full disk, a fault in this program. */
  default void failed(Throwable failure) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
  }
}
