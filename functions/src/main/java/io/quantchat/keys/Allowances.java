package io.quantchat.keys;

import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import java.util.concurrent.Future;

/**
 * How many one-time prekeys of one account another is given. Nobody is refused here: who has had
 * their share is given none, and writes under the last-resort key.
 *
 * <p>Whom the account has added has a share that conversations don't use up. All others are
 * strangers, of whom each has a small share of the day's, and all together another: neither one of
 * them nor many can take what contacts need. Whom the account has blocked is a stranger like any
 * other, contact or not, so nobody learns of a block here: it looks as if one had been deleted from
 * the account's contacts. What a blocked one takes is wasted, and bounded.
 */
final class Allowances {

  private final ContactStore contacts;
  private final Limits limits;

  /** The shares in a host's tables. */
  static Allowances of(Host host, Limits limits) {
    return new Allowances(ContactStore.of(host), limits);
  }

  private Allowances(ContactStore contacts, Limits limits) {
    this.contacts = contacts;
    this.limits = limits;
  }

  /** Somebody's share, as it is looked up. */
  final class Share {
    private final String userId;
    private final String pair;
    private final int wanted;
    private final Future<Boolean> ofPair;
    private final Future<Boolean> isContact;

    private Share(String userId, String takerId, int wanted) {
      this.userId = userId;
      this.pair = Limits.pair(takerId, userId);
      this.wanted = wanted;
      this.ofPair = Parallel.start(() -> limits.allows(Limit.PREKEYS_OF_PAIR, this.pair, wanted));
      this.isContact = Parallel.start(() -> contacts.has(userId, takerId));
    }

    /**
     * Whether there is as much left of it; then it is used up by as much. No further round trip for
     * a contact, one for a stranger.
     *
     * @param isBlocked whether the account has blocked who asks
     */
    boolean allows(boolean isBlocked) {
      boolean isLeft = Parallel.await(ofPair);
      boolean isKnown = Parallel.await(isContact) && !isBlocked;
      return isLeft && (isKnown || allowsStranger());
    }

    private boolean allowsStranger() {
      var ofAll = Parallel.start(() -> limits.allows(Limit.PREKEYS_OF_STRANGERS, userId, wanted));
      boolean isLeft = limits.allows(Limit.PREKEYS_OF_STRANGER, pair, wanted);
      boolean isLeftOfAll = Parallel.await(ofAll);
      if (isLeftOfAll && !isLeft) {
        limits.giveBack(Limit.PREKEYS_OF_STRANGERS, userId, wanted);
      }
      return isLeft && isLeftOfAll;
    }
  }

  /** Begins to look up a share; {@link Share#allows} waits for it. */
  Share shareOf(String takerId, String userId, int wanted) {
    return new Share(userId, takerId, wanted);
  }
}
