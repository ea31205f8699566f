package io.quantchat.sockets;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.Presence;
import io.quantchat.accounts.PresenceStore;
import io.quantchat.contacts.Contact;
import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Event;
import io.quantchat.push.Pushes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Opens and closes sockets, and keeps accounts' presence in step with them.
 *
 * <p>A socket that opens stores its row first and then raises the version of its account's
 * presence. A socket that closes deletes its row, reads the version, looks for other rows, and only
 * then writes that the account is offline, if the version is still the same. So once every opening
 * and closing has ended, an account with an open socket is online: whoever looked for rows before
 * that socket's was stored saw an older version. And one without is offline: whoever deleted the
 * last row looked when nobody was opening any more.
 *
 * <p>A function that dies between the two writes leaves, while opening, a row without a socket,
 * which its first push or its expiry removes; while closing, an account that is shown online until
 * its newest socket would have ended.
 */
final class PresenceService {

  /** Contacts are told at most once in so long that an account is online, and that it is not. */
  static final Duration BETWEEN_ANNOUNCEMENTS = Duration.ofSeconds(10);

  /** Each failed try means that another socket's succeeded, so this is about sockets at once. */
  private static final int MOST_TRIES = 20;

  private final ConnectionStore connections;
  private final AccountStore accounts;
  private final PresenceStore presences;
  private final ContactStore contacts;
  private final PresenceAnnouncements announcements;
  private final Clock clock;

  /** The presence in a host's tables, of which contacts are told by these pushes. */
  static PresenceService of(Host host, Pushes pushes) {
    return new PresenceService(
        ConnectionStore.of(host),
        AccountStore.of(host),
        PresenceStore.of(host),
        ContactStore.of(host),
        PresenceAnnouncements.of(host, pushes),
        host.clock());
  }

  private PresenceService(
      ConnectionStore connections,
      AccountStore accounts,
      PresenceStore presences,
      ContactStore contacts,
      PresenceAnnouncements announcements,
      Clock clock) {
    this.connections = connections;
    this.accounts = accounts;
    this.presences = presences;
    this.contacts = contacts;
    this.announcements = announcements;
    this.clock = clock;
  }

  /**
   * A socket opens. Three round trips and the pushes.
   *
   * @throws Problem of kind UNAUTHORIZED if its account is gone
   */
  void opened(Connection connection) {
    String userId = connection.userId();
    var account = Parallel.start(() -> accounts.find(userId, Read.CONSISTENT));
    var entries = Parallel.start(() -> contacts.allOf(userId, Read.EVENTUAL));
    connections.add(connection);
    Optional<Account> self = Parallel.await(account);
    if (self.isEmpty()) {
      throw gone(connection);
    }
    goOnline(self.get(), connection, entries);
  }

  /** A socket that doesn't open leaves no row. */
  private Problem gone(Connection connection) {
    connections.remove(connection.userId(), connection.connectionId());
    return Problem.of(Problem.Kind.UNAUTHORIZED, "Your account no longer exists: register again.");
  }

  private void goOnline(Account self, Connection connection, Future<List<Contact>> entries) {
    Account seen = self;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Presence presence = seen.presence();
      Instant now = Times.toMilliseconds(clock.instant());
      boolean announces = !presence.isOnline(now) && isDue(presence.onlineAnnouncedAt(), now);
      var audience = announcements.audience(seen, entries, announces);
      if (presences.goOnline(
          seen.userId(), presence, until(connection, presence), at(now, announces))) {
        announcements.post(Event.Type.USER_ONLINE, seen.userId(), audience);
        return;
      }
      Optional<Account> again = accounts.find(seen.userId(), Read.CONSISTENT);
      if (again.isEmpty()) {
        throw gone(connection);
      }
      seen = again.get();
    }
    throw Problem.of(
        Problem.Kind.UNAVAILABLE, "Too many sockets opened at once: try again in a moment.");
  }

  /** A socket has closed. */
  void closed(Connection connection) {
    String userId = connection.userId();
    connections.remove(userId, connection.connectionId());
    var entries = Parallel.start(() -> contacts.allOf(userId, Read.EVENTUAL));
    Optional<Account> self = accounts.find(userId, Read.CONSISTENT);
    if (self.isEmpty() || !connections.openOf(userId, Read.CONSISTENT).isEmpty()) {
      return;
    }
    Presence presence = self.get().presence();
    if (presence.onlineUntil().isEmpty()) {
      return;
    }
    Instant now = Times.toMilliseconds(clock.instant());
    boolean announces = presence.isOnline(now) && isDue(presence.offlineAnnouncedAt(), now);
    var audience = announcements.audience(self.get(), entries, announces);
    // Not tried again: whoever changed the presence meanwhile is another socket that is opening,
    // and closes after this one, or another that closes and found no row either.
    if (presences.goOffline(userId, presence, now, at(now, announces))) {
      announcements.post(Event.Type.USER_OFFLINE, userId, audience);
    }
  }

  private static Instant until(Connection connection, Presence presence) {
    Instant end = connection.expiresAt();
    return presence.onlineUntil().filter(end::isBefore).orElse(end);
  }

  private static Optional<Instant> at(Instant now, boolean announces) {
    return announces ? Optional.of(now) : Optional.empty();
  }

  private static boolean isDue(Optional<Instant> announcedAt, Instant now) {
    return announcedAt.isEmpty() || !now.isBefore(announcedAt.get().plus(BETWEEN_ANNOUNCEMENTS));
  }
}
