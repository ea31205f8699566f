package io.quantchat.sockets;

import io.quantchat.accounts.Account;
import io.quantchat.contacts.Contact;
import io.quantchat.contacts.Peer;
import io.quantchat.contacts.Peers;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Event;
import io.quantchat.push.Pushes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells those contacts who may see an account's presence, and are online, that it has changed. */
final class PresenceAnnouncements {

  /** How many contacts' sockets are looked up at once; hardly anyone has more online. */
  private static final int AT_ONCE = 200;

  private final Peers peers;
  private final ConnectionStore connections;
  private final Pushes pushes;
  private final Clock clock;

  /** The announcements to a host's sockets. */
  static PresenceAnnouncements of(Host host, Pushes pushes) {
    return new PresenceAnnouncements(
        Peers.of(host), ConnectionStore.of(host), pushes, host.clock());
  }

  private PresenceAnnouncements(
      Peers peers, ConnectionStore connections, Pushes pushes, Clock clock) {
    this.peers = peers;
    this.connections = connections;
    this.pushes = pushes;
    this.clock = clock;
  }

  /**
   * Starts to look up whom to tell.
   *
   * @param entries the account's contacts
   * @param announces whether anybody is to be told; else nothing is looked up
   */
  Future<List<Peer>> audience(Account self, Future<List<Contact>> entries, boolean announces) {
    return Parallel.start(
        () -> announces ? peers.behind(self, Parallel.await(entries)) : List.of());
  }

  /** Tells them. */
  void post(Event.Type change, String userId, Future<List<Peer>> audience) {
    try {
      var event = new Event(change, Json.object().put("user_id", userId));
      pushes.post(socketsOf(Parallel.await(audience)), event);
    } catch (SdkException unreachable) {
      // A hint that nobody got: the contacts' lists show the presence that is stored.
      return;
    }
  }

  private List<Connection> socketsOf(List<Peer> audience) {
    Instant now = clock.instant();
    List<String> online =
        audience.stream()
            .filter(peer -> peer.isOnline(now))
            .map(peer -> peer.account().userId())
            .toList();
    var sockets = new ArrayList<Connection>();
    for (int from = 0; from < online.size(); from += AT_ONCE) {
      List<String> some = online.subList(from, Math.min(from + AT_ONCE, online.size()));
      Parallel.map(some, userId -> connections.openOf(userId, Read.EVENTUAL))
          .forEach(sockets::addAll);
    }
    return sockets;
  }
}
