package io.quantchat.client;

import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.store.RefusalStore.Asking;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks for keys of senders on account of what comes in. Anybody can send anything in anybody's
 * name, if the server likes, so one sender's keys are asked for once, and then more and more
 * seldom; and where the directory is away, it is left alone.
 */
final class Askings {

  private static final Duration FIRST_WAIT = Duration.ofMinutes(10);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 8;

  /** So many askings without an answer in one look, and the rest has to wait for the next. */
  private static final int MOST_UNANSWERED = 3;

  /** In one look. */
  private static final int MOST_STRANGERS = 100;

  private final LocalStore store;
  private final Peers peers;
  private final Surroundings surroundings;
  private final Map<UUID, RefusedException> refusedInThisLook = new HashMap<>();
  private int unanswered;
  private int strangers;

  Askings(LocalStore store, Peers peers, Surroundings surroundings) {
    this.store = store;
    this.peers = peers;
    this.surroundings = surroundings;
  }

  void beginLook() {
    unanswered = 0;
    strangers = 0;
    refusedInThisLook.clear();
  }

  /**
   * Who a sender is.
   *
   * @throws RefusedException MISSING where nobody knows; else what {@link Peer#pin} says
   * @throws ServerUnreachableException where that can't be asked now
   */
  Peer known(UUID senderId) {
    Optional<Peer> known = peers.knownHere(senderId);
    if (known.isPresent()) {
      return known.get();
    }
    if (!isDue(senderId)) {
      throw new RefusedException(Refusal.MISSING, "bundle");
    }
    if (strangers == MOST_STRANGERS) {
      throw new ServerUnreachableException("Too many strangers at once: the rest has to wait.");
    }
    strangers++;
    return asked(senderId);
  }

  /**
   * A sender as the directory knows them by now, if it may be asked.
   *
   * @param refused why what is known doesn't do
   */
  Peer newer(UUID senderId, RefusedException refused) {
    if (!isDue(senderId)) {
      throw refused;
    }
    try {
      return asked(senderId);
    } catch (RefusedException replayed) {
      refused.addSuppressed(replayed);
      throw refused;
    }
  }

  /** Whether to ask again may be of use by now. */
  boolean isDue(UUID senderId) {
    Instant now = surroundings.now();
    return store
        .refusals()
        .asked(senderId)
        // A clock that was set back doesn't make a wait longer.
        .filter(asking -> !asking.when().isAfter(now))
        .filter(asking -> now.isBefore(asking.when().plus(wait(asking.times()))))
        .isEmpty();
  }

  private Peer asked(UUID senderId) {
    RefusedException before = refusedInThisLook.get(senderId);
    if (before != null) {
      throw before;
    }
    if (unanswered == MOST_UNANSWERED) {
      throw new ServerUnreachableException("The key directory can't be reached: try again later.");
    }
    try {
      Peer peer = peers.refreshed(senderId);
      remember(senderId);
      return peer;
    } catch (ServerUnreachableException e) {
      unanswered++;
      throw e;
    } catch (RefusedException e) {
      throw refused(senderId, e);
    } catch (ServerRefusalException e) {
      throw refused(senderId, new RefusedException(Refusal.MISSING, "bundle"));
    }
  }

  private RefusedException refused(UUID senderId, RefusedException why) {
    refusedInThisLook.put(senderId, why);
    // A clock may be put right at any time: then it is worth asking.
    if (why.refusal() != Refusal.FUTURE_BUNDLE) {
      remember(senderId);
    }
    return why;
  }

  private void remember(UUID senderId) {
    Instant now = surroundings.now();
    int before =
        store
            .refusals()
            .asked(senderId)
            .filter(asking -> now.isBefore(asking.when().plus(LONGEST_WAIT.multipliedBy(2))))
            .map(Asking::times)
            .orElse(0);
    store.refusals().asked(senderId, new Asking(now, Math.min(before + 1, MOST_DOUBLINGS)));
  }

  private static Duration wait(int times) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << (times - 1));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }
}
