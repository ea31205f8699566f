package io.quantchat.contacts;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.BlockStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Event;
import io.quantchat.push.Pushes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Contacts and blocks of an account. */
final class ContactService {

  /**
   * The most contacts of an account. Counted before adding: of several added in the same instant a
   * few may pass beyond it.
   */
  static final int MOST_CONTACTS = 5_000;

  /**
   * The most accounts that one can block: their ids lie in the account's item, 36 bytes each, and
   * every read of the account pays for them.
   */
  static final int MOST_BLOCKED = 1_000;

  /**
   * A contact that was asked for.
   *
   * @param isNew whether it was stored just now
   */
  record Added(Peer peer, boolean isNew) {}

  private final ContactStore contacts;
  private final AccountStore accounts;
  private final EmailStore emails;
  private final BlockStore blocks;
  private final ConnectionStore connections;
  private final Pushes pushes;
  private final Peers peers;
  private final Clock clock;

  private ContactService(
      ContactStore contacts,
      AccountStore accounts,
      EmailStore emails,
      BlockStore blocks,
      ConnectionStore connections,
      Pushes pushes,
      Clock clock) {
    this.contacts = contacts;
    this.accounts = accounts;
    this.emails = emails;
    this.blocks = blocks;
    this.connections = connections;
    this.pushes = pushes;
    this.peers = new Peers(contacts, accounts);
    this.clock = clock;
  }

  /** The contacts in a host's tables. */
  static ContactService of(Host host) {
    return new ContactService(
        ContactStore.of(host),
        AccountStore.of(host),
        EmailStore.of(host),
        BlockStore.of(host),
        ConnectionStore.of(host),
        Pushes.of(host),
        host.clock());
  }

  /** An account's contacts, in the order they were added. Two round trips, however many. */
  List<Peer> list(String userId) {
    var self = Parallel.start(() -> accounts.find(userId, Read.CONSISTENT));
    List<Contact> entries = contacts.allOf(userId, Read.CONSISTENT);
    return peers.behind(existing(Parallel.await(self)), entries);
  }

  /**
   * Adds the account of this e-mail address.
   *
   * @param email in whatever spelling
   */
  Added addByEmail(String userId, String email) {
    String contactId = emails.findId(email).orElseThrow(ContactService::noSuchAccount);
    return add(userId, contactId, "contact_email");
  }

  /** Adds the account of this id. */
  Added addById(String userId, String contactId) {
    return add(userId, contactId, "contact_id");
  }

  private Added add(String userId, String contactId, String field) {
    refuseOneself(userId, contactId, field);
    var selfRead = Parallel.start(() -> accounts.find(userId, Read.CONSISTENT));
    var count = Parallel.start(() -> contacts.count(userId));
    Account account =
        accounts.find(contactId, Read.CONSISTENT).orElseThrow(ContactService::noSuchAccount);
    Account self = existing(Parallel.await(selfRead));
    if (Parallel.await(count) >= MOST_CONTACTS
        && contacts.whoHas(contactId, List.of(userId)).isEmpty()) {
      throw Problem.invalid(
          field,
          "would be one contact too many: an account has at most "
              + MOST_CONTACTS
              + ". Delete one first");
    }
    return add(self, account);
  }

  private Added add(Account self, Account account) {
    var reverse = Parallel.start(() -> contacts.whoHas(self.userId(), List.of(account.userId())));
    var open = Parallel.start(() -> connections.openOf(account.userId(), Read.EVENTUAL));
    var wanted =
        new Contact(self.userId(), account.userId(), Times.toMilliseconds(clock.instant()));
    Optional<Contact> earlier = contacts.add(wanted);
    boolean hasAddedSelf = Parallel.await(reverse).contains(account.userId());
    List<Connection> sockets = Parallel.await(open);
    if (earlier.isEmpty() && !account.hasBlocked(self.userId())) {
      pushes.post(sockets, contactAdded(self));
    }
    return new Added(
        Peer.of(self, earlier.orElse(wanted), account, hasAddedSelf), earlier.isEmpty());
  }

  /** Deletes a contact, and leaves a block of it as it is. */
  void remove(String userId, String contactId) {
    contacts.remove(userId, contactId);
  }

  /** Blocks an account, contact or not. */
  void block(String userId, String contactId) {
    refuseOneself(userId, contactId, "contact_id");
    var selfRead = Parallel.start(() -> accounts.find(userId, Read.CONSISTENT));
    if (accounts.find(contactId, Read.CONSISTENT).isEmpty()) {
      throw noSuchAccount();
    }
    Account self = existing(Parallel.await(selfRead));
    if (self.hasBlocked(contactId)) {
      return;
    }
    if (self.blocked().size() >= MOST_BLOCKED) {
      throw Problem.invalid(
          "contact_id",
          "would be one block too many: an account blocks at most "
              + MOST_BLOCKED
              + ". Lift one first");
    }
    blocks.block(userId, contactId);
  }

  /** Takes a block back. */
  void unblock(String userId, String contactId) {
    blocks.unblock(userId, contactId);
  }

  private static void refuseOneself(String userId, String contactId, String field) {
    if (userId.equals(contactId)) {
      throw Problem.invalid(field, "must be somebody else's: this is your own account");
    }
  }

  private static Account existing(Optional<Account> self) {
    return self.orElseThrow(
        () ->
            Problem.of(
                Problem.Kind.UNAUTHORIZED, "Your account no longer exists: register again."));
  }

  private static Problem noSuchAccount() {
    return Problem.of(
        Problem.Kind.NOT_FOUND, "There is no such account: check the address or the id.");
  }

  private static Event contactAdded(Account adder) {
    return new Event(
        Event.Type.CONTACT_ADDED,
        Json.object()
            .put("contact_id", adder.userId())
            .put("username", adder.username())
            .put("email", adder.email())
            .put("public_key", adder.publicKey().orElse(null)));
  }
}
