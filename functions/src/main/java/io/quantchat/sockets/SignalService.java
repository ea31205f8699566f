package io.quantchat.sockets;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Event;
import io.quantchat.push.Pushes;
import java.util.List;
import java.util.Optional;

/**
 * Typing and receipts: what one account tells another and nobody keeps. It passes only between two
 * who have each other as contacts and of whom neither has blocked the other.
 *
 * <p>Whether the other is there, connected, has added the teller, or has blocked the teller looks
 * the same to the teller: there is no answer, and all is read in each case. Only the posts are left
 * out, which the teller waits for as little as for the rest.
 */
final class SignalService {

  private final AccountStore accounts;
  private final ContactStore contacts;
  private final ConnectionStore connections;
  private final Pushes pushes;

  /** The signals of a host's sockets. */
  static SignalService of(Host host, Pushes pushes) {
    return new SignalService(
        AccountStore.of(host), ContactStore.of(host), ConnectionStore.of(host), pushes);
  }

  private SignalService(
      AccountStore accounts, ContactStore contacts, ConnectionStore connections, Pushes pushes) {
    this.accounts = accounts;
    this.contacts = contacts;
    this.connections = connections;
    this.pushes = pushes;
  }

  /** Tells the recipient that someone is typing, or has stopped. */
  void typing(String userId, String recipientId, boolean isTyping) {
    tell(
        userId,
        recipientId,
        new Event(
            Event.Type.TYPING, Json.object().put("user_id", userId).put("is_typing", isTyping)));
  }

  /** Tells a message's sender that its recipient has read it. */
  void read(String userId, Confirmation confirmed) {
    tell(userId, confirmed.senderId(), receipt(Event.Type.MESSAGE_READ, userId, confirmed));
  }

  /** Tells a message's sender that it has arrived. */
  void delivered(String userId, Confirmation confirmed) {
    tell(userId, confirmed.senderId(), receipt(Event.Type.MESSAGE_DELIVERED, userId, confirmed));
  }

  private static Event receipt(Event.Type type, String userId, Confirmation confirmed) {
    var payload = Json.object().put("message_id", confirmed.messageId()).put("user_id", userId);
    confirmed.proof().ifPresent(proof -> payload.put("proof", proof));
    return new Event(type, payload);
  }

  private void tell(String tellerId, String otherId, Event event) {
    var open = Parallel.start(() -> connections.openOf(otherId, Read.EVENTUAL));
    var teller = Parallel.start(() -> accounts.find(tellerId, Read.EVENTUAL));
    var mutual = Parallel.start(() -> contacts.areMutual(tellerId, otherId));
    Optional<Account> other = accounts.find(otherId, Read.EVENTUAL);
    List<Connection> sockets = Parallel.await(open);
    boolean areMutual = Parallel.await(mutual);
    if (mayTell(Parallel.await(teller), other) && areMutual) {
      pushes.post(sockets, event);
    }
  }

  private static boolean mayTell(Optional<Account> teller, Optional<Account> other) {
    return teller.isPresent()
        && other.isPresent()
        && !other.get().hasBlocked(teller.get().userId())
        && !teller.get().hasBlocked(other.get().userId());
  }
}
